// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import io.kurier.serializers.framings.test.Basket;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.testkit.FakeKafka;
import io.kurier.testkit.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishers and plain Kafka clients with a registry that is up, down, or slow. */
@Timeout(120)
class PublishedWithRegistryTest {
    private static final Topic<String, GenericRecord> ORDERS = Topic.of("orders", String.class, GenericRecord.class);
    private static final Topic<String, GenericRecord> RETURNS = Topic.of("returns", String.class, GenericRecord.class);
    private static final Topic<String, Basket.Line> LINES = Topic.of("lines", String.class, Basket.Line.class);
    private static final GenericRecord ORDER = new GenericRecordBuilder(new Schema.Parser().parse(Sources.ORDER))
            .set("id", "ab")
            .set("cents", 3L)
            .build();
    private static final String ORDER_BYTES = "04616206";

    @TempDir
    private Path folder;

    private final TestRegistry registry = new TestRegistry();
    private final FakeKafka kafka = new FakeKafka();

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("order.avsc"), Sources.ORDER, UTF_8);
        Files.writeString(folder.resolve("ids.properties"), "5=order.avsc", UTF_8);
        registry.next(5).register("orders-value", "AVRO", Sources.ORDER);
        registry.register("returns-value", "AVRO", Sources.ORDER);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Map<String, String> keys(String framing, String schemas) {
        Map<String, String> keys = new HashMap<>(Map.of("schemas", schemas));
        if (schemas.contains("registry")) {
            keys.putAll(Map.of("schema.registry.url", registry.url(), "max.retries", "0"));
        }
        if (schemas.contains("file")) {
            keys.put("schemas.folder", folder.toString());
        }
        Map<String, String> prefixed = new HashMap<>();
        keys.forEach((key, value) -> prefixed.put("framing." + framing + "." + key, value));
        prefixed.put("framing", framing);
        return prefixed;
    }

    private Publisher start(String framing, String schemas, Topic<?, ?>... topics) {
        Map<String, String> config = new HashMap<>();
        Arrays.asList(topics).forEach(topic -> {
            String prefix = "topics." + topic.alias() + ".value.serializer";
            config.put(prefix, "avro");
            config.put(prefix + ".schema", folder.resolve("order.avsc").toString());
            keys(framing, schemas).forEach((key, value) -> config.put(prefix + "." + key, value));
        });
        return kafka.start(config, topics);
    }

    private String written(Topic<?, ?> topic) {
        var all = kafka.records(topic);
        return HexFormat.of().withUpperCase().formatHex(all.get(all.size() - 1).value());
    }

    private static void publish(Publisher publisher) {
        publisher.publish(ORDERS, "a", ORDER).join();
    }

    /** Publishes until a message is refused, and returns why. */
    private static String refusal(Publisher publisher) {
        String[] reason = new String[1];
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            try {
                publish(publisher);
                return false;
            } catch (CompletionException e) {
                reason[0] = String.valueOf(e.getMessage());
                return true;
            }
        });
        return reason[0];
    }

    @Test
    void aStartTakesOneRequestForEachSubjectAndRecordsTakeNone() {
        try (Publisher publisher = start("confluent", "registry", ORDERS, RETURNS)) {
            for (int i = 0; i < 100; i++) {
                publisher.tryPublish(ORDERS, "a", ORDER);
                publisher.publish(RETURNS, "a", ORDER).join();
            }
            assertThat(registry.requests())
                    .containsExactlyInAnyOrder("POST /subjects/orders-value", "POST /subjects/returns-value");

            registry.close();

            publish(publisher);
        }
        assertThat(written(ORDERS)).isEqualTo("0000000005" + ORDER_BYTES);
    }

    @Test
    void aFileAndARegistryMakeTheSameBytes() {
        for (String framing : new String[] {"confluent", "apicurio"}) {
            try (Publisher publisher = start(framing, "registry", ORDERS)) {
                publish(publisher);
            }
            String online = written(ORDERS);
            try (Publisher publisher = start(framing, "file", ORDERS)) {
                publish(publisher);
            }
            assertThat(written(ORDERS)).isEqualTo(online);
        }
    }

    @Test
    void contentAndARegistryWriteTheSameGuid() {
        for (String schemas : new String[] {"registry", "content", "content,registry"}) {
            try (Publisher publisher = start("confluent-header", schemas, ORDERS)) {
                publish(publisher);
            }
        }
        assertThat(kafka.records(ORDERS).stream()
                        .map(each -> HexFormat.of()
                                .formatHex(each.headers()
                                        .lastHeader("__value_schema_id")
                                        .value()))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aRegistryThatIsDownAtTheStartIsOneError() {
        registry.fail(503, "<html>Service Unavailable</html>");

        assertThatThrownBy(() -> start("confluent", "registry", ORDERS).close())
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.problems()).hasSize(1))
                .hasMessageContaining("the serializer avro of the values of topic orders cannot be prepared")
                .hasMessageContaining("503");
    }

    @Test
    void aFileStandsInForARegistryThatIsDown() {
        registry.fail(503, "");
        try (Publisher publisher = start("confluent", "registry,file", ORDERS)) {
            publish(publisher);
            assertThat(written(ORDERS)).isEqualTo("0000000005" + ORDER_BYTES);
        }
    }

    @Test
    void aRefusalIsNoReasonForTheFile() {
        for (int status : new int[] {401, 403, 422}) {
            registry.fail(status, "{\"error_code\":" + status + ",\"message\":\"refused\"}");
            assertThatThrownBy(() -> start("confluent", "registry,file", ORDERS).close())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(String.valueOf(status));
        }
    }

    @Test
    void aFileNeedsNoRequestAndADifferenceStopsTheTopicLater() throws IOException {
        Files.writeString(folder.resolve("ids.properties"), "9=order.avsc", UTF_8);
        registry.fail(503, "");
        for (String schemas : new String[] {"file,registry", "registry,file"}) {
            registry.fail(503, "");
            try (Publisher publisher = start("confluent", schemas, ORDERS)) {
                publish(publisher);
                assertThat(written(ORDERS)).isEqualTo("0000000009" + ORDER_BYTES);

                registry.recover();

                assertThat(refusal(publisher))
                        .contains("with the id 9 of file (" + folder + "), and registry (" + registry.url())
                        .contains("has it with the id 5");
            }
        }
    }

    @Test
    void equalIdsStopNothing() {
        try (Publisher publisher = start("confluent", "file,registry", ORDERS)) {
            await().until(() -> registry.requests().size() == 1);
            publish(publisher);
        }
    }

    @Test
    void tryPublishNeverWaitsForARegistry() {
        registry.hold();
        Map<String, String> config = new HashMap<>(Map.of("topics.management", "later"));
        config.put("topics.orders.value.serializer", "avro");
        keys("confluent", "registry")
                .forEach((key, value) -> config.put("topics.orders.value.serializer." + key, value));
        try (Publisher publisher = kafka.start(config, ORDERS)) {
            assertThatThrownBy(() -> publisher.tryPublish(ORDERS, "a", ORDER).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            PublishException.class,
                            e -> assertThat(e.retriable()).isTrue())
                    .hasMessageContaining("waits for the schema of orders-value, from " + registry.url());
            registry.release();
            publish(publisher);
        }
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void aProtobufFileIsFoundAsItsAuthorWroteIt() throws IOException {
        registry.next(9)
                .register(
                        "lines-value",
                        "PROTOBUF",
                        Files.readString(Path.of("src/test/protobuf/shop/shop.proto"), UTF_8));
        Map<String, String> config = new HashMap<>(Map.of("topics.lines.value.serializer", "protobuf"));
        keys("confluent", "registry")
                .forEach((key, value) -> config.put("topics.lines.value.serializer." + key, value));
        Basket.Line line = Basket.Line.newBuilder().setArticle("x").build();
        try (Publisher publisher = kafka.start(config, LINES)) {
            publisher.tryPublish(LINES, "a", line).join();
        }
        assertThat(written(LINES)).isEqualTo("0000000009" + "040200" + "0A0178");
        assertThat(registry.requests()).containsExactly("GET /subjects/lines-value/versions/latest");

        try (ProtobufDeserializer<Basket.Line> reader = new ProtobufDeserializer<>(Basket.Line.class)) {
            Map<String, Object> reading = new HashMap<>();
            keys("confluent", "registry").forEach((key, value) -> reading.put("value.protobuf." + key, value));
            reader.configure(reading, false);
            assertThat(reader.deserialize("lines", kafka.records(LINES).get(0).value()))
                    .isEqualTo(line);
        }
    }

    @Test
    void plainKafkaClientsWriteAndRead() {
        try (LocalBroker broker = LocalBroker.start();
                TestTopics topics = TestTopics.on(broker)) {
            String topic = topics.create("orders", 1);
            registry.register(topic + "-value", "AVRO", Sources.ORDER);
            Map<String, Object> config = new HashMap<>(broker.clientProperties());
            keys("confluent", "registry").forEach((key, value) -> config.put("value.avro." + key, value));
            try (KafkaProducer<String, GenericRecord> producer =
                    new KafkaProducer<>(config, new StringSerializer(), configured(config))) {
                producer.send(new ProducerRecord<>(topic, "a", ORDER));
                producer.send(new ProducerRecord<>(topic, "b", ORDER));
                producer.flush();
            }
            assertThat(registry.requests()).containsExactly("POST /subjects/" + topic + "-value");

            config.putAll(Map.of("group.id", "readers", "auto.offset.reset", "earliest"));
            AvroDeserializer<GenericRecord> values = new AvroDeserializer<>();
            values.configure(config, false);
            try (KafkaConsumer<String, GenericRecord> consumer =
                    new KafkaConsumer<>(config, new StringDeserializer(), values)) {
                consumer.subscribe(List.of(topic));
                int[] read = new int[1];
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    ConsumerRecords<String, GenericRecord> records = consumer.poll(Duration.ofMillis(100));
                    records.forEach(
                            record -> assertThat(record.value().get("cents")).isEqualTo(3L));
                    read[0] += records.count();
                    return read[0] == 2;
                });
            }
            assertThat(registry.requests()).containsExactly("POST /subjects/" + topic + "-value", "GET /schemas/ids/5");
        }
    }

    private static AvroSerializer<GenericRecord> configured(Map<String, Object> config) {
        AvroSerializer<GenericRecord> serializer = new AvroSerializer<>();
        serializer.configure(config, false);
        return serializer;
    }
}
