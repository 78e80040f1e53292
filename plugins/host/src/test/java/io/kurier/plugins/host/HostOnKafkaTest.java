// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kurier's own connectors through one publisher to a real broker, and back. */
@WithKafka
@Timeout(120)
class HostOnKafkaTest {
    private final LocalBroker broker;
    private final TestTopics topics;

    @TempDir
    Path folder = Path.of("");

    HostOnKafkaTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    private Map<String, String> connector(String format, String topic, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "name",
                format + "-of-" + topic,
                "connector.class",
                format.equals("text") ? "TextSourceConnector" : "JsonSourceConnector",
                "path",
                folder.toString(),
                "topic",
                topic,
                "scan.interval.ms",
                "20",
                "topic.creation.default.partitions",
                "1"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    private Publisher publisher(List<Map<String, String>> connectors) {
        Map<String, String> config = new HashMap<>(HostTopics.declare(connectors));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        return Kurier.start(config);
    }

    private void write(String file, List<String> lines) throws IOException {
        Files.write(folder.resolve(file), lines);
    }

    private List<String> read(String topic) {
        return topics.readAll(topic, new StringDeserializer(), new StringDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private static List<String> lines(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + i).toList();
    }

    @Test
    void publishesNumbersWithTheScaleAndSizeThatTheyHaveInTheFile() throws Exception {
        List<String> json = List.of(
                "{\"price\":9.90,\"zero\":0.00,\"small\":1E-400}",
                "{\"id\":12345678901234567890,\"large\":1E+2,\"larger\":1E+400}",
                "[0.1234567890123456789,-0.0,-7,9223372036854775808," + "9".repeat(1000) + "]");
        write("a.jsonl", json);
        String topic = topics.unusedName("host-numbers");
        List<Map<String, String>> connectors = List.of(connector("json", topic));
        try (Publisher publisher = publisher(connectors);
                ConnectorHost host = ConnectorHost.start(publisher, connectors, HostListener.NONE)) {
            host.awaitDrained();
        }
        assertThat(read(topic)).isEqualTo(json);
    }

    @Test
    void publishesAFolderOfTextAndJsonThroughOnePublisherInOrder() throws Exception {
        List<String> text = lines("line ", 0, 2_000);
        List<String> json = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"id\":" + i + ",\"name\":\"grün\"}")
                .toList();
        write("a.log", text);
        write("a.jsonl", json);
        String textTopic = topics.unusedName("host-text");
        String jsonTopic = topics.unusedName("host-json");
        List<Map<String, String>> connectors = List.of(connector("text", textTopic), connector("json", jsonTopic));
        CloseReport report;
        try (Publisher publisher = publisher(connectors)) {
            try (ConnectorHost host = ConnectorHost.start(publisher, connectors, HostListener.NONE)) {
                host.awaitDrained();
            }
            report = publisher.close(Duration.ofSeconds(30));
        }
        assertThat(read(textTopic)).isEqualTo(text);
        assertThat(read(jsonTopic)).isEqualTo(json);
        assertThat(report).isEqualTo(new CloseReport(4_000, 4_000, 0, 0, 0));
    }

    @Test
    void publishesTenThousandRecordsThroughTwoTasksExactlyOnce() throws Exception {
        List<String> all = new ArrayList<>();
        for (int file = 0; file < 10; file++) {
            List<String> lines = lines(file + ":", 0, 1_000);
            write(file + ".txt", lines);
            all.addAll(lines);
        }
        String topic = topics.unusedName("host-two");
        List<Map<String, String>> connectors =
                List.of(connector("text", topic, "tasks.max", "2", "topic.creation.default.partitions", "3"));
        Map<String, String> receipts = new ConcurrentHashMap<>();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        HostListener listener = new HostListener() {
            @Override
            public void published(String connector, SourceRecord record, Receipt receipt) {
                String place = receipt.partition() + "@" + receipt.offset();
                if (receipts.put(String.valueOf(record.value()), place) != null) {
                    throw new AssertionError("two receipts for one record"); // an Error ends the task
                }
            }

            @Override
            public void finished(String connector, String source, long records, long bytes) {
                threads.add(Thread.currentThread().getName());
            }
        };
        try (Publisher publisher = publisher(connectors);
                ConnectorHost host = ConnectorHost.start(publisher, connectors, listener)) {
            host.awaitDrained();
            assertThat(receipts).hasSize(10_000); // awaitDrained comes after the last receipt
        }
        List<ConsumerRecord<String, String>> stored =
                topics.readAll(topic, new StringDeserializer(), new StringDeserializer());
        assertThat(stored).extracting(ConsumerRecord::value).containsExactlyInAnyOrderElementsOf(all);
        Map<String, String> places = new HashMap<>();
        stored.forEach(record -> places.put(record.value(), record.partition() + "@" + record.offset()));
        assertThat(places.equals(receipts))
                .as("receipts tell where records are")
                .isTrue();
        assertThat(threads).hasSize(2);
    }

    @Test
    void publishesWhatIsAddedWhileItRunsAndReadsFromTheStartWhenItIsStartedAgain() throws Exception {
        write("a.txt", lines("", 0, 10));
        String topic = topics.unusedName("host-again");
        List<Map<String, String>> connectors = List.of(connector("text", topic));
        try (Publisher publisher = publisher(connectors)) {
            Set<String> published = ConcurrentHashMap.newKeySet();
            HostListener listener = new HostListener() {
                @Override
                public void published(String connector, SourceRecord record, Receipt receipt) {
                    published.add(String.valueOf(record.value()));
                }
            };
            try (ConnectorHost host = ConnectorHost.start(publisher, connectors, listener)) {
                host.awaitDrained();
                Files.write(folder.resolve("a.txt"), lines("", 10, 20), StandardOpenOption.APPEND);
                await().until(() -> published.size() == 20);
            }
            assertThat(read(topic)).isEqualTo(lines("", 0, 20));
            try (ConnectorHost host = ConnectorHost.start(publisher, connectors, HostListener.NONE)) {
                host.awaitDrained();
            }
            // offsets live as long as their host, as the package says
            assertThat(read(topic)).hasSize(40).startsWith("0", "1").endsWith("18", "19");
        }
    }

    @Test
    void leavesOutARecordThatCannotBeEncodedAndNamesItIfErrorsAreTolerated() throws Exception {
        Files.write(folder.resolve("a.txt"), List.of("one", "two", "three"), StandardCharsets.UTF_8);
        String topic = topics.unusedName("host-tolerant");
        List<Map<String, String>> connectors = List.of(connector("text", topic, "errors.tolerance", "all"));
        Map<String, String> config = new HashMap<>(HostTopics.declare(connectors));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        config.put("topics." + topic + ".max.record.bytes", "4");
        List<String> failed = new ArrayList<>();
        HostListener listener = new HostListener() {
            @Override
            public void failed(String connector, SourceRecord record, PublishException reason) {
                failed.add(record.value() + " " + reason.stage());
            }
        };
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.start(publisher, connectors, listener)) {
            host.awaitDrained();
        }
        assertThat(failed).containsExactly("three GUARD");
        assertThat(read(topic)).containsExactly("one", "two");
    }

