// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.plugins.host.OffsetStorage;
import io.kurier.plugins.host.OffsetStorage.SourcePartition;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
@Timeout(180)
class OffsetsCommandTest {
    private static final String OF_ONE = "{\"offsets\":[{\"partition\":{\"file\":\"/var/log/a.log\"},\"offset\":"
            + "{\"position\":4711,\"line\":17}},{\"partition\":{\"file\":\"/var/log/b.log\"},\"offset\":{\"position\":0,"
            + "\"line\":0}}]}\n";

    @TempDir
    private Path folder;

    private String file() {
        return "--file=" + folder.resolve("offsets");
    }

    private static CommandRun stored(String message) {
        return new CommandRun(0, message + "\n", "");
    }

    private static CommandRun failed(int exitCode, String message) {
        return new CommandRun(exitCode, "", "kurier: " + message + "\n");
    }

    @Test
    void showsAndResetsWhatIsStored() {
        byte[] input = OF_ONE.getBytes(UTF_8);
        assertThat(CommandRun.reading(input, "offsets", "import", file(), "--connector=web-log"))
                .isEqualTo(stored("2 stored, 0 forgotten"));
        assertThat(CommandRun.of("offsets", "show", file())).isEqualTo(stored("""
                        connector  partition                  offset
                        web-log    {"file":"/var/log/a.log"}  {"position":4711,"line":17}
                        web-log    {"file":"/var/log/b.log"}  {"position":0,"line":0}""".stripIndent()));
        String partition = "--partition={\"file\":\"/var/log/b.log\"}";
        assertThat(CommandRun.of("offsets", "reset", file(), "--connector=web-log", partition))
                .isEqualTo(stored("1 forgotten"));
        assertThat(CommandRun.of("offsets", "reset", file(), "--connector=web-log", partition))
                .isEqualTo(failed(
                        ExitCode.DIFFERS,
                        partition.replace('=', ' ')
                                + ": there is no source offset of it; kurier offsets show lists those that there are"));
        assertThat(CommandRun.of("offsets", "reset", file(), "--connector=web"))
                .isEqualTo(failed(
                        ExitCode.DIFFERS,
                        "--connector web: there is no source offset of it; there are some of web-log"));
        assertThat(CommandRun.of("offsets", "show", file(), "--json"))
                .isEqualTo(stored("[{\"connector\":\"web-log\",\"partition\":{\"file\":\"/var/log/a.log\"},\"offset\":"
                        + "{\"position\":4711,\"line\":17}}]"));
        assertThat(CommandRun.of("offsets", "reset", file(), "--connector=web-log"))
                .isEqualTo(stored("1 forgotten"));
        assertThat(CommandRun.of("offsets", "show", file()))
                .isEqualTo(new CommandRun(0, "", "kurier: no source offset is stored there\n"));
        assertThat(CommandRun.of("offsets", "export", file(), "--connector=web-log"))
                .isEqualTo(failed(
                        ExitCode.DIFFERS,
                        "--connector web-log: there is no source offset of it; none is stored at all"));
    }

