// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.json.JsonSerializer;
import io.kurier.spi.EncodedRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class JsonFieldsTest {
    private static final String FIELDS = "card,address.street,items.sku";
    private static final String SECRET = "4111-1111";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Address(String street, String city) {}

    private record Item(String sku, int count) {}

    private record Order(
            String id, @Nullable Object card, @Nullable Address address, List<Item> items) {}

    @TempDir
    private Path folder;

    private static Order order(String id) {
        return new Order(
                id,
                Map.of("number", SECRET, "month", 7),
                new Address(SECRET + " Street", "Ulm"),
                List.of(new Item(SECRET + "-a", 1), new Item(SECRET + "-b", 2)));
    }

    private FieldsTopic<Order> topic(String... keys) throws Exception {
        Map<String, String> serializer = new HashMap<>(Map.of("", "json"));
        for (int i = 0; i < keys.length; i += 2) {
            serializer.put(keys[i], keys[i + 1]);
        }
        return new FieldsTopic<>(folder, Order.class, FIELDS, serializer);
    }

    private static JsonDeserializer<JsonNode> trees() {
        return new JsonDeserializer<>();
    }

    private static byte[] changed(ConsumerRecord<byte[], byte[]> stored, Consumer<ObjectNode> change) throws Exception {
        ObjectNode tree = (ObjectNode) MAPPER.readTree(stored.value());
        change.accept(tree);
        return MAPPER.writeValueAsBytes(tree);
    }

    private static DecryptionException refused(FieldsTopic<?> topic, ConsumerRecord<byte[], byte[]> stored) {
        DecryptionException refused =
                catchThrowableOfType(DecryptionException.class, () -> topic.read(stored, trees(), Map.of()));
        assertThat(refused).as("detected").isNotNull();
        assertThat(refused.toString()).doesNotContain(SECRET);
        return refused;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "confluent", "confluent-header", "apicurio"})
    void opensTheFieldsBehindEachFrame(String framing) throws Exception {
        Path schemas = Files.createDirectory(folder.resolve("schemas"));
        Path schema = schemas.resolve("order.json");
        Files.writeString(schema, "{\"title\":\"Order\",\"type\":\"object\"}");
        Files.writeString(schemas.resolve("ids.properties"), "7=order.json\n");
        Map<String, String> serializer = new HashMap<>(Map.of("", "json", "framing", framing));
        Map<String, String> reader = new HashMap<>(Map.of("json.framing", framing));
        if (!framing.equals("none")) {
            String prefix = "framing." + framing + ".schemas";
            serializer.putAll(
                    Map.of("schema", schema.toString(), prefix, "file", prefix + ".folder", schemas.toString()));
        }
        try (FieldsTopic<Order> topic = new FieldsTopic<>(folder, Order.class, FIELDS, serializer)) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", order("o-1"));
            assertThat(new String(stored.value(), ISO_8859_1))
                    .contains("o-1", "Ulm")
                    .doesNotContain("4111-1111");
            JsonDeserializer<Order> orders = new JsonDeserializer<>(Order.class);
            orders.configure(reader, false);
            assertThat(topic.read(stored, orders, reader)).isEqualTo(order("o-1"));
            try (RecordDecryptor whole = new RecordDecryptor(topic.readerKeys(reader))) {
                EncodedRecord opened = whole.decrypt(
                        new EncodedRecord(stored.topic(), stored.key(), stored.value(), stored.headers()));
                byte[] json = new JsonSerializer<Order>().serialize("orders", order("o-1"));
                assertThat(opened.value()).asString(ISO_8859_1).endsWith(new String(json, ISO_8859_1));
            }
        }
    }

    @Test
    void bindsTheFieldsToTheIdOfTheSchema() throws Exception {
        Path schemas = Files.createDirectory(folder.resolve("schemas"));
        Path schema = schemas.resolve("order.json");
        Files.writeString(schema, "{\"title\":\"Order\"}");
        Files.writeString(schemas.resolve("ids.properties"), "7=order.json\n");
        String prefix = "framing.confluent.schemas";
        try (FieldsTopic<Order> topic = topic(
                "framing",
                "confluent",
                "schema",
                schema.toString(),
                prefix,
                "file",
                prefix + ".folder",
                schemas.toString())) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", order("o-1"));
            byte[] value = stored.value().clone();
            value[4]++;
            assertThatThrownBy(() ->
                            topic.read(FieldsTopic.with(stored, value), trees(), Map.of("json.framing", "confluent")))
                    .isInstanceOfSatisfying(
                            DecryptionException.class, e -> assertThat(e.part()).isEqualTo(Part.PLACE))
                    .hasMessageStartingWith("the field card cannot be decrypted: ");
        }
    }

    @Test
    void detectsEveryFlippedBitOfAFieldsEnvelope() throws Exception {
        try (FieldsTopic<Order> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", order("o-1"));
            String text = new String(stored.value(), UTF_8);
            int from = text.indexOf("\"card\":\"") + 8;
            int to = text.indexOf('"', from);
            try (RecordDecryptor reader = new RecordDecryptor(topic.readerKeys(Map.of()))) {
                for (int bit = from * Byte.SIZE; bit < to * Byte.SIZE; bit++) {
                    byte[] flipped = stored.value().clone();
                    flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                    assertThatThrownBy(() -> reader.value("orders", stored.key(), stored.headers(), flipped))
                            .as("bit %s", bit)
                            .isInstanceOf(DecryptionException.class)
                            .hasMessageNotContaining("4111-1111");
                }
            }
        }
    }

    @Test
    void detectsAFieldOfAnotherPlaceOrRecord() throws Exception {
        try (FieldsTopic<Order> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", order("o-1"));
            ConsumerRecord<byte[], byte[]> other = topic.publish("l", order("o-2"));

            DecryptionException field = refused(
                    topic,
                    FieldsTopic.with(stored, changed(stored, tree -> tree.set("card", tree.at("/address/street")))));
            assertThat(field.part()).isEqualTo(Part.PLACE);
            assertThat(field)
                    .hasMessage("the field card cannot be decrypted: it was encrypted for another record, or that part"
                            + " was changed: this does not fit: the field or the id of the schema");
            DecryptionException index =
                    refused(topic, FieldsTopic.with(stored, changed(stored, JsonFieldsTest::swapItems)));
            assertThat(index.part()).isEqualTo(Part.PLACE);
            assertThat(index).hasMessageStartingWith("the field items[0].sku cannot be decrypted: ");
            JsonNode foreign = MAPPER.readTree(other.value()).get("card");
            assertThat(refused(topic, FieldsTopic.with(stored, changed(stored, tree -> tree.set("card", foreign))))
                            .part())
                    .isEqualTo(Part.KEY);
            assertThat(refused(topic, FieldsTopic.with(stored, "l", stored.headers(), stored.value()))
                            .part())
                    .isEqualTo(Part.KEY);
        }
    }

    private static void swapItems(ObjectNode tree) {
        ArrayNode items = (ArrayNode) tree.get("items");
        items.add(items.remove(0));
    }

    @Test
    void refusesPlainTextUnlessItIsAccepted() throws Exception {
        try (FieldsTopic<Order> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", order("o-1"));
            for (String plain : List.of("\"S0VO\"", "\"\"", "1", "null", "{\"number\":\"" + SECRET + "\"}", "[]")) {
                JsonNode node = MAPPER.readTree(plain);
                ConsumerRecord<byte[], byte[]> changed =
                        FieldsTopic.with(stored, changed(stored, tree -> tree.set("card", node)));
                DecryptionException refused = refused(topic, changed);
                assertThat(refused.part()).as(plain).isEqualTo(Part.ENVELOPE);
                assertThat(refused)
                        .hasMessage("the field card cannot be decrypted: it does not begin with the bytes of an"
                                + " envelope, so it was not encrypted by this guard or was changed");
                JsonNode read = topic.read(changed, trees(), Map.of("encrypt.accept.plain", "true"));
                assertThat(read.get("card")).isEqualTo(node);
                assertThat(read.at("/address/street").asText()).isEqualTo(SECRET + " Street");
            }
            DecryptionException scalar =
                    refused(topic, FieldsTopic.with(stored, changed(stored, tree -> tree.put("address", SECRET))));
            assertThat(scalar.part()).isEqualTo(Part.ENVELOPE);
            assertThat(scalar)
                    .hasMessage("the fields cannot be decrypted: the path address.street leads to no field: address is"
                            + " a text, which has no fields");
            assertThat(refused(topic, FieldsTopic.with(stored, "{\"card\":".getBytes(UTF_8)))
                            .part())
                    .isEqualTo(Part.ENVELOPE);
        }
    }

    @Test
    void letsFieldsBeAbsentAndRecordsOnTheWayNull() throws Exception {
        try (FieldsTopic<Order> topic = topic()) {
            Order sparse = new Order("o-1", null, null, List.of());
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", sparse);
            assertThat(topic.read(stored, new JsonDeserializer<>(Order.class), Map.of()))
                    .isEqualTo(sparse);
            assertThat(topic.publish("k", null).value()).isNull();
        }
    }

    @Test
    void refusesAValueThatHasNoFieldsOnTheWay() throws Exception {
        try (FieldsTopic<Map<?, ?>> topic = maps()) {
            assertThatThrownBy(() -> topic.publish("k", Map.of("address", SECRET)))
                    .hasStackTraceContaining("its fields cannot be encrypted: the path address.street leads to no"
                            + " field: address is a text, which has no fields")
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("4111-1111"));
        }
    }

    @SuppressWarnings("unchecked") // a class has no type arguments
    private FieldsTopic<Map<?, ?>> maps() throws Exception {
        return new FieldsTopic<>(folder, (Class<Map<?, ?>>) (Class<?>) Map.class, FIELDS, Map.of("", "json"));
    }

    @Test
    void refusesMoreFieldsThanADataKeyIsMeantFor() throws Exception {
        try (FieldsTopic<Order> topic = topic("guard.data.key.max.records", "12")) {
            assertThatThrownBy(() -> topic.publish("k", order("o-1")))
                    .hasStackTraceContaining("its fields cannot be encrypted: it has more than 3 of them, a quarter of"
                            + " data.key.max.records. Raise that key, or encrypt the whole value");
        }
        try (FieldsTopic<Order> topic = topic("guard.data.key.max.records", "16")) {
            for (int i = 0; i < 40; i++) {
                ConsumerRecord<byte[], byte[]> stored = topic.publish("k", order("o-" + i));
                assertThat(topic.read(stored, trees(), Map.of()).get("id").asText())
                        .isEqualTo("o-" + i);
            }
        }
    }

    @Test
    void warnsOnceOfAPathThatNoValueHas() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        try (FieldsTopic<Order> topic =
                new FieldsTopic<>(folder, Order.class, "crad,address.street", Map.of("", "json"))) {
            for (int i = 0; i < 2_000; i++) {
                topic.publish("k", order("o-1"));
            }
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(UTF_8))
                .containsOnlyOnce("None of 1000 values of the topic orders had a field at crad, so none was encrypted"
                        + " there. Check that the path is written as the field is in JSON, case included");
    }

    @Test
    void refusesASerializerOfAnotherFormat() {
        assertThatThrownBy(() -> new FieldsTopic<>(folder, String.class, FIELDS, Map.of("", "text")).close())
                .hasMessageContaining("and the topic orders has text. Take topics.orders.guard.encrypt.fields away to"
                        + " encrypt whole values, or choose one of these serializers");
    }

    @Test
    void refusesPathsThatAreNoneOrOverlap() {
        refuses("card,card", "the path card is given twice");
        refuses(
                "address.street,address",
                "one of the paths address.street and address leads through the other, which is encrypted as a whole."
                        + " Leave one of them out");
        refuses(
                "a,a.b.c",
                "one of the paths a and a.b.c leads through the other, which is encrypted as a whole. Leave one of them"
                        + " out");
        refuses(
                "items[0].sku",
                "the path \"items[0].sku\" has an index or a key. Write names only: of a list and of a map, each element"
                        + " is meant");
        refuses(
                "a..b",
                "the path \"a..b\" names no field: write the name of a field, or names joined by dots for a field of a"
                        + " nested record, such as customer.id");
    }

    private void refuses(String fields, String reason) {
        assertThatThrownBy(() -> new FieldsTopic<>(folder, Order.class, fields, Map.of("", "json")).close())
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> new RecordDecryptor(Map.of("encrypt.fields", fields, "encrypt.key.source.file", "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(reason);
    }
}
