// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.guards.encrypt.proto.Payment;
import io.kurier.guards.encrypt.proto.Refund;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ProtobufFieldsTest {
    private static final String FIELDS = "card,scan,address.street,items.sku,notes,tags,stock.sku";
    private static final String SECRET = "4111-1111";
    private static final String GUID = "89791762-2336-4186-9674-299b90a802e2";
    private static final Path DESCRIPTORS = Path.of("target", "generated-test-resources", "payment.desc");

    @TempDir
    private Path folder;

    private static Payment payment(String id) {
        return Payment.newBuilder()
                .setId(id)
                .setCard(SECRET)
                .setScan(ByteString.copyFromUtf8(SECRET + " scan"))
                .setAddress(Payment.Address.newBuilder()
                        .setStreet(SECRET + " Street")
                        .setCity("Ulm"))
                .addItems(Payment.Item.newBuilder().setSku(SECRET + "-a").setCount(1))
                .addItems(Payment.Item.newBuilder().setSku(SECRET + "-b").setCount(2))
                .putNotes("x\"y", SECRET + " note")
                .putNotes("z", "")
                .addTags(SECRET + "-t")
                .addTags("")
                .putStock(-7, Payment.Item.newBuilder().setSku(SECRET + "-s").build())
                .setCents(12)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                        .build())
                .build();
    }

    private FieldsTopic<Payment> topic() throws Exception {
        return new FieldsTopic<>(folder, Payment.class, FIELDS, Map.of("", "protobuf"));
    }

    private static ProtobufDeserializer<Payment> payments() {
        return new ProtobufDeserializer<>(Payment.getDefaultInstance());
    }

    private static Payment parsed(byte[] value) {
        return Objects.requireNonNull(payments().deserialize("orders", value));
    }

    private static byte[] changed(ConsumerRecord<byte[], byte[]> stored, Consumer<Payment.Builder> change) {
        Payment.Builder payment = parsed(stored.value()).toBuilder();
        change.accept(payment);
        return payment.build().toByteArray();
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
    @ValueSource(strings = {"none", "confluent", "confluent-header", "apicurio"})
    void opensTheFieldsBehindEachFrame(String framing) throws Exception {
        Path schemas = Files.createDirectory(folder.resolve("schemas"));
        Files.copy(DESCRIPTORS, schemas.resolve("payment.desc"));
        Files.writeString(schemas.resolve("ids.properties"), "7=payment.desc\n" + GUID + "=payment.desc\n");
        Map<String, String> serializer = new HashMap<>(Map.of("", "protobuf", "framing", framing));
        if (!framing.equals("none")) {
            String prefix = "framing." + framing + ".schemas";
            serializer.putAll(Map.of(prefix, "file", prefix + ".folder", schemas.toString()));
        }
        Map<String, String> reader = Map.of("protobuf.framing", framing);
        try (FieldsTopic<Payment> topic = new FieldsTopic<>(folder, Payment.class, FIELDS, serializer)) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", payment("p-1"));
            assertThat(new String(stored.value(), ISO_8859_1))
                    .contains("p-1", "Ulm")
                    .doesNotContain("4111-1111");
            ProtobufDeserializer<Payment> values = payments();
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
    void findsTheTypeOfAMessageByTheHeader() throws Exception {
        Map<String, String> serializer =
                Map.of("", "protobuf", "descriptor", DESCRIPTORS.toString(), "type.header", "true");
        try (FieldsTopic<Message> topic = new FieldsTopic<>(folder, Message.class, "card,address.street", serializer)) {
            Refund refund =
                    Refund.newBuilder().setCard(SECRET).setReason("broken").build();
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", refund);
            assertThat(new String(stored.value(), ISO_8859_1))
                    .contains("broken")
                    .doesNotContain("4111-1111");
            assertThat(topic.read(stored, new ProtobufDeserializer<>(Refund.getDefaultInstance()), Map.of()))
                    .isEqualTo(refund);
            ConsumerRecord<byte[], byte[]> payment = topic.publish("k", payment("p-1"));
            DynamicMessage dynamic = topic.read(
                    payment,
                    new ProtobufDeserializer<>(DynamicMessage.getDefaultInstance(Payment.getDescriptor())),
                    Map.of());
            assertThat(Payment.parseFrom(dynamic.toByteString())).isEqualTo(payment("p-1"));
        }
    }

    @Test
    void letsFieldsBeAbsent() throws Exception {
        try (FieldsTopic<Payment> topic = topic()) {
            for (Payment sparse : new Payment[] {
                Payment.getDefaultInstance(),
                Payment.newBuilder()
                        .setAddress(Payment.Address.newBuilder().setCity("Ulm"))
                        .build(),
                Payment.newBuilder()
                        .setAddress(Payment.Address.newBuilder().setStreet(""))
                        .build()
            }) {
                assertThat(topic.read(topic.publish("k", sparse), payments(), Map.of()))
                        .isEqualTo(sparse);
            }
            assertThat(topic.publish("k", null).value()).isNull();
        }
    }

    @Test
    void detectsEveryFlippedBitOfAFieldsEnvelope() throws Exception {
        try (FieldsTopic<Payment> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", payment("p-1"));
            DecryptingDeserializers<String, Payment> reader = topic.reader(payments(), Map.of());
            Payment sealed = parsed(stored.value());
            for (int bit = 0; bit < sealed.getCard().length() * Byte.SIZE; bit++) {
                char[] chars = sealed.getCard().toCharArray();
                chars[bit / Byte.SIZE] ^= (char) (1 << bit % Byte.SIZE);
                byte[] text = changed(stored, payment -> payment.setCard(new String(chars)));
                assertThat(refused(reader, FieldsTopic.with(stored, text)))
                        .as("bit %s", bit)
                        .hasMessageStartingWith("the field card ");
            }
            for (int bit = 0; bit < sealed.getScan().size() * Byte.SIZE; bit++) {
                byte[] envelope = sealed.getScan().toByteArray();
                envelope[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                byte[] bytes = changed(stored, payment -> payment.setScan(ByteString.copyFrom(envelope)));
                assertThat(refused(reader, FieldsTopic.with(stored, bytes)))
                        .as("bit %s", bit)
                        .hasMessageStartingWith("the field scan ");
            }
            reader.keys().close();
            reader.values().close();
        }
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
            detects(topic, stored, Part.PLACE, "items[0].sku", payment -> payment.removeItems(0));
            detects(topic, stored, Part.PLACE, "tags[0]", payment -> payment.setTags(0, payment.getTags(1)));
            detects(
                    topic,
                    stored,
                    Part.PLACE,
                    "notes[*]",
                    payment -> payment.putNotes("z", payment.getNotesOrThrow("x\"y")));
            detects(
                    topic,
                    stored,
                    Part.PLACE,
                    "stock[*].sku",
                    payment -> payment.putStock(8, payment.getStockOrThrow(-7)).removeStock(-7));
            DecryptionException key = refused(topic, FieldsTopic.with(stored, "l", stored.headers(), stored.value()));
            assertThat(key.part()).isEqualTo(Part.KEY);
        }
    }

    private static void detects(
            FieldsTopic<?> topic,
            ConsumerRecord<byte[], byte[]> stored,
            Part part,
            String field,
            Consumer<Payment.Builder> change) {
        DecryptionException refused = refused(topic, FieldsTopic.with(stored, changed(stored, change)));
        assertThat(refused.part()).as(field).isEqualTo(part);
        assertThat(refused).hasMessageStartingWith("the field " + field + " cannot be decrypted: ");
    }

    @Test
    void refusesPlainTextUnlessItIsAccepted() throws Exception {
        try (FieldsTopic<Payment> topic = topic()) {
            ConsumerRecord<byte[], byte[]> stored = topic.publish("k", payment("p-1"));
            detects(topic, stored, Part.ENVELOPE, "card", payment -> payment.setCard(SECRET));
            detects(
                    topic,
                    stored,
                    Part.ENVELOPE,
                    "scan",
                    payment -> payment.setScan(ByteString.copyFrom(SECRET.getBytes(UTF_8))));
            detects(
                    topic,
                    stored,
                    Part.ENVELOPE,
                    "address.street",
                    payment -> payment.getAddressBuilder().setStreet(""));
            detects(topic, stored, Part.ENVELOPE, "tags[2]", payment -> payment.addTags(""));
            detects(topic, stored, Part.ENVELOPE, "notes[*]", payment -> payment.putNotes("new", ""));
            byte[] plain = changed(stored, payment -> payment.setCard(SECRET));
            assertThat(topic.read(FieldsTopic.with(stored, plain), payments(), Map.of("encrypt.accept.plain", "true")))
                    .isEqualTo(payment("p-1"));
            assertThatThrownBy(() -> topic.read(stored, (name, bytes) -> 1L, Map.of()))
                    .hasMessage("the fields cannot be decrypted: they are opened in messages of Protobuf, and the"
                            + " deserializer has returned the class java.lang.Long");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            crad; the message io.kurier.guards.encrypt.proto.Payment has no field crad. Did you mean card?
            address.stret; the message io.kurier.guards.encrypt.proto.Payment.Address has no field stret. Did you mean address.street?
            id.x; id is of the type string, which has no fields
            address; it is the message io.kurier.guards.encrypt.proto.Payment.Address. Name one of its fields, such as address.street
            items.count; it is of the type int32, and only string and bytes can hold an envelope
            stock; it is the message io.kurier.guards.encrypt.proto.Payment.Item. Name one of its fields, such as stock.sku
            """)
    void refusesFieldsThatCannotHoldAnEnvelope(String field, String reason) {
        assertThatThrownBy(() -> new FieldsTopic<>(folder, Payment.class, field, Map.of("", "protobuf")).close())
                .hasMessageContaining("the field " + field + " cannot be encrypted: " + reason);
    }

    @Test
    void refusesMessagesWhoseTypeIsNotKnown() {
        assertThatThrownBy(() -> new FieldsTopic<>(folder, Message.class, "card", Map.of("", "protobuf")).close())
                .hasMessageContaining("the message type is not known: code declares com.google.protobuf.Message, and"
                        + " there is no descriptor set. Declare a class that protoc generated, or set"
                        + " topics.orders.value.serializer.descriptor");
    }
}