    @Test
    void movesOffsetsFromAFileToATopicAndBack(LocalBroker broker, TestTopics topics) {
        String topic = "--topic=" + topics.unusedName("connect-offsets");
        String bootstrap = "--bootstrap=" + broker.bootstrapServers();
        CommandRun.reading(OF_ONE.getBytes(UTF_8), "offsets", "import", file(), "--connector=web-log");
        CommandRun.reading(
                "{\"offsets\":[{\"partition\":{},\"offset\":{\"id\":1.5}}]}".getBytes(UTF_8),
                "offsets",
                "import",
                file(),
                "--connector=orders",
                "-");
        assertThat(CommandRun.of("offsets", "export", file(), "--connector=web-log"))
                .isEqualTo(new CommandRun(0, OF_ONE, ""));
        assertThat(CommandRun.of("offsets", "show", topic, bootstrap).exitCode())
                .isEqualTo(ExitCode.USAGE);

        CommandRun all = CommandRun.of("offsets", "export", file());
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(CommandRun.reading(all.out().getBytes(UTF_8), "offsets", "import", topic, bootstrap))
                .isEqualTo(stored("3 stored, 0 forgotten"));
        assertThat(CommandRun.of("offsets", "export", topic, bootstrap)).isEqualTo(all);
        assertThat(CommandRun.of("offsets", "show", topic, bootstrap))
                .isEqualTo(CommandRun.of("offsets", "show", file()));
        assertThat(CommandRun.of("offsets", "reset", topic, bootstrap, "--connector=orders"))
                .isEqualTo(stored("1 forgotten"));
        assertThat(CommandRun.of("offsets", "export", topic, bootstrap, "--connector=web-log"))
                .isEqualTo(new CommandRun(0, OF_ONE, ""));
        assertThat(CommandRun.of("offsets", "show", topic, bootstrap).out()).doesNotContain("orders");
    }

    @Test
    void refusesTheFileOfARunningHostAndShowsWhatItHasStored() throws Exception {
        Path offsets = folder.resolve("offsets");
        try (OffsetStorage host = OffsetStorage.inFile(offsets)) {
            host.load();
            host.store(Map.of(new SourcePartition("web-log", Map.of("file", "a.log")), Map.of("position", 1)));
            CommandRun refused = failed(
                    ExitCode.USAGE,
                    offsets + ": a running host uses it (" + folder.toRealPath().resolve("offsets.lock")
                            + " is locked). Stop that host, or name another file.");
            assertThat(CommandRun.of("offsets", "export", file())).isEqualTo(refused);
            assertThat(CommandRun.of("offsets", "reset", file(), "--connector=web-log"))
                    .isEqualTo(refused);
            assertThat(CommandRun.reading(OF_ONE.getBytes(UTF_8), "offsets", "import", file(), "--connector=web-log"))
                    .isEqualTo(refused);
            assertThat(CommandRun.of("offsets", "show", file()).out()).contains("{\"position\":1}");
        }
        assertThat(CommandRun.of("offsets", "reset", file(), "--connector=web-log"))
                .isEqualTo(stored("1 forgotten"));
    }

    @Test
    void importsTheFileOfAStandaloneWorker() throws Exception {
        Map<byte[], byte[]> raw = new HashMap<>();
        raw.put("[\"web-log\",{\"file\":\"a.log\"}]".getBytes(UTF_8), "{\"position\":5}".getBytes(UTF_8));
        raw.put("[\"orders\",{\"table\":\"t\"}]".getBytes(UTF_8), "{\"id\":7}".getBytes(UTF_8));
        Path worker = folder.resolve("connect.offsets");
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(worker))) {
            out.writeObject(raw);
        }
        assertThat(CommandRun.of("offsets", "import", file(), worker.toString()))
                .isEqualTo(stored("2 stored, 0 forgotten"));
        assertThat(CommandRun.of("offsets", "export", file(), "--connector=orders"))
                .isEqualTo(stored("{\"offsets\":[{\"partition\":{\"table\":\"t\"},\"offset\":{\"id\":7}}]}"));
    }

    @Test
    void storesNothingOfInputThatItCannotRead() {
        Path none = folder.resolve("none");
        CommandRun run = CommandRun.of("offsets", "import", file(), none.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("kurier: " + none + ": it cannot be read: ");
        assertThat(CommandRun.reading(OF_ONE.getBytes(UTF_8), "offsets", "import", file()))
                .isEqualTo(
                        failed(
                                ExitCode.DIFFERS,
                                "standard input: it does not say of which connector the offsets are; name that by --connector"));
        assertThat(folder.resolve("offsets")).doesNotExist();
        assertThat(folder.resolve("offsets.lock")).doesNotExist();
    }
}
