// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records and their source offsets in one transaction, on a real broker. */
@WithKafka
@Timeout(120)
class ExactlyOnceOnKafkaTest {
    /** So many that each of two tasks has some. */
    private static final int FILES = 10;

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Not compressible below what the topic takes. */
    private static final String TOO_LARGE = new Random(7)
            .ints(20_000, '!', '~')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    private final LocalBroker broker;
    private final TestTopics topics;
    private final String topic;
    private final String offsets;

    @TempDir
    Path folder = Path.of("");

    ExactlyOnceOnKafkaTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
        this.topic = topics.unusedName("exactly-once");
        this.offsets = topics.unusedName("exactly-once-offsets");
    }

    private Map<String, String> connector(String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "name", "log",
                "connector.class", "TextSourceConnector",
                "path", folder.toString(),
                "topic", topic,
                "scan.interval.ms", "20",
                "exactly.once.support", "required",
                "topic.creation.default.partitions", "1"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    private Map<String, String> connection() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private Publisher publisher(Map<String, String> connector) {
        return publisher(connector, "one");
    }

    private Publisher publisher(Map<String, String> connector, String instance) {
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.putAll(connection());
        config.put("topics.management", "create");
        config.put("application.id", topic);
        config.put("application.instance.id", instance);
        return Kurier.start(config);
    }

    private ConnectorHost host(Publisher publisher, Map<String, String> connector) {
        return ConnectorHost.builder(publisher)
                .connector(connector)
                .offsets(OffsetStorage.inTopic(offsets, connection()))
                .start();
    }

    private void runToTheEnd(Map<String, String> connector) throws InterruptedException {
        try (Publisher publisher = publisher(connector);
                ConnectorHost host = host(publisher, connector)) {
            host.awaitDrained();
        }
    }

    private List<String> write(String file, int from, int to) throws IOException {
        List<String> lines =
                IntStream.range(from, to).mapToObj(i -> file + ":" + i).toList();
        Files.write(folder.resolve(file), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return lines;
    }

    private List<String> read() {
        return topics.readAll(topic, new StringDeserializer(), new StringDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "interval"})
    void continuesBehindTheLastCommittedTransaction(String boundary) throws Exception {
        Map<String, String> connector = connector("tasks.max", "2", "transaction.boundary", boundary);
        List<String> all = new ArrayList<>(write("a.log", 0, 5_000));
        all.addAll(write("b.log", 0, 5_000));
        runToTheEnd(connector);
        all.addAll(write("a.log", 5_000, 6_000));
        runToTheEnd(connector("tasks.max", "1", "transaction.boundary", boundary));

        assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void leavesInvalidRecordsOutOfTheTransaction() throws Exception {
        Map<String, String> connector = connector(
                "errors.tolerance", "all",
                "topic.creation.default.max.message.bytes", "5000",
                "errors.deadletterqueue.file", folder.resolve("dead").toString(),
                "include", "*.log");
        List<String> before = write("a.log", 0, 3_000);
        Files.writeString(folder.resolve("a.log"), TOO_LARGE + "\n", StandardOpenOption.APPEND);
        List<String> after = write("a.log", 3_000, 6_000);
        try (Publisher publisher = publisher(connector);
                ConnectorHost host = host(publisher, connector)) {
            host.awaitDrained();
            assertThat(host.status("log").tasks().get(0).rejected()).isEqualTo(1);
            assertThat(host.status("log").tasks().get(0).records()).isEqualTo(6_000);
        }
        List<String> all = new ArrayList<>(before);
        all.addAll(after);
        assertThat(read()).isEqualTo(all);
        assertThat(Files.readAllLines(folder.resolve("dead"))).hasSize(1);
    }

    @Test
    void commitsWhatIsBeforeTheRecordThatEndsTheTask() throws Exception {
        Map<String, String> connector = connector("topic.creation.default.max.message.bytes", "5000");
        List<String> before = write("a.log", 0, 3_000);
        Files.writeString(folder.resolve("a.log"), TOO_LARGE + "\n", StandardOpenOption.APPEND);
        List<String> unread = write("a.log", 3_000, 6_000);
        try (Publisher publisher = publisher(connector);
                ConnectorHost host = host(publisher, connector)) {
            assertThatThrownBy(host::awaitDrained)
                    .isInstanceOf(ConnectorFailedException.class)
                    .hasMessageContaining("the record at {");
            assertThat(host.status("log").tasks().get(0).state()).isEqualTo(State.FAILED);
        }
        assertThat(read()).isEqualTo(before).doesNotContainAnyElementsOf(unread);
    }

    @Test
    void aTwinIsFenced() throws Exception {
        Map<String, String> connector = connector();
        List<String> all = new ArrayList<>(write("a.log", 0, 1_000));
        try (Publisher publisher = publisher(connector);
                ConnectorHost first = host(publisher, connector)) {
            first.awaitDrained();
            try (Publisher other = publisher(connector, "two");
                    ConnectorHost second = host(other, connector)) {
                all.addAll(write("a.log", 1_000, 2_000));
                second.awaitDrained();
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(
                                        first.status("log").tasks().get(0))
                                .satisfies(task -> assertThat(task.state()).isEqualTo(State.FAILED))
                                .satisfies(task -> assertThat(task.lastError())
                                        .contains("another host has taken this task over")));
                all.addAll(write("a.log", 2_000, 3_000));
                await().atMost(LONG).untilAsserted(() -> assertThat(read()).hasSize(3_000));
                assertThat(second.status("log").tasks().get(0).state()).isEqualTo(State.RUNNING);
            }
        }
        assertThat(read()).isEqualTo(all);
    }

    @Test
    void tasksThatTheTwinDoesNotHaveAreFencedToo() throws Exception {
        List<String> all = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            all.addAll(write(file + ".log", 0, 100));
        }
        Map<String, String> twoTasks = connector("tasks.max", "2");
        try (Publisher publisher = publisher(twoTasks);
                ConnectorHost first = host(publisher, twoTasks)) {
            first.awaitDrained();
            Map<String, String> oneTask = connector("tasks.max", "1");
            try (Publisher other = publisher(oneTask, "two");
                    ConnectorHost second = host(other, oneTask)) {
                for (int file = 0; file < FILES; file++) {
                    all.addAll(write(file + ".log", 100, 200));
                }
                second.awaitDrained();
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(first.status("log").tasks())
                                .extracting(ConnectorStatus.TaskStatus::state)
                                .containsOnly(State.FAILED));
                await().atMost(LONG).untilAsserted(() -> assertThat(read()).hasSize(all.size()));
            }
        }
        assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void refusesAConnectorThatDoesNotEndTransactions() {
        assertThatThrownBy(() -> ConnectorHost.check(List.of(connector("transaction.boundary", "connector"))))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(
                        "transaction.boundary: TextSourceConnector does not end transactions itself. Set it"
                                + " to poll or interval.");
    }

    @Test
    void refusesATransactionThatKafkaWouldAbort() {
        Map<String, String> connector =
                connector("transaction.boundary", "interval", "transaction.boundary.interval.ms", "3600000");
        try (Publisher publisher = publisher(connector)) {
            assertThatThrownBy(() -> host(publisher, connector))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(
                            "a transaction of 3600000 ms would be aborted after transactions.timeout.ms=");
        }
    }

    @Test
    void refusesOffsetsOutsideOfATopicAndAPublisherWithoutTransactions() {
        Map<String, String> connector = connector();
        try (Publisher publisher = publisher(connector)) {
            assertThatThrownBy(() -> ConnectorHost.start(publisher, List.of(connector), HostListener.NONE))
                    .isInstanceOf(StartException.class)
                    .hasMessage("connector log, exactly.once.support: source offsets must be in a topic, so that one"
                            + " transaction holds them and the records. Use OffsetStorage.inTopic, or kurier run"
                            + " --offsets-topic.");
        }
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.putAll(connection());
        config.put("topics.management", "create");
        try (Publisher publisher = Kurier.start(config)) {
            assertThatThrownBy(() -> host(publisher, connector))
                    .isInstanceOf(StartException.class)
                    .hasMessage("connector log, exactly.once.support: there is no application.id, with which"
                            + " transactional ids begin: set it to the application's name");
        }
    }
}
