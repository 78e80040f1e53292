// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.guards.encrypt.test.Address;
import io.kurier.guards.encrypt.test.Item;
import io.kurier.guards.encrypt.test.Payment;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class AvroFieldsTest {
    private static final String FIELDS = "card,scan,address.street,items.sku,notes,tags";
    private static final String SECRET = "4111-1111";

    @TempDir
    private Path folder;

    private static Payment payment(String id) {
        return Payment.newBuilder()
                .setId(id)
                .setCard(SECRET)
                .setScan(ByteBuffer.wrap((SECRET + " scan").getBytes(UTF_8)))
                .setAddress(new Address(SECRET + " Street", "Ulm"))
                .setItems(new ArrayList<>(List.of(new Item(SECRET + "-a", 1), new Item(SECRET + "-b", 2))))
                .setNotes(new HashMap<>(Map.of("x\"y", SECRET + " note", "z", "")))
                .setTags(new ArrayList<>(List.of(SECRET + "-t", "")))
                .setTotal(new BigDecimal("2.58"))
                .build();
    }

    private FieldsTopic<Payment> topic() throws Exception {
        return new FieldsTopic<>(folder, Payment.class, FIELDS, Map.of("", "avro"));
    }

    private static AvroDeserializer<Payment> payments() {
        return new AvroDeserializer<>(Payment.class);
    }

    private static Payment parsed(byte[] value) {
        return Objects.requireNonNull(payments().deserialize("orders", value));
    }

    private static byte[] changed(ConsumerRecord<byte[], byte[]> stored, Consumer<Payment> change) {
        Payment payment = parsed(stored.value());
        change.accept(payment);
        return Objects.requireNonNull(new AvroSerializer<Payment>().serialize(stored.topic(), payment));
    }

    private static DecryptionException refused(FieldsTopic<?> topic, ConsumerRecord<byte[], byte[]> stored) {
        DecryptingDeserializers<String, Payment> reader = topic.reader(payments(), Map.of());
        try (Deserializer<String> keys = reader.keys();
                Deserializer<Payment> values = reader.values()) {
            return refused(new DecryptingDeserializers<>(keys, values), stored);
        }
    }

    private static DecryptionException refused(
            DecryptingDeserializers<String, Payment> reader, ConsumerRecord<byte[], byte[]> stored) {
        DecryptionException refused =
                catchThrowableOfType(DecryptionException.class, () -> FieldsTopic.read(reader, stored));
        assertThat(refused).as("detected").isNotNull();
        assertThat(refused.toString()).doesNotContain(SECRET);
        return refused;
    }

    @ParameterizedTest
    @ValueSource(strings = {"single-object", "none", "confluent", "confluent-header", "apicurio"})
    void opensTheFieldsBehindEachFrame(String framing) throws Exception {
        Path schemas = Files.createDirectory(folder.resolve("schemas"));
        Files.writeString(
                schemas.resolve("payment.avsc"), Payment.getClassSchema().toString());
        Files.writeString(schemas.resolve("ids.properties"), "7=payment.avsc\n");
        Map<String, String> serializer = new HashMap<>(Map.of("", "avro", "framing", framing));
        if (!framing.equals("none") && !framing.equals("single-object")) {
            String prefix = "framing." + framing + ".schemas";
            serializer.putAll(Map.of(prefix, "file", prefix + ".folder", schemas.toString()));
        }
        Map<String, String> reader = Map.of("avro.framing", framing);
        try (FieldsTopic<Payment> topic = new FieldsTopic<>(folder, Payment.class, FIELDS, serializer)) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", payment("p-1"));
            assertThat(new String(stored.value(), ISO_8859_1))
                    .contains("p-1", "Ulm")
                    .doesNotContain("4111-1111");
            AvroDeserializer<Payment> values = payments();
            values.configure(reader, false);
            assertThat(topic.read(stored, values, reader)).isEqualTo(payment("p-1"));
            if (stored.value()[0] == 0) {
                byte[] otherId = stored.value().clone();
                otherId[4]++;
                assertThatThrownBy(() -> topic.read(FieldsTopic.with(stored, otherId), values, reader))
                        .isInstanceOfSatisfying(
                                DecryptionException.class,
                                e -> assertThat(e.part()).isEqualTo(Part.PLACE));
            }
        }
    }

    @Test
    void opensGenericRecordsThatWereWrittenWithASchemaOfAFile() throws Exception {
        Path schema = Files.writeString(
                folder.resolve("payment.avsc"), Payment.getClassSchema().toString());
        try (FieldsTopic<GenericRecord> topic = new FieldsTopic<>(
                folder, GenericRecord.class, FIELDS, Map.of("", "avro", "schema", schema.toString()))) {
            byte[] bytes = new AvroSerializer<Payment>().serialize("orders", payment("p-1"));
            GenericRecord generic =
                    AvroDeserializer.generic(Payment.getClassSchema()).deserialize("orders", bytes);
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", generic);
            assertThat(new String(stored.value(), ISO_8859_1)).doesNotContain("4111-1111");
            assertThat(topic.read(stored, AvroDeserializer.generic(Payment.getClassSchema()), Map.of()))
                    .isEqualTo(generic);
        }
    }

    @Test
    void letsNullsStayNullsAndListsEmpty() throws Exception {
        try (FieldsTopic<Payment> topic = topic()) {
            Payment sparse = payment("p-1");
            sparse.setScan(null);
            sparse.setAddress(null);
            sparse.setItems(new ArrayList<>());
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", sparse);
            assertThat(topic.read(stored, payments(), Map.of())).isEqualTo(sparse);
            sparse.setAddress(new Address(null, "Ulm"));
            assertThat(topic.read(topic.publish("k", sparse), payments(), Map.of()))
                    .isEqualTo(sparse);
            assertThat(topic.publish("k", null).value()).isNull();
        }
    }

    @Test
    void detectsEveryFlippedBitOfAFieldsEnvelope() throws Exception {
        try (FieldsTopic<Payment> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", payment("p-1"));
            DecryptingDeserializers<String, Payment> reader = topic.reader(payments(), Map.of());
            int length = parsed(stored.value()).getCard().length();
            for (int bit = 0; bit < length * Byte.SIZE; bit++) {
                int flipped = bit;
                ConsumerRecord<byte[], byte[]> text = FieldsTopic.with(
                        stored, changed(stored, payment -> payment.setCard(flipped(payment.getCard(), flipped))));
                assertThat(refused(reader, text)).as("bit %s", bit).hasMessageStartingWith("the field card ");
            }
            ByteBuffer scan = parsed(stored.value()).getScan();
            for (int bit = 0; bit < scan.remaining() * Byte.SIZE; bit++) {
                byte[] envelope = scan.array().clone();
                envelope[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                ConsumerRecord<byte[], byte[]> bytes = FieldsTopic.with(
                        stored, changed(stored, payment -> payment.setScan(ByteBuffer.wrap(envelope))));
                assertThat(refused(reader, bytes)).as("bit %s", bit).hasMessageStartingWith("the field scan ");
            }
            reader.keys().close();
            reader.values().close();
        }
    }

    private static String flipped(String text, int bit) {
        char[] chars = text.toCharArray();
        chars[bit / Byte.SIZE] ^= (char) (1 << bit % Byte.SIZE);
        return new String(chars);
    }

    @Test
    void detectsAFieldOfAnotherPlaceOrRecord() throws Exception {
        try (FieldsTopic<Payment> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", payment("p-1"));
            String foreign = parsed(topic.publish("l", payment("p-2")).value()).getCard();
            detects(
                    topic,
                    stored,
                    Part.PLACE,
                    "card",
                    payment -> payment.setCard(payment.getAddress().getStreet()));
            detects(topic, stored, Part.KEY, "card", payment -> payment.setCard(foreign));
            detects(
                    topic,
                    stored,
                    Part.PLACE,
                    "items[0].sku",
                    payment -> payment.getItems().add(payment.getItems().remove(0)));
            detects(
                    topic,
                    stored,
                    Part.PLACE,
                    "tags[0]",
                    payment -> payment.getTags().add(payment.getTags().remove(0)));
            detects(
                    topic,
                    stored,
                    Part.PLACE,
                    "notes[*]",
                    payment -> payment.getNotes().put("z", payment.getNotes().get("x\"y")));
            DecryptionException key = refused(topic, FieldsTopic.with(stored, "l", stored.headers(), stored.value()));
            assertThat(key.part()).isEqualTo(Part.KEY);
        }
    }

    private static void detects(
            FieldsTopic<?> topic,
            ConsumerRecord<byte[], byte[]> stored,
            Part part,
            String field,
            Consumer<Payment> change) {
        DecryptionException refused = refused(topic, FieldsTopic.with(stored, changed(stored, change)));
        assertThat(refused.part()).as(field).isEqualTo(part);
        assertThat(refused).hasMessageStartingWith("the field " + field + " cannot be decrypted: ");
    }

    @Test
    void refusesPlainTextUnlessItIsAccepted() throws Exception {
        try (FieldsTopic<Payment> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", payment("p-1"));
            detects(topic, stored, Part.ENVELOPE, "card", payment -> payment.setCard(SECRET));
            detects(topic, stored, Part.ENVELOPE, "card", payment -> payment.setCard(""));
            detects(topic, stored, Part.ENVELOPE, "scan", payment -> payment.setScan(ByteBuffer.allocate(3)));
            detects(
                    topic,
                    stored,
                    Part.ENVELOPE,
                    "tags[2]",
                    payment -> payment.getTags().add("x"));
            detects(
                    topic,
                    stored,
                    Part.ENVELOPE,
                    "notes[*]",
                    payment -> payment.getNotes().put("new", "x"));
            byte[] plain = changed(stored, payment -> payment.setCard(SECRET));
            assertThat(topic.read(FieldsTopic.with(stored, plain), payments(), Map.of("encrypt.accept.plain", "true")))
                    .isEqualTo(payment("p-1"));
        }
    }

    @Test
    void refusesObjectsThatAreNoRecords() throws Exception {
        try (FieldsTopic<Payment> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", payment("p-1"));
            assertThatThrownBy(() -> topic.read(stored, (name, bytes) -> 1L, Map.of()))
                    .isInstanceOf(DecryptionException.class)
                    .hasMessage(
                            "the fields cannot be decrypted: they are opened in records of Avro, of generated classes"
                                    + " and GenericRecord, and the deserializer has returned the class java.lang.Long. Read"
                                    + " generated classes or GenericRecord");
            assertThatThrownBy(() -> new RecordDecryptor(topic.readerKeys(Map.of())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Invalid value avro for configuration encrypt.fields.format: fields of this format are"
                            + " opened after the value was deserialized. Read with"
                            + " io.kurier.guards.encrypt.DecryptingDeserializer");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            crad; the record io.kurier.guards.encrypt.test.Payment has no field crad. Did you mean card?
            address.stret; the record io.kurier.guards.encrypt.test.Address has no field stret. Did you mean address.street?
            id.x; id is of the type string, which has no fields
            address; it is the record io.kurier.guards.encrypt.test.Address. Name one of its fields, such as address.street
            items.count; it is of the type int, and only a plain string or bytes, or one of them and null, can hold an envelope
            total; it is of the type bytes with the logical type decimal, and only a plain string or bytes, or one of them and null, can hold an envelope
            either; it is a union of several types, and only a plain string or bytes, or one of them and null, can hold an envelope
            """)
    void refusesFieldsThatCannotHoldAnEnvelope(String field, String reason) {
        assertThatThrownBy(() -> new FieldsTopic<>(folder, Payment.class, field, Map.of("", "avro")).close())
                .hasMessageContaining("the field " + field + " cannot be encrypted: " + reason);
    }

    @Test
    void refusesValuesWhoseSchemaIsNotKnown() {
        assertThatThrownBy(() -> new FieldsTopic<>(folder, GenericRecord.class, "card", Map.of("", "avro")).close())
                .hasMessageContaining("the schema of the values is not known at the start, so it cannot be checked"
                        + " whether the fields can be encrypted: code declares"
                        + " org.apache.avro.generic.GenericRecord. Declare a class that Avro has generated, or set"
                        + " topics.orders.value.serializer.schema");
    }
}
