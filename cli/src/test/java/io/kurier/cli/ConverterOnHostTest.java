// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostTopics;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The serializers as the converter of a connector that the host runs. */
@WithKafka
@Timeout(120)
class ConverterOnHostTest {
    private static final String CONVERTER = "io.kurier.plugins.connect.KurierConverter";

    private final LocalBroker broker;
    private final TestTopics topics;

    ConverterOnHostTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    private static Map<String, String> connector(String connectorClass, String topic, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "name",
                "of-" + topic,
                "connector.class",
                connectorClass,
                "topic",
                topic,
                "topic.creation.groups",
                "own",
                "topic.creation.own.include",
                topic,
                "topic.creation.own.partitions",
                "1"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    private Publisher publisher(Map<String, String> connector) {
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        return Kurier.start(config);
    }

    private List<byte[]> run(Map<String, String> connector, int records) {
        try (Publisher publisher = publisher(connector);
                ConnectorHost host =
                        ConnectorHost.builder(publisher).connector(connector).start()) {
            String topic = Objects.requireNonNull(connector.get("topic"));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(topics.readAll(topic))
                            .as(() -> host.status().toString())
                            .hasSize(records));
            return topics.readAll(topic).stream().map(ConsumerRecord::value).toList();
        }
    }

    @Test
    void writesTheBytesOfTheSerializer() {
        String file =
                Path.of("../samples/data/temperatures.avro").toAbsolutePath().toString();
        List<byte[]> bySerializer = run(
                connector(
                        "AvroSourceConnector",
                        topics.unusedName("by-serializer"),
                        "path",
                        file,
                        "value.serializer",
                        "avro"),
                1_200);
        List<byte[]> byConverter = run(
                connector(
                        "AvroSourceConnector",
                        topics.unusedName("by-converter"),
                        "path",
                        file,
                        "value.converter",
                        CONVERTER,
                        "value.converter.serializer",
                        "avro"),
                1_200);
        assertThat(byConverter).containsExactlyElementsOf(bySerializer);
    }

    @Test
    void writesTheStructsOfAConnectorOfOthers() {
        List<byte[]> written = run(
                connector(
                        StructConnector.class.getName(),
                        topics.unusedName("structs"),
                        "value.converter",
                        CONVERTER,
                        "value.converter.serializer",
                        "json"),
                1);
        assertThat(written).containsExactly("{\"id\":7,\"day\":\"1970-01-03\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAnUnknownKeyOfTheSerializerAtTheStart() {
        Map<String, String> connector = connector(
                StructConnector.class.getName(),
                topics.unusedName("typo"),
                "value.converter",
                CONVERTER,
                "value.converter.serializer",
                "avro",
                "value.converter.framming",
                "none");
        try (Publisher publisher = publisher(connector)) {
            assertThatThrownBy(() -> ConnectorHost.builder(publisher)
                            .connector(connector)
                            .start())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Did you mean value.converter.framing?");
        }
    }

    /** Has one Struct to publish. */
    public static final class StructConnector extends SourceConnector {
        private Map<String, String> properties = Map.of();

        @Override
        public void start(Map<String, String> configured) {
            properties = configured;
        }

        @Override
        public Class<? extends Task> taskClass() {
            return StructTask.class;
        }

        @Override
        public List<Map<String, String>> taskConfigs(int maxTasks) {
            return List.of(properties);
        }

        @Override
        public void stop() {}

        @Override
        public ConfigDef config() {
            return new ConfigDef().define("topic", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "the topic");
        }

        @Override
        public String version() {
            return "1";
        }
    }

    /** Publishes it once. */
    public static final class StructTask extends SourceTask {
        private static final Schema SCHEMA = SchemaBuilder.struct()
                .name("shop.Order")
                .field("id", Schema.INT64_SCHEMA)
                .field("day", Date.SCHEMA)
                .build();

        private final CountDownLatch stopped = new CountDownLatch(1);
        private String topic = "";
        private boolean done;

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void start(Map<String, String> properties) {
            topic = Objects.requireNonNull(properties.get("topic"));
        }

        @Override
        public @Nullable List<SourceRecord> poll() throws InterruptedException {
            if (done) {
                boolean unused = stopped.await(20, TimeUnit.MILLISECONDS); // there is nothing to read
                return null;
            }
            done = true;
            Struct value = new Struct(SCHEMA).put("id", 7L).put("day", new java.util.Date(2 * 86_400_000L));
            return List.of(new SourceRecord(Map.of(), Map.of(), topic, SCHEMA, value));
        }

        @Override
        public void stop() {
            stopped.countDown();
        }
    }
}
