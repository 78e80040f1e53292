// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Stage;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TypeRef;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import io.kurier.serializers.framings.test.Basket;
import io.kurier.serializers.framings.test.Order;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.testkit.FakeKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that a publisher writes and a plain deserializer reads, in the same framing. */
@Timeout(60)
class PublishedFramesTest {
    private static final Topic<String, GenericRecord> ORDERS = Topic.of("orders", String.class, GenericRecord.class);
    private static final Topic<String, Order> MESSAGES = Topic.of("messages", String.class, Order.class);
    private static final Topic<String, Basket.Line> LINES = Topic.of("lines", String.class, Basket.Line.class);
    private static final Topic<String, Map<String, Integer>> DOCUMENTS =
            Topic.of("documents", new TypeRef<String>() {}, new TypeRef<Map<String, Integer>>() {});

    private static final GenericRecord ORDER = new GenericRecordBuilder(Schemas.ORDER)
            .set("id", "ab")
            .set("cents", 3L)
            .build();
    private static final String ORDER_BYTES = "04616206";

    @TempDir
    private Path temporary;

    private final FakeKafka kafka = new FakeKafka();
    private final String server = UUID.randomUUID().toString();
    private Folder folder;

    @BeforeEach
    void fill() {
        folder = new Folder(temporary)
                .with("order.avsc", Schemas.ORDER_FILE)
                .copy("shop.desc", Folder.SHOP)
                .copy("shop.proto", Folder.SHOP_PROTO)
                .ids("100001=order.avsc", "4=shop.desc");
    }

    private Publisher start(Topic<?, ?> topic, String serializer, String framing, Map<String, String> keys) {
        String key = "topics." + topic.alias() + ".value.serializer";
        Map<String, String> config = new HashMap<>(Map.of(key, serializer, key + ".framing", framing));
        keys.forEach((name, value) -> config.put(key + ".framing." + framing + "." + name, value));
        return kafka.start(config, topic);
    }

    private static Map<String, String> client(String format, String framing, Map<String, String> keys) {
        Map<String, String> config = new HashMap<>(Map.of(format + ".framing", framing));
        keys.forEach((name, value) -> config.put("value." + format + ".framing." + framing + "." + name, value));
        return config;
    }

    private Map<String, String> scripted() {
        return Map.of("schemas", "by-topic", "schemas.by-topic.server", server);
    }

    private ConsumerRecord<byte[], byte[]> published(Topic<?, ?> topic) {
        return kafka.records(topic).get(0);
    }

    private GenericRecord readOrder(String framing, Map<String, String> keys) {
        ConsumerRecord<byte[], byte[]> record = published(ORDERS);
        try (AvroDeserializer<GenericRecord> reader = new AvroDeserializer<>()) {
            reader.configure(client("avro", framing, keys), false);
            return Objects.requireNonNull(reader.deserialize("orders", record.headers(), record.value()));
        }
    }

    @Test
    void avroWithTheNumberOfAFile() {
        try (Publisher publisher = start(ORDERS, "avro", "confluent", Frames.file(folder))) {
            publisher.publish(ORDERS, "a", ORDER).join();
        }

        assertThat(hex(published(ORDERS).value())).isEqualTo("00000186A1" + ORDER_BYTES);
        assertThat(published(ORDERS).headers()).isEmpty();
        assertThat(readOrder("confluent", Frames.file(folder)).get("cents")).isEqualTo(3L);
        assertThat(readOrder("detect", Frames.file(folder)).get("cents")).isEqualTo(3L);
    }

    @Test
    void avroWithTheGuidInAHeader() {
        try (Publisher publisher = start(ORDERS, "avro", "confluent-header", Map.of("schemas", "content"))) {
            publisher.publish(ORDERS, "a", ORDER).join();
        }

        assertThat(hex(published(ORDERS).value())).isEqualTo(ORDER_BYTES);
        assertThat(Objects.requireNonNull(published(ORDERS).headers().lastHeader("__value_schema_id"))
                        .value())
                .hasSize(17)
                .startsWith(1);
        assertThat(readOrder("confluent-header", Frames.file(folder)).get("cents"))
                .isEqualTo(3L);
        assertThat(readOrder("detect", Frames.file(folder)).get("cents")).isEqualTo(3L);
    }

