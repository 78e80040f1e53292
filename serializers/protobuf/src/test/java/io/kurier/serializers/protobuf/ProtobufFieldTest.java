// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.Modern;
import io.kurier.serializers.protobuf.test.Order;
import io.kurier.serializers.protobuf.test.Shipment;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A field of messages as the bytes by which a partition is chosen. */
class ProtobufFieldTest {
    @TempDir
    private Path folder;

    private final SerializerPlugin plugin = new ProtobufSerializerPlugin();

    private SerializerSettings settings(Type type, Map<String, String> keys) {
        return new SerializerSettings(
                "protobuf", "orders", "orders", false, type, new AbstractConfig(plugin.configDef(), keys));
    }

    private FieldReader reader(Class<?> type, String path) {
        return plugin.fieldReader(settings(type, Map.of()), path);
    }

    private byte @Nullable [] read(String path, Message message) {
        SerializerSettings settings = settings(message.getClass(), Map.of());
        return plugin.fieldReader(settings, path).read(written(settings, message));
    }

    private @Nullable String text(String path, Message message) {
        byte[] bytes = read(path, message);
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private EncodedRecord written(SerializerSettings settings, Message message) {
        @SuppressWarnings("unchecked") // it takes what is declared
        Serializer<Object> serializer = (Serializer<Object>) plugin.serializer(settings);
        Headers headers = new RecordHeaders();
        return new EncodedRecord("orders", null, serializer.serialize("orders", headers, message), headers);
    }

    private static EncodedRecord record(byte @Nullable [] value) {
        return new EncodedRecord("orders", null, value, new RecordHeaders());
    }

    private String set(Message message) throws IOException {
        byte[] set = Samples.set(message.getDescriptorForType().getFile());
        return Files.write(folder.resolve("set.desc"), set).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "text, Zoë 🦉",
        "fixed, 4294967295",
        "color, RED",
        "order.id, order-7",
        "order.cents, 7",
        "at.seconds, 1700000000",
        "wrapped.value, w",
        "maybe, 0"
    })
    void readsEachKindThatTheSerializerWrites(String path, String expected) throws IOException {
        Kinds message = Samples.kinds();
        assertThat(read(path, message)).isEqualTo(expected.getBytes(UTF_8));
        SerializerSettings dynamic = settings(DynamicMessage.class, Map.of("descriptor", set(message)));
        assertThat(plugin.fieldReader(dynamic, path).read(written(dynamic, message)))
                .isEqualTo(expected.getBytes(UTF_8));
    }

    @Test
    void readsBytesAsTheyAre() {
        assertThat(read("blob", Samples.kinds())).containsExactly(0, -1);
    }

    @ParameterizedTest
    @EnumSource(NumberTypes.Sample.class)
    void readsEachTypeOfNumberInDecimalDigits(NumberTypes.Sample sample) throws IOException {
        Path file = Files.write(folder.resolve("numbers.desc"), NumberTypes.set());
        SerializerSettings settings = settings(DynamicMessage.class, Map.of("descriptor", file.toString()));
        FieldReader reader = plugin.fieldReader(settings, sample.field());
        for (Map.Entry<Object, String> each : sample.texts().entrySet()) {
            assertThat(reader.read(written(settings, NumberTypes.message(sample, each.getKey()))))
                    .isEqualTo(each.getValue().getBytes(UTF_8));
        }
        assertThat(reader.read(record(new byte[0]))).isEqualTo(sample.absent().getBytes(UTF_8));
    }

    @Test
    void anAbsentFieldWithoutPresenceHasItsDefault() {
        Kinds empty = Kinds.getDefaultInstance();
        assertThat(text("text", empty)).isEmpty();
        assertThat(read("blob", empty)).isEmpty();
        assertThat(text("fixed", empty)).isEqualTo("0");
        assertThat(text("color", empty)).isEqualTo("UNSPECIFIED");
        assertThat(text(
                        "order.cents",
                        empty.toBuilder().setOrder(Order.getDefaultInstance()).build()))
                .isEqualTo("0");
        assertThat(text("implicit", Modern.newBuilder().setId("m").build())).isEmpty();
    }

    @Test
    void anAbsentFieldWithPresenceIsMissing() {
        Kinds empty = Kinds.getDefaultInstance();
        assertThat(read("maybe", empty)).isNull();
        assertThat(read("iban", empty)).isNull();
        assertThat(read("order.cents", empty)).isNull();
        Legacy legacy = Legacy.newBuilder().setId("l").setCount(1).build();
        assertThat(read("unit", legacy))
                .as("also with a default in the .proto file")
                .isNull();
        assertThat(read("place.city", legacy)).isNull();
        assertThat(reader(Kinds.class, "text").read(record(null))).isNull();
    }

    @Test
    void readsTheFieldsOfGroups() {
        assertThat(text("place.city", Samples.legacy())).isEqualTo("Köln");
        assertThat(text("delimited.id", Samples.modern())).isEqualTo("inner");
        assertThat(text("implicit", Samples.modern())).isEqualTo("x");
        assertThat(text("legacy.id", Samples.shipment())).isEqualTo("l");
    }

