// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of {@code docs/scale-out.md}, run as they are there: a connector moves from {@code kurier run} to a cluster and
 * back, and publishes every line once.
 */
@Timeout(600)
class ScaleOutTest {
    private static final Path DOCUMENT = Path.of("../../docs/scale-out.md");
    private static final int STAYS = 5;
    private static final int LINES = 500;

    @TempDir
    private Path folder;

    @Test
    void everyLineIsPublishedOnceOnTheWayToTheClusterAndBack() throws Exception {
        for (String tool : List.of("bash", "curl", "jq", "unzip")) {
            assumeTrue(isInstalled(tool), "the commands of the document need " + tool);
        }
        Path archive = PluginArchives.archive("text");
        Files.createDirectory(folder.resolve("logs"));
        command("kurier", System.getProperty("java.class.path"), "io.kurier.cli.Main");
        command(
                "connect-distributed.sh",
                PluginArchives.classPathOfAWorker(),
                "org.apache.kafka.connect.cli.ConnectDistributed");
        try (LocalBroker broker = LocalBroker.start();
                Walkthrough walk = new Walkthrough(
                        DOCUMENT,
                        folder,
                        Map.of(
                                "127.0.0.1:9092", broker.bootstrapServers(),
                                "127.0.0.1:8083", "127.0.0.1:" + DistributedWorker.freePort(),
                                "/var/log/shop", folder.resolve("logs").toString(),
                                "/opt/connect-plugins",
                                        folder.resolve("plugins").toString(),
                                "plugins/text/target/connect/", archive.getParent() + "/"))) {
            try (ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
                admin.createTopic("web-log", 3);
            }
            List<List<String>> parts = parts();
            Tally tally =
                    new Tally(parts.stream().flatMap(List::stream).distinct().toList());
            try (CommittedReader<String> reader = new CommittedReader<>(
                    broker.bootstrapServers(),
                    "web-log",
                    new StringDeserializer(),
                    record -> tally.found(record.value()))) {
                walk(walk, parts, tally, reader);
                reader.readToEnd();
            }
            assertThat(tally.differences()).isEmpty();
            assertThat(walk.left()).isEmpty();
        }
    }

    private void walk(Walkthrough walk, List<List<String>> parts, Tally tally, CommittedReader<String> reader)
            throws Exception {
        walk.write("web-log.properties");
        append(parts.get(0));
        Process host = walk.start("host");
        await(reader, tally, 1);
        walk.stop("host", host);

        walk.run("archive");
        walk.write("worker.properties");
        Process worker = walk.start("worker");
        walk.run("create");
        walk.run("move");
        append(parts.get(1));
        await(reader, tally, 2);
        walk.run("stop");

        host = walk.start("topic");
        append(parts.get(2));
        await(reader, tally, 3);
        walk.stop("topic", host);

        walk.run("resume");
        append(parts.get(3));
        await(reader, tally, 4);
        walk.run("stop");

        walk.run("back");
        host = walk.start("host");
        append(parts.get(4));
        await(reader, tally, STAYS);
        walk.stop("host", host);
        worker.destroy();
    }

    @Test
    void noticesAStepThatTheDocumentDoesNotHaveAndOneThatFails() throws Exception {
        Path document = Files.writeString(folder.resolve("page.md"), """
                <!-- walk: one -->
                ```
                false | true
                ```
                <!-- walk: two -->
                ```
                true
                ```
                """);
        try (Walkthrough walk = new Walkthrough(document, folder, Map.of())) {
            assertThatThrownBy(() -> walk.run("one"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the step one ended with 1");
            assertThatThrownBy(() -> walk.run("three")).hasMessageContaining("the document has no step three");
            assertThat(walk.left()).containsExactly("two");
        }
    }

    private static void await(CommittedReader<String> reader, Tally tally, int stays) {
        reader.readUntil("the lines of " + stays + " stays are there", () -> tally.found() >= stays * 2 * LINES);
    }

    /** Returns the lines that are written during each stay, of two files. */
    private static List<List<String>> parts() {
        return IntStream.range(0, STAYS)
                .mapToObj(stay -> IntStream.range(0, 2 * LINES)
                        .mapToObj(line -> "line " + line + " of stay " + stay)
                        .toList())
                .toList();
    }

    private void append(List<String> lines) throws IOException {
        append("a.log", lines.subList(0, LINES));
        append("b.log", lines.subList(LINES, 2 * LINES));
    }

    private void append(String file, List<String> lines) throws IOException {
        Files.write(folder.resolve("logs").resolve(file), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Makes a command of a Java program. */
    private void command(String name, String classPath, String main) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        List<String> command = new ArrayList<>(List.of("exec", System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Dguice_bytecode_gen_option=DISABLED", main, "\"$@\""));
        Files.writeString(
                file, "#!/bin/bash\nexport CLASSPATH='" + classPath + "'\n" + String.join(" ", command) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }
}