    @Test
    void avroInApicuriosHeaders() {
        Map<String, String> keys = new HashMap<>(Frames.file(folder));
        keys.put("headers", "true");
        try (Publisher publisher = start(ORDERS, "avro", "apicurio", keys)) {
            publisher.publish(ORDERS, "a", ORDER).join();
        }

        assertThat(hex(published(ORDERS).value())).isEqualTo(ORDER_BYTES);
        assertThat(readOrder("apicurio", Frames.file(folder)).get("cents")).isEqualTo(3L);
        assertThat(readOrder("detect", Frames.file(folder)).get("cents")).isEqualTo(3L);
    }

    @Test
    void protobufWithTheNumberOfAFile() {
        Basket.Line line = Basket.Line.newBuilder().setArticle("x").build();
        try (Publisher publisher = start(LINES, "protobuf", "confluent", Frames.file(folder))) {
            publisher.publish(LINES, "a", line).join();
        }

        assertThat(hex(published(LINES).value())).isEqualTo("0000000004" + "040200" + "0A0178");
        try (ProtobufDeserializer<Basket.Line> reader = new ProtobufDeserializer<>(Basket.Line.class)) {
            reader.configure(client("protobuf", "confluent", Frames.file(folder)), false);
            assertThat(reader.deserialize("lines", published(LINES).value())).isEqualTo(line);
            reader.configure(client("protobuf", "confluent", Map.of()), false);
            assertThat(reader.deserialize("lines", published(LINES).value())).isEqualTo(line);
        }
    }

    @Test
    void protobufWithTheGuidInAHeader() {
        Order order = Order.newBuilder().setOrderId("x").build();
        try (Publisher publisher = start(MESSAGES, "protobuf", "confluent-header", Frames.file(folder))) {
            publisher.publish(MESSAGES, "a", order).join();
        }

        assertThat(published(MESSAGES).value()).isEqualTo(order.toByteArray());
        try (ProtobufDeserializer<Order> reader = new ProtobufDeserializer<>(Order.class)) {
            reader.configure(client("protobuf", "detect", Frames.file(folder)), false);
            assertThat(reader.deserialize(
                            "messages",
                            published(MESSAGES).headers(),
                            published(MESSAGES).value()))
                    .isEqualTo(order);
        }
    }

    @Test
    void protobufAsApicurioWritesIt() {
        Order order = Order.newBuilder().setOrderId("x").build();
        try (Publisher publisher = start(MESSAGES, "protobuf", "apicurio", Frames.file(folder))) {
            publisher.publish(MESSAGES, "a", order).join();
        }

        assertThat(hex(published(MESSAGES).value())).isEqualTo("0000000004" + "070A054F72646572" + "0A0178");
        try (ProtobufDeserializer<Order> reader = new ProtobufDeserializer<>(Order.class)) {
            for (String framing : new String[] {"apicurio", "detect"}) {
                reader.configure(client("protobuf", framing, Frames.file(folder)), false);
                assertThat(reader.deserialize("messages", published(MESSAGES).value()))
                        .isEqualTo(order);
            }
        }
    }

    @Test
    void jsonWithTheNumberOfASource() {
        ByTopicPlugin.server(server).response.complete(null);
        try (Publisher publisher = start(DOCUMENTS, "json", "confluent", scripted())) {
            publisher.publish(DOCUMENTS, "a", Map.of("cents", 3)).join();
        }

        assertThat(hex(published(DOCUMENTS).value())).isEqualTo("0000000001" + "7B2263656E7473223A337D");
        try (JsonDeserializer<Map<String, Integer>> reader =
                new JsonDeserializer<>(new TypeRef<Map<String, Integer>>() {})) {
            reader.configure(client("json", "confluent", Map.of()), false);
            assertThat(reader.deserialize("documents", published(DOCUMENTS).value()))
                    .isEqualTo(Map.of("cents", 3));
        }
    }

    @Test
    void jsonWithTheNumberOfAFile() {
        folder.with("order.json", Schemas.JSON_ORDER).ids("3=order.json");
        String schema = folder.path().resolve("order.json").toString();
        Map<String, String> config = new HashMap<>(Map.of(
                "topics.documents.value.serializer", "json",
                "topics.documents.value.serializer.schema", schema,
                "topics.documents.value.serializer.framing", "confluent"));
        Frames.file(folder)
                .forEach((name, value) ->
                        config.put("topics.documents.value.serializer.framing.confluent." + name, value));
        try (Publisher publisher = kafka.start(config, DOCUMENTS)) {
            publisher.publish(DOCUMENTS, "a", Map.of("cents", 3)).join();
        }

        assertThat(hex(published(DOCUMENTS).value())).isEqualTo("0000000003" + "7B2263656E7473223A337D");
        try (JsonDeserializer<Map<String, Integer>> reader =
                new JsonDeserializer<>(new TypeRef<Map<String, Integer>>() {})) {
            reader.configure(client("json", "detect", Frames.file(folder)), false);
            assertThat(reader.deserialize("documents", published(DOCUMENTS).value()))
                    .isEqualTo(Map.of("cents", 3));
        }
    }