    @Test
    void aNumberThatNoConstantHasIsItsDigits() {
        assertThat(text("color", Kinds.newBuilder().setColorValue(77).build())).isEqualTo("77");
        assertThat(text("color", Kinds.newBuilder().setColorValue(-1).build())).isEqualTo("-1");
    }

    @Test
    void aClosedEnumKeepsAnUnknownNumberAsAnUnknownField() throws IOException {
        Path file = Files.write(folder.resolve("closed.desc"), NumberTypes.closed());
        SerializerSettings settings = settings(DynamicMessage.class, Map.of("descriptor", file.toString()));
        FieldReader state = plugin.fieldReader(settings, "state");
        assertThat(state.read(record(new byte[] {8, 1}))).isEqualTo("PAID".getBytes(UTF_8));
        assertThat(state.read(record(new byte[] {8, 1, 8, 9}))).isEqualTo("PAID".getBytes(UTF_8));
        assertThat(state.read(record(new byte[] {8, 9}))).isNull();
        FieldReader note = plugin.fieldReader(settings, "note");
        assertThat(note.read(record(new byte[] {18, 1, -1})))
                .as("Protobuf does not check texts of proto2")
                .containsExactly(-1);
        FieldReader one = plugin.fieldReader(settings, "one");
        assertThat(one.read(record(new byte[] {24, 5, 32, 9})))
                .as("the other field of the oneof is not set by an unknown number")
                .containsExactly('5');
        assertThat(one.read(record(new byte[] {24, 5, 32, 1}))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "txt | the message kurier.test.Kinds has no field txt. Did you mean text?",
                "order.iD_ | the message kurier.test.Order has no field iD_. Did you mean order.id?",
                "oder.id | the message kurier.test.Kinds has no field oder. Did you mean order.id?",
                "order.street | the message kurier.test.Order has no field street. It has id, cents",
                "order | it is the message kurier.test.Order. Name one of its fields, such as order.id",
                "colors | it is a list, and only text, whole numbers, booleans, bytes and enums can be read",
                "by_name | it is a map, and only text, whole numbers, booleans, bytes and enums can be read",
                "ratio | it is a double, which can have a fraction, and only text, whole numbers, booleans, bytes and"
                        + " enums can be read",
                "by_name.id | by_name is a map, which has no fields",
                "order.id.part | order.id is of the type string, which has no fields"
            })
    void refusesAFieldThatTheTypeDoesNotHaveAtTheStart(String path, String reason) {
        assertThatThrownBy(() -> reader(Kinds.class, path))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the field " + path + " cannot be read: " + reason);
    }

    @Test
    void refusesTypesThatAreNotKnownAtTheStart() {
        assertThatThrownBy(() -> reader(Object.class, "id"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the field id cannot be read: the message types of the topic are not known. Declare a class"
                        + " that protoc generated, or set descriptor to their descriptor set");
        assertThatThrownBy(() -> reader(Order.class, "a."))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the path \"a.\" names no field");
    }

    @Test
    void theHeaderNamesTheTypeOfARecord() throws IOException {
        SerializerSettings settings =
                settings(Message.class, Map.of("descriptor", set(Samples.kinds()), "type.header", "true"));
        FieldReader ids = plugin.fieldReader(settings, "id");
        assertThat(ids.read(written(settings, Samples.order(1)))).isEqualTo("order-1".getBytes(UTF_8));
        assertThat(ids.read(written(settings, Samples.kinds())))
                .as("the type has no such field")
                .isNull();
    }

