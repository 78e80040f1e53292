// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connectors of others run in the host, from plugin folders, with Kafka's transformations. */
@WithKafka
@Timeout(120)
class ForeignConnectorsOnKafkaTest {
    private static final Path FOREIGN = Path.of("target/foreign");

    @TempDir
    private Path folder;

    @BeforeEach
    void theBuildHasMadeTheFolders() {
        assertThat(FOREIGN).as("made by mvn test").isDirectory();
    }

    private ConnectorHost host(Publisher publisher, Map<String, String> properties) {
        return ConnectorHost.builder(publisher)
                .connector(properties)
                .pluginPath(FOREIGN.toString())
                .offsets(OffsetStorage.inFile(folder.resolve("offsets")))
                .start();
    }

    private static Publisher publisher(LocalBroker broker, Map<String, String> properties) {
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(properties), FOREIGN.toString()));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        return Kurier.start(config);
    }

    private static List<ConsumerRecord<String, String>> read(TestTopics topics, String topic) throws Exception {
        return topics.readAll(topic, new StringDeserializer(), new StringDeserializer());
    }

    private static void awaitRecords(ConnectorHost host, String connector, long records) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(host.status(connector).tasks().get(0).records())
                                .isEqualTo(records));
    }

    @Test
    void kafkasFileConnectorPublishesThroughTransformationsAndGoesOnAfterARestart(LocalBroker broker, TestTopics topics)
            throws Exception {
        String declared = topics.unusedName("foreign-orders");
        Path file = Files.writeString(folder.resolve("lines.txt"), "one\nskip\ntwo\n");
        Map<String, String> properties = new HashMap<>(Map.of(
                "name", "lines",
                "connector.class", "FileStreamSource",
                "file", file.toString(),
                "topic", "raw-lines",
                "topic.creation.groups", "routed",
                "topic.creation.routed.include", declared,
                "topic.creation.routed.partitions", "1"));
        properties.putAll(Map.of(
                "transforms", "hoist,source,key,route",
                "transforms.hoist.type", "org.apache.kafka.connect.transforms.HoistField$Value",
                "transforms.hoist.field", "line",
                "transforms.source.type", "InsertField$Value",
                "transforms.source.static.field", "origin",
                "transforms.source.static.value", "shop",
                "transforms.key.type", "ValueToKey"));
        properties.putAll(Map.of(
                "transforms.key.fields", "line",
                "transforms.route.type", "RegexRouter",
                "transforms.route.regex", "raw-.*",
                "transforms.route.replacement", declared,
                "key.converter", "JsonConverter",
                "key.converter.schemas.enable", "false"));
        try (Publisher publisher = publisher(broker, properties)) {
            try (ConnectorHost host = host(publisher, properties)) {
                awaitRecords(host, "lines", 3);
            }
            Files.writeString(file, "three\n", StandardOpenOption.APPEND);
            try (ConnectorHost host = host(publisher, properties)) {
                awaitRecords(host, "lines", 1);
            }
        }
        assertThat(read(topics, declared))
                .extracting(ConsumerRecord::key, ConsumerRecord::value)
                .containsExactly(
                        tuple("{\"line\":\"one\"}", "{\"line\":\"one\",\"origin\":\"shop\"}"),
                        tuple("{\"line\":\"skip\"}", "{\"line\":\"skip\",\"origin\":\"shop\"}"),
                        tuple("{\"line\":\"two\"}", "{\"line\":\"two\",\"origin\":\"shop\"}"),
                        tuple("{\"line\":\"three\"}", "{\"line\":\"three\",\"origin\":\"shop\"}"));
    }

    @Test
    void aFilterWithAPredicateLeavesRecordsOutAndTheirOffsetsAdvance(LocalBroker broker, TestTopics topics)
            throws Exception {
        String topic = topics.unusedName("foreign-filtered");
        Path file = Files.writeString(folder.resolve("lines.txt"), "a\nb\n");
        Map<String, String> properties = new HashMap<>(Map.of(
                "name", "lines",
                "connector.class", "FileStreamSource",
                "file", file.toString(),
                "topic", topic,
                "topic.creation.default.partitions", "1",
                "transforms", "drop",
                "transforms.drop.type", "Filter",
                "transforms.drop.predicate", "ofTopic"));
        properties.putAll(Map.of(
                "predicates", "ofTopic",
                "predicates.ofTopic.type", "TopicNameMatches",
                "predicates.ofTopic.pattern", topic));
        try (Publisher publisher = publisher(broker, properties);
                ConnectorHost host = host(publisher, properties)) {
            await().untilAsserted(() -> assertThat(
                            host.status("lines").tasks().get(0).sourceOffset().get("position"))
                    .isEqualTo(4L));
            assertThat(host.status("lines").tasks().get(0).records()).isZero();
        }
        assertThat(read(topics, topic)).isEmpty();
    }

    @Test
    void mirrorMakersHeartbeatConnectorPublishesHeartbeats(LocalBroker broker, TestTopics topics) throws Exception {
        Map<String, String> properties = Map.of(
                "name", "beats",
                "connector.class", "MirrorHeartbeat",
                "source.cluster.alias", "a",
                "target.cluster.alias", "b",
                "target.cluster.bootstrap.servers", broker.bootstrapServers(),
                "heartbeats.topic.replication.factor", "1",
                "emit.heartbeats.interval.seconds", "1",
                "topic.creation.groups", "beats",
                "topic.creation.beats.include", "heartbeats",
                "undeclared.keys", "source.cluster.*,target.cluster.*,heartbeats.topic.replication.factor");
        try (Publisher publisher = publisher(broker, properties);
                ConnectorHost host = host(publisher, properties)) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(host.status("beats").tasks().get(0).records())
                                    .isPositive());
        }
        assertThat(read(topics, "heartbeats"))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.key().getBytes(StandardCharsets.UTF_8))
                        .isNotEmpty());
    }
}