    @Test
    void publishWaitsForASourceAndTryPublishDoesNot() {
        ByTopicPlugin.Server slow = ByTopicPlugin.server(server);
        try (Publisher publisher = start(ORDERS, "avro", "confluent", scripted())) {
            assertThatThrownBy(() -> publisher.tryPublish(ORDERS, "a", ORDER).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(PublishException.class, e -> {
                        assertThat(e.stage()).isEqualTo(Stage.ENCODE);
                        assertThat(e.retriable()).isTrue();
                    })
                    .hasMessageContaining("waits for the id of orders, from the test");

            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> slow.response.complete(null));
            publisher.publish(ORDERS, "b", ORDER).join();
            answered.join();
            publisher.tryPublish(ORDERS, "c", ORDER).join();
        }

        assertThat(kafka.records(ORDERS)).hasSize(2);
        assertThat(slow.closed).hasPositiveValue();
    }

    @Test
    void theStartAsksForWhatIsDeclared() {
        ByTopicPlugin.Server slow = ByTopicPlugin.server(server);
        CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> slow.response.complete(null));
        try (Publisher publisher = start(LINES, "protobuf", "confluent", scripted())) {
            publisher.tryPublish(LINES, "a", Basket.Line.getDefaultInstance()).join();
        }
        answered.join();
        assertThat(slow.requests).hasPositiveValue();
    }

    @Test
    void aReaderWaitsForItsSource() {
        ByTopicPlugin.Server slow = ByTopicPlugin.server(server);
        slow.schema = new RegisteredSchema("avro", 9L, null, Schemas.ORDER.toString());
        try (AvroDeserializer<GenericRecord> reader = new AvroDeserializer<>()) {
            Map<String, Object> config = new HashMap<>(client("avro", "confluent", scripted()));
            config.put("default.api.timeout.ms", 20);
            reader.configure(config, false);
            byte[] record = Frames.bytes("0000000009" + ORDER_BYTES);
            assertThatThrownBy(() -> reader.deserialize("orders", record))
                    .isInstanceOf(org.apache.kafka.common.errors.TimeoutException.class)
                    .hasMessageContaining("waits for the schema 9, from the test");

            slow.response.complete(null);
            assertThat(Objects.requireNonNull(reader.deserialize("orders", record))
                            .get("cents"))
                    .isEqualTo(3L);
        }
    }

    @Test
    void aStartWithoutSourcesIsRefused() {
        refused(ORDERS, "avro", "confluent", Map.of(), "framing.confluent.schemas names no source that knows it");
        refused(
                ORDERS,
                "avro",
                "confluent",
                Map.of("schemas", "content"),
                "writes a number for each schema, which no"
                        + " source of these knows for avro. Add file or classpath, with the numbers of a registry, or choose the"
                        + " framing confluent-header, which writes GUIDs");
        refused(
                MESSAGES,
                "protobuf",
                "confluent-header",
                Map.of("schemas", "content"),
                "A GUID is computed on the text" + " of the .proto file");
        refused(ORDERS, "avro", "detect", Map.of(), "The framing detect only reads");
        refused(
                ORDERS,
                "avro",
                "confluent",
                Map.of("schemas", "flie"),
                "there is no such schema source. There are" + " by-topic, classpath, content, file");
    }

    private void refused(
            Topic<?, ?> topic, String serializer, String framing, Map<String, String> keys, String message) {
        assertThatThrownBy(() -> start(topic, serializer, framing, keys).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aPlainSerializerIsRefusedWithTheFirstRecord() {
        try (AvroSerializer<GenericRecord> serializer = new AvroSerializer<>()) {
            serializer.configure(Map.of("avro.framing", "detect"), false);
            assertThatThrownBy(() -> serializer.serialize("orders", ORDER))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("The framing detect only reads");
        }
    }
}
