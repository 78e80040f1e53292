// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end by themselves, with {@code --drain}; {@link RunProcessTest} has those that are stopped. */
@WithKafka
class RunCommandTest {
    @TempDir
    private Path folder;

    private String bootstrap;
    private TestTopics topics;
    private Path offsets;

    @BeforeEach
    void connect(LocalBroker broker, TestTopics shared) {
        bootstrap = broker.bootstrapServers();
        topics = shared;
        offsets = folder.resolve("kurier.offsets");
    }

    @Test
    void publishesAllInputAndContinuesBehindItInTheNextRun() throws Exception {
        String topic = topics.unusedName("run");
        Path input = input("a.log", "one\ntwo\n");
        Path connector = connector("web", topic, "topic.creation.default.partitions=1\n");

        CommandRun first = run("--drain", connector.toString());

        assertThat(first.err()).isEqualTo("running web; offsets are stored in " + offsets + "; Ctrl-C ends it\n");
        assertThat(first.out().replaceAll(" [0-9.]+ s", " TIME")).isEqualTo("""
                connector  records  bytes TIME  rejected  restarts  failed
                web              2    6 B  TIME         0         0  no
                """.replace("bytes TIME", "bytes   time"));
        assertThat(first.exitCode()).isZero();

        Files.writeString(input, "three\n", StandardOpenOption.APPEND);
        assertThat(run("--drain", connector.toString()).exitCode()).isZero();
        assertThat(values(topic)).containsExactly("one", "two", "three");
    }

