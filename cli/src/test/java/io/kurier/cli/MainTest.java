// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    @ParameterizedTest
    @CsvSource({
        "help.txt, --help",
        "help-demo.txt, demo",
        "help-broker.txt, broker",
        "help-doctor.txt, doctor",
        "help-check.txt, check",
        "help-keys.txt, keys"
    })
    void showsTheHelpOfTheGoldenFile(String golden, String command) throws Exception {
        CommandRun run = command.startsWith("-") ? CommandRun.of(command) : CommandRun.of(command, "--help");
        assertThat(run.out()).isEqualTo(CommandRun.golden(golden));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void showsTheHelpWhenItIsAskedForNothing() {
        assertThat(CommandRun.of()).isEqualTo(CommandRun.of("--help"));
        assertThat(CommandRun.of("help", "demo").out())
                .isEqualTo(CommandRun.of("demo", "--help").out());
    }

    @Test
    void tellsItsVersion() {
        assertThat(CommandRun.of("--version")).isEqualTo(new CommandRun(0, "kurier development\n", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    nope                        | 'nope' is no command or argument of kurier; see kurier --help
                    dem                         | 'dem' is no command or argument of kurier (did you mean demo?); see kurier --help
                    demo --nope                 | '--nope' is no option of kurier demo; see kurier demo --help
                    demo --bootstap=x           | '--bootstap=x' is no option of kurier demo (did you mean --bootstrap?); see kurier demo --help
                    demo extra                  | 'extra' is no command or argument of kurier demo; see kurier demo --help
                    demo --from                 | Missing required parameter for option '--from' (DIR); see kurier demo --help
                    demo --from=                | --from: the name is empty
                    demo --from=no-such-folder  | --from no-such-folder: there is no such folder
                    demo --bootstrap=localhost  | Invalid value for option '--bootstrap': 'localhost' is not a host and a port from 1 to 65535, such as 127.0.0.1:9092; see kurier demo --help
                    demo --bootstrap=a.invalid:9 | --bootstrap a.invalid:9: there is no host of that name; check the address
                    broker --port x             | Invalid value for option '--port': 'x' is not an int; see kurier broker --help
                    broker --port 65536         | --port 65536: a port is from 0 to 65535; see kurier broker --help
                    broker --port -1            | --port -1: a port is from 0 to 65535; see kurier broker --help
                    """)
    void endsWrongUsageWithOneLineAndTwo(String line, String message) {
        assertThat(CommandRun.of(line.strip().split(" ")))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "kurier: " + message.strip() + "\n"));
    }

    @Test
    void refusesAFileWhereAFolderIsMeant(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "a\n");
        assertThat(CommandRun.of("demo", "--from", file.toString()))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE,
                        "",
                        "kurier: --from " + file + ": it is no folder; name the one that holds the file\n"));
    }

    @Test
    void saysAtOnceThatNoBrokerListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        CommandRun run = CommandRun.of("demo", "--bootstrap", "127.0.0.1:" + port);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: --bootstrap 127.0.0.1:" + port + ": no broker listens there (")
                .endsWith("); check the address and that the broker is running");
    }

    @Test
    void saysThatWhatListensIsNoBroker() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            assertThat(CommandRun.of("demo", "--bootstrap", address))
                    .isEqualTo(new CommandRun(
                            ExitCode.USAGE,
                            "",
                            "kurier: --bootstrap " + address
                                    + ": something listens there, and it does not answer as a Kafka broker does\n"));
        }
    }

    @Test
    void saysThatThePortOfABrokerIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.of("broker", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("kurier: cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void showsAStackTraceOnlyWithDebug() {
        String[] wrong = {"demo", "--from=no-such-folder"};
        assertThat(CommandRun.of(wrong).err()).doesNotContain("\tat ");
        assertThat(CommandRun.of("--debug", wrong[0], wrong[1]).err()).contains("\tat io.kurier.cli.");
    }
}