    @Test
    void aRecordWithoutAHeaderOfAKnownTypeIsRefused() throws IOException {
        SerializerSettings settings =
                settings(Message.class, Map.of("descriptor", set(Samples.kinds()), "type.header", "true"));
        FieldReader ids = plugin.fieldReader(settings, "id");
        assertThatThrownBy(() -> ids.read(record(new byte[0])))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot read the field id of the value: the record has no header protobuf.type, which must"
                        + " say of which type it is");
        EncodedRecord other = record(new byte[0]);
        other.headers().add("protobuf.type", Samples.CANARY.getBytes(UTF_8));
        assertThatThrownBy(() -> ids.read(other))
                .isInstanceOf(SerializationException.class)
                .hasMessage(
                        "cannot read the field id of the value: the header protobuf.type of the record names no type"
                                + " of the topic");
        assertThatThrownBy(() -> plugin.fieldReader(settings, "colour"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(" has no field colour");
    }

    @Test
    void ofSeveralValuesTheLastCountsAndMessagesAreMerged() {
        Kinds first = Kinds.newBuilder().setText("a").setOrder(Samples.order(1)).build();
        Kinds second = Kinds.newBuilder()
                .setText("b")
                .setOrder(Order.newBuilder().setCents(2))
                .build();
        byte[] both = joined(first, second);
        assertThat(reader(Kinds.class, "text").read(record(both))).containsExactly('b');
        assertThat(reader(Kinds.class, "order.id").read(record(both))).isEqualTo("order-1".getBytes(UTF_8));
        assertThat(reader(Kinds.class, "order.cents").read(record(both))).containsExactly('2');
    }

    @Test
    void anotherFieldOfAOneofClearsTheField() {
        Kinds iban = Kinds.newBuilder().setIban("DE").build();
        Kinds order = Kinds.newBuilder().setOrder(Samples.order(1)).build();
        Kinds emptyOrder =
                Kinds.newBuilder().setOrder(Order.getDefaultInstance()).build();
        assertThat(reader(Kinds.class, "iban").read(record(joined(iban, order))))
                .isNull();
        assertThat(reader(Kinds.class, "iban").read(record(joined(order, iban))))
                .isEqualTo("DE".getBytes(UTF_8));
        assertThat(reader(Kinds.class, "order.id").read(record(joined(order, iban))))
                .isNull();
        assertThat(reader(Kinds.class, "order.id").read(record(joined(order, iban, emptyOrder))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Kinds, text blob fixed color iban order.id order.cents at.seconds at.nanos any.type_url any.value wrapped.value"
                + " maybe",
        "Shipment, parcel.size place.city place.kind note order.id legacy.id legacy.count legacy.unit legacy.place.city"
                + " sent.seconds a_long.value an_unsigned_long.value an_unsigned_int.value a_bool.value a_string.value"
                + " bytes.value",
        "Legacy, id count unit place.city",
        "Modern, id implicit delimited.id delimited.delimited.implicit"
    })
    void readsWhatAParserReads(String name, String paths) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Message empty = switch (name) {
            case "Kinds" -> Kinds.getDefaultInstance();
            case "Shipment" -> Shipment.getDefaultInstance();
            case "Legacy" -> Legacy.getDefaultInstance();
            default -> Modern.getDefaultInstance();
        };
        for (String path : paths.split(" ")) {
            FieldReader reader = reader(empty.getClass(), path);
            for (int round = 0; round < 500; round++) {
                Message[] parts = new Message[1 + random.nextInt(3)];
                Arrays.setAll(parts, i -> RandomMessages.of(empty, random, 4));
                byte[] bytes = joined(parts);
                Message parsed = DynamicMessage.newBuilder(empty.getDescriptorForType())
                        .mergeFrom(bytes)
                        .buildPartial();
                assertThat(reader.read(record(bytes)))
                        .as("%s of %s, seed %d", path, name, seed)
                        .isEqualTo(RandomMessages.field(parsed, path));
            }
        }
    }

    private static byte[] joined(Message... messages) {
        return ByteString.copyFrom(
                        Arrays.stream(messages).map(Message::toByteString).toList())
                .toByteArray();
    }

    @Test
    void aFieldOfAnotherWireTypeIsUnknownAsToAParser() {
        FieldDescriptor id = Order.getDescriptor().findFieldByName("id");
        byte[] bytes = UnknownFieldSet.newBuilder()
                .addField(
                        id.getNumber(),
                        UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                .build()
                .toByteArray();
        assertThat(reader(Order.class, "id").read(record(bytes))).isEmpty();
    }

    @Test
    void damagedValuesAreRefusedAndNothingElseIsThrown() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] whole = Samples.shipment().toByteArray();
        for (String path : List.of("order.id", "legacy.place.city", "an_int.value", "note")) {
            FieldReader reader = reader(Shipment.class, path);
            for (int round = 0; round < 10_000; round++) {
                byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
                for (int i = 0; i <= random.nextInt(3); i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    Object unused = reader.read(record(damaged));
                } catch (SerializationException e) {
                    assertThat(e)
                            .as("seed " + seed)
                            .hasMessageStartingWith("cannot read the field " + path
                                    + " of the value: it is no such message, or it is damaged: ");
                }
            }
        }
    }

    @Test
    void theLimitsOfReadingHold() {
        byte[] groups = new byte[10_000];
        Arrays.fill(groups, (byte) (4 << 3 | 3)); // the field 4, a group that begins
        assertThatThrownBy(() -> reader(Order.class, "id").read(record(groups)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("it is no such message, or it is damaged");
        SerializerSettings small = settings(Order.class, Map.of("max.bytes", "5"));
        assertThatThrownBy(() -> plugin.fieldReader(small, "id").read(record(groups)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at most 5 are read");
        byte[] longText = {10, -1, -1, -1, -1, 7, 'x'};
        assertThatThrownBy(() -> reader(Order.class, "id").read(record(longText)))
                .isInstanceOf(SerializationException.class);
        byte[] noUtf8 = {10, 2, (byte) 0xC0, (byte) 0x80};
        assertThatThrownBy(() -> reader(Order.class, "id").read(record(noUtf8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageEndingWith("the text is not in UTF-8");
    }
}
