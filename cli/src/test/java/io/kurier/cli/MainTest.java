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
        "help-keys.txt, keys",
        "help-tune.txt, tune",
        "help-plan.txt, plan",
        "help-publish.txt, publish",
        "help-run.txt, run",
        "help-read.txt, read",
        "help-topics.txt, topics",
        "help-top.txt, top",
        "help-partition.txt, partition",
        "help-schema.txt, schema",
        "help-schema-list.txt, schema list",
        "help-schema-show.txt, schema show",
        "help-schema-register.txt, schema register",
        "help-schema-check.txt, schema check",
        "help-schema-diff.txt, schema diff",
        "help-completion.txt, completion",
        "help-offsets.txt, offsets",
        "help-offsets-show.txt, offsets show",
        "help-offsets-export.txt, offsets export",
        "help-offsets-import.txt, offsets import",
        "help-offsets-reset.txt, offsets reset"
    })
    void showsTheHelpOfTheGoldenFile(String golden, String command) throws Exception {
        CommandRun run =
                command.startsWith("-") ? CommandRun.of(command) : CommandRun.of((command + " --help").split(" "));
        CommandRun.assertGolden(golden, run.out());
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
                    xyzzy                       | 'xyzzy' is no command or argument of kurier; see kurier --help
                    dem                         | 'dem' is no command or argument of kurier (did you mean demo or schema?); see kurier --help
                    demo --nope                 | '--nope' is no option of kurier demo; see kurier demo --help
                    demo --bootstap=x           | '--bootstap=x' is no option of kurier demo (did you mean --bootstrap?); see kurier demo --help
                    demo extra                  | 'extra' is no command or argument of kurier demo; see kurier demo --help
                    demo --from                 | Missing required parameter for option '--from' (DIR); see kurier demo --help
                    demo --from=                | --from: the name is empty
                    demo --from=no-such-folder  | --from no-such-folder: there is no such folder
                    demo --bootstrap=localhost  | Invalid value for option '--bootstrap': 'localhost' is not a host and a port from 1 to 65535, such as 127.0.0.1:9092; see kurier demo --help
                    demo --bootstrap=a.invalid:9 | --bootstrap a.invalid:9: there is no host of that name; check the address
                    tune                        | Missing required option: '--sample=FILE'; see kurier tune --help
                    tune --sample=              | --sample: the name is empty
                    tune --sample=no-such-file  | --sample no-such-file: there is no such file
                    tune --sample=. --serializer=text | --sample .: it is no file; name one with records
                    tune --sample=pom.xml --serializer=avro | --serializer avro: no sample is read for it; text and json take a record from each line, bytes and media one from the whole file
                    tune --sample=pom.xml --serializer=json | --sample pom.xml: line 1: it is not one JSON value; write one value on each line, or publish the lines with --serializer text
                    tune --sample=pom.xml       | no cluster is named; name a broker by --bootstrap HOST:PORT, or a file with bootstrap.servers by --config
                    tune --sample=pom.xml --config=no-such-file | no-such-file: no such file; name a properties file
                    tune --sample=pom.xml --bootstrap=a.invalid:9 | --bootstrap a.invalid:9: there is no host of that name; check the address
                    tune --sample=pom.xml --seconds=0 | --seconds 0.0: it is from 0.01 to 60; see kurier tune --help
                    tune --sample=pom.xml --rounds=0 | --rounds 0: it is from 1 to 100; see kurier tune --help
                    tune --sample=pom.xml --mb=0 | --mb 0: it is at least 1; see kurier tune --help
                    tune --sample=pom.xml --compression=lz5 | --compression lz5: each is one of gzip, lz4, none, snappy, zstd; see kurier tune --help
                    partition                   | Missing required option: '--partitions=N'; see kurier partition --help
                    partition --partitions=x    | Invalid value for option '--partitions': 'x' is not an int; see kurier partition --help
                    partition --partitions=0    | --partitions 0: it is from 1 to 1,000,000; see kurier partition --help
                    partition --partitions=1000001 | --partitions 1000001: it is from 1 to 1,000,000; see kurier partition --help
                    partition --partitions=3 --to-partitions=-1 | --to-partitions -1: it is from 1 to 1,000,000; see kurier partition --help
                    partition --partitions=3 --to-partitions=3 | --to-partitions 3: --partitions is the same, so no key can move; name another number, or another partitioner by --compare; see kurier partition --help
                    partition --partitions=3 --to-partitions | Missing required parameter for option '--to-partitions' (M); see kurier partition --help
                    partition --partitions=3 --stats --compare=crc32 | --stats: it is not printed together with --compare or --to-partitions; run the command once for each; see kurier partition --help
                    partition --partitions=3 --hot-share=1 | --hot-share: it belongs to --stats; see kurier partition --help
                    partition --partitions=3 --stats --hot-share=0.05 | --hot-share 0.05: it is from 1 to less than 100; see kurier partition --help
                    partition --partitions=3 --stats --hot-share=100 | --hot-share 100.0: it is from 1 to less than 100; see kurier partition --help
                    partition --partitions=3 --stats --hot-share=NaN | --hot-share NaN: it is from 1 to less than 100; see kurier partition --help
                    partition --partitions=3 --json | --json: it belongs to --stats, --compare or --to-partitions; see kurier partition --help
                    partition --partitions=3 --set=x | --set: it has the form KEY=VALUE, such as null.key=hash; see kurier partition --help
                    partition --partitions=3 --set=a=1 --set=a=2 | --set a: the key is set twice; see kurier partition --help
                    partition --partitions=3 --set=nul.key=hash | --set nul.key: the partitioner murmur2 has no such key. Did you mean null.key? Keys: null.key.
                    partition --partitions=3 --partitioner=round-robin --set=null.key=hash | --set null.key: the partitioner round-robin has no such key. It has no keys.
                    partition --partitions=3 --compare=crc32 --set=x=1 | --set x: neither partitioner has such a key, murmur2 or crc32. Keys: null.key.
                    partition --partitions=3 --config=no-such-file | no-such-file: no such file; name a properties file
                    offsets                     | name what to do: show, export, import or reset; see kurier offsets --help
                    offsets show                | name either a file by --file FILE, or a topic by --topic T; see kurier offsets show --help
                    offsets show --file=a --topic=b | name either a file by --file FILE, or a topic by --topic T; see kurier offsets show --help
                    offsets show --file=        | --file: the name is empty; see kurier offsets show --help
                    offsets show --file=no-such-file | no-such-file: there is no such file. Name the one that the host keeps its source offsets in.
                    offsets show --topic=t      | no cluster is named; name a broker by --bootstrap HOST:PORT, or a file with bootstrap.servers by --config
                    offsets reset --file=a      | Missing required option: '--connector=NAME'; see kurier offsets reset --help
                    offsets reset --file=a --connector=c | a: there is no such file. Name the one that the host keeps its source offsets in.
                    offsets reset --file=a --connector=c --partition=[] | --partition: it is no JSON object of the form {"field": value}; see kurier offsets reset --help
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