    @Test
    void runsSeveralConnectorsAndSaysInJsonWhatEachHasDone() throws Exception {
        String lines = topics.unusedName("lines");
        String objects = topics.unusedName("objects");
        input("a.log", "one\ntwo\n");
        Path second = Files.createDirectories(folder.resolve("objects"));
        Files.writeString(second.resolve("b.jsonl"), "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
        Path json = Files.writeString(folder.resolve("json.properties"), """
                name=objects
                connector.class=JsonSource
                path=%s
                topic=%s
                """.formatted(second, objects));

        CommandRun run = run("--drain", "--json", connector("web", lines, "").toString(), json.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        List<JsonNode> events = events(run);
        assertThat(events.get(0).toString())
                .isEqualTo(
                        "{\"event\":\"started\",\"connectors\":[\"web\",\"objects\"],\"offsets\":\"" + offsets + "\"}");
        JsonNode end = events.get(events.size() - 1);
        assertThat(end.get("event").textValue()).isEqualTo("ended");
        assertThat(end.get("ok").booleanValue()).isTrue();
        assertThat(end.get("connectors"))
                .extracting(each -> each.get("connector").textValue() + " "
                        + each.get("records").longValue())
                .containsExactly("web 2", "objects 3");
        assertThat(end.get("connectors").get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "connector",
                        "records",
                        "bytes",
                        "sourcePartition",
                        "sourceOffset",
                        "lagBytes",
                        "rejected",
                        "restarts",
                        "error",
                        "failed");
        assertThat(topics.readAll(objects)).hasSize(3);
    }

    @Test
    void namesWhatWasRejectedAndEndsWithOne() throws Exception {
        String topic = topics.unusedName("rejected");
        Path input = Files.write(folder.resolve("a.log"), new byte[] {'a', '\n', (byte) 0xE9, '\n', 'b', '\n'});
        CommandRun run =
                run("--drain", connector("web", topic, "errors.tolerance=all\n").toString());

        assertThat(run.errLines().get(1)).startsWith("rejected: web: " + input + ", line 2: ");
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.out()).containsPattern("web +2 +2 B +\\S+ s +1 +0");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
    }

    @Test
    void namesSomeOfManyRejectionsAndCountsTheOthers() throws Exception {
        String topic = topics.unusedName("rejected");
        byte[] wrong = "x\n".repeat(60).getBytes(UTF_8);
        for (int i = 0; i < wrong.length; i += 2) {
            wrong[i] = (byte) 0xE9;
        }
        Files.write(folder.resolve("a.log"), wrong);
        CommandRun run =
                run("--drain", connector("web", topic, "errors.tolerance=all\n").toString());

        assertThat(run.errLines()).hasSize(22);
        assertThat(run.errLines().get(21)).isEqualTo("rejected: web: more, which are only counted from here on");
        assertThat(run.out()).containsPattern("web +0 +0 B +\\S+ s +60 +0");
    }

    @Test
    void aConnectorThatFailsForGoodLeavesTheOthersToFinish() throws Exception {
        String topic = topics.unusedName("failed");
        Files.write(folder.resolve("a.log"), new byte[] {(byte) 0xE9, '\n'});
        Path good = Files.createDirectories(folder.resolve("good"));
        Files.writeString(good.resolve("b.log"), "one\n");
        Path other = Files.writeString(folder.resolve("other.properties"), """
                name=other
                connector.class=TextSource
                path=%s
                topic=%s
                """.formatted(good, topic));

        CommandRun run =
                run("--drain", connector("web", topic, "include=*.log\n").toString(), other.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.errLines())
                .filteredOn(line -> line.startsWith("failed: "))
                .singleElement()
                .asString()
                .startsWith("failed: connector web has ended: ")
                .endsWith(" (task 0, which is not started again)");
        assertThat(run.out()).containsPattern("web .* YES\n").containsPattern("other +1 .* no\n");
        assertThat(values(topic)).contains("one");
    }

    @Test
    void endsByItselfIfEveryConnectorHasFailedForGood() throws Exception {
        Files.write(folder.resolve("a.log"), new byte[] {(byte) 0xE9, '\n'});
        CommandRun run = run(connector("web", topics.unusedName("failed"), "").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.out()).containsPattern("web .* YES\n");
    }

    @Test
    void takesTheConfigurationOfThePublisherAndTopicsThatItDeclaresToo() throws Exception {
        String topic = topics.unusedName("declared");
        input("a.log", "one\n");
        Path config = Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=%1$s
                topics.management=create
                topics=%2$s
                topics.%2$s.partitions=3
                topics.%2$s.value.serializer=text
                """.formatted(bootstrap, topic));
        Path connector = connector("web", topic, "topic.creation.default.partitions=3\n");

        CommandRun run =
                CommandRun.of("run", "--config=" + config, "--offsets=" + offsets, "--drain", connector.toString());

        assertThat(run.errLines()).hasSize(1);
        assertThat(run.exitCode()).isZero();
        assertThat(CommandRun.of("topics", "--bootstrap=" + bootstrap).out()).containsPattern(topic + " +3 ");
    }

    @Test
    void printsAllThatIsWrongWithFilesAndLinesAndEndsWithTwo() throws Exception {
        Path config = Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=127.0.0.1:9
                producer.lingr.ms=1
                topics=orders
                topics.orders.partitions=6
                topics.orders.value.serializer=text
                """);
        Path web = Files.writeString(folder.resolve("web.properties"), """
                name=web
                connector.class=TextSource
                path=%s
                topic=orders
                topic.creation.default.partitions=3
                pth=/x
                path=/y
                """.formatted(folder));
        Path nameless = Files.writeString(folder.resolve("nameless.properties"), "connector.class=TextSource\n");
        Path absent = folder.resolve("absent.properties");
        Path other = Files.writeString(folder.resolve("other.properties"), "topics=a\n");

        CommandRun run = CommandRun.of(
                "run",
                "--config=" + config,
                "--offsets=" + offsets,
                web.toString(),
                nameless.toString(),
                absent.toString(),
                other.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        CommandRun.assertGolden("run-problems.txt", run.err().replace(folder + "/", ""));
        assertThat(offsets).doesNotExist();
    }

    @Test
    void refusesOptionsThatMakeNoSense() throws Exception {
        String connector = connector("web", "t", "").toString();
        assertThat(CommandRun.of("run", connector).err())
                .isEqualTo("kurier: no cluster is named; name a broker by --bootstrap HOST:PORT, or a file with"
                        + " bootstrap.servers by --config\n");
        for (String[] options : new String[][] {
            {"--offsets=a", "--offsets-topic=b", connector},
            {"--offsets-topic=", connector},
            {"--offsets=" + folder.resolve("absent").resolve("a"), connector},
            {"--interval=0", connector},
            {}
        }) {
            CommandRun run =
                    CommandRun.of(Stream.concat(Stream.of("run", "--bootstrap=" + bootstrap), Stream.of(options))
                            .toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.errLines()).hasSize(1);
            assertThat(run.err()).startsWith("kurier: ").endsWith("; see kurier run --help\n");
        }
    }

    @Test
    void saysThatNoBrokerListens() throws Exception {
        input("a.log", "one\n");
        CommandRun run = CommandRun.of(
                "run", "--bootstrap=127.0.0.1:1", connector("web", "t", "").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("kurier: --bootstrap 127.0.0.1:1: no broker listens there");
    }

    @Test
    void refusesOffsetsThatAreDamaged() throws Exception {
        input("a.log", "one\n");
        Files.writeString(offsets, "nonsense");
        CommandRun run =
                run("--drain", connector("web", topics.unusedName("t"), "").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(offsets.toString());
    }

    @Test
    void findsAConnectorInAFolder() throws Exception {
        String topic = topics.unusedName("numbers");
        Path plugins = folder.resolve("plugins");
        PluginJar.of(
                SourceConnector.class,
                plugins.resolve("numbers").resolve("numbers.jar"),
                List.of(NumbersConnector.class));
        Path connector = Files.writeString(folder.resolve("numbers.properties"), """
                name=numbers
                connector.class=NumbersConnector
                topic=%s
                value.serializer=text
                """.formatted(topic));

        assertThat(run("--drain", connector.toString()).err()).contains("connector.class (numbers.properties:2): no");

        CommandRun run = run("--drain", "--plugin-path=" + plugins, connector.toString());
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.exitCode()).isZero();
        assertThat(values(topic)).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void storesOffsetsInATopic() throws Exception {
        String topic = topics.unusedName("run");
        String store = topics.unusedName("offsets");
        Path input = input("a.log", "one\n");
        String connector = connector("web", topic, "").toString();
        for (int i = 0; i < 2; i++) {
            CommandRun run =
                    CommandRun.of("run", "--bootstrap=" + bootstrap, "--offsets-topic=" + store, "--drain", connector);
            assertThat(run.err())
                    .isEqualTo("running web; offsets are stored in the topic " + store + "; Ctrl-C ends it\n");
            assertThat(run.exitCode()).isZero();
            Files.writeString(input, "two\n", StandardOpenOption.APPEND);
        }
        assertThat(values(topic)).containsExactlyInAnyOrder("one", "two");
    }

    private CommandRun run(String... options) {
        return CommandRun.of(
                Stream.concat(Stream.of("run", "--bootstrap=" + bootstrap, "--offsets=" + offsets), Stream.of(options))
                        .toArray(String[]::new));
    }

    private Path input(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path connector(String name, String topic, String more) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".properties"), """
                name=%s
                connector.class=TextSource
                path=%s
                topic=%s
                """.formatted(name, folder.resolve("a.log"), topic) + more);
    }

    private List<String> values(String topic) {
        return topics.readAll(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static List<JsonNode> events(CommandRun run) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            events.add(new ObjectMapper().readTree(line));
        }
        return events;
    }
}