    @Test
    void endsWithTheReasonWhenThePublisherDoesNotKnowTheTopic() throws Exception {
        write("a.txt", List.of("one"));
        List<Map<String, String>> declared = List.of(connector("text", topics.unusedName("host-known")));
        List<Map<String, String>> started = List.of(connector("text", "undeclared"));
        try (Publisher publisher = publisher(declared);
                ConnectorHost host = ConnectorHost.start(publisher, started, HostListener.NONE)) {
            assertThatThrownBy(host::awaitDrained)
                    .isInstanceOf(ConnectorFailedException.class)
                    .hasMessageContaining("connector text-of-undeclared has ended: the record at {file=")
                    .hasMessageContaining(": topic undeclared, ROUTE")
                    .hasMessageContaining("not declared. Declared: host-known");
        }
    }

    @Test
    void losesNothingWhenItIsClosedInTheMiddle() throws Exception {
        List<String> all = lines("", 0, 50_000);
        write("a.txt", all);
        String topic = topics.unusedName("host-closed");
        List<Map<String, String>> connectors = List.of(connector("text", topic));
        ConcurrentLinkedQueue<String> receipts = new ConcurrentLinkedQueue<>();
        HostListener listener = new HostListener() {
            @Override
            public void published(String connector, SourceRecord record, Receipt receipt) {
                receipts.add(String.valueOf(record.value()));
            }
        };
        CloseReport report;
        try (Publisher publisher = publisher(connectors)) {
            ConnectorHost host = ConnectorHost.start(publisher, connectors, listener);
            await().until(() -> !receipts.isEmpty());
            host.close();
            report = publisher.close(Duration.ofSeconds(30));
        }
        List<String> stored = read(topic);
        assertThat(stored).isEqualTo(all.subList(0, stored.size()));
        assertThat(new HashSet<>(receipts)).isEqualTo(new HashSet<>(stored)).hasSameSizeAs(receipts);
        assertThat(report.stored()).isEqualTo(report.accepted()).isEqualTo(stored.size());
    }
}
