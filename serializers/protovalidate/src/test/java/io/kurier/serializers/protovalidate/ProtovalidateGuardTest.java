// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import static io.kurier.serializers.protovalidate.Orders.CANARY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.kurier.ArrayHeaders;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import io.kurier.serializers.protobuf.ProtobufSerializerPlugin;
import io.kurier.serializers.protovalidate.test.Note;
import io.kurier.serializers.protovalidate.test.Order;
import io.kurier.serializers.protovalidate.test.Stock;
import io.kurier.serializers.protovalidate.test.Wrong;
import io.kurier.serializers.protovalidate.test.WrongPart;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The guard reads the bytes that are sent, and knows the rules by the class or by a descriptor set. */
class ProtovalidateGuardTest {
    /** After a change on purpose {@code -Dgolden.update=true} writes the file anew. */
    private static final Path GOLDEN = Path.of("src/test/resources/golden/errors.txt");

    private static final Map<String, String> SHOP =
            Map.of("descriptor", Orders.DESCRIPTOR.toString(), "message", "shop.Order");

    private static AbstractConfig parsed(ConfigDef definition, Map<String, String> keys) {
        return new AbstractConfig(definition, keys, false);
    }

    private static SerializerSettings protobuf(Type type, Map<String, String> keys) {
        return values("protobuf", type, new ProtobufSerializerPlugin().configDef(), keys);
    }

    private static SerializerSettings values(String name, Type type, ConfigDef definition, Map<String, String> keys) {
        return new SerializerSettings(name, "orders", "shop-orders", false, type, parsed(definition, keys));
    }

    private static Guard guard(Map<String, String> keys, @Nullable SerializerSettings values) {
        ProtovalidatePlugin plugin = new ProtovalidatePlugin();
        return plugin.guard(new GuardSettings(
                "protovalidate", "orders", "shop-orders", parsed(plugin.configDef(), keys), values, List.of()));
    }

    private static Guard guard() {
        return guard(Map.of(), protobuf(Order.class, Map.of()));
    }

    private static EncodedRecord record(byte @Nullable [] value, Headers headers) {
        return new EncodedRecord("shop-orders", null, value, headers);
    }

    private static EncodedRecord record(byte @Nullable [] value) {
        return record(value, new ArrayHeaders());
    }

    private static EncodedRecord record(Message message) {
        return record(message.toByteArray());
    }

    private static EncodedRecord marked(Message message, String type) {
        return record(
                message.toByteArray(), new ArrayHeaders().add(ProtobufSerializer.TYPE_HEADER, type.getBytes(UTF_8)));
    }

    private static void passes(Guard guard, EncodedRecord record) {
        assertThat(guard.guard(record)).isSameAs(record);
    }

    private static String refusal(Guard guard, EncodedRecord record) {
        Throwable thrown = catchThrowable(() -> guard.guard(record));
        assertThat(thrown).isInstanceOf(SerializationException.class);
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(each).hasMessageNotContaining(CANARY);
        }
        return String.valueOf(thrown.getMessage());
    }

    @Test
    void returnsTheRecordItselfIfItHasNoViolation() {
        passes(guard(), record(Orders.sound()));
        passes(guard(Map.of(), protobuf(Note.class, Map.of())), record(Note.getDefaultInstance()));
    }

    @Test
    void letsATombstonePass() {
        passes(guard(), record((byte[]) null));
    }

    @Test
    void refusesAnEmptyValueAsTheEmptyMessageThatItIs() {
        assertThat(refusal(guard(), record(new byte[0])))
                .isEqualTo("it violates the rules of shop.Order at payment: required; at id: string.pattern");
        passes(guard(Map.of(), protobuf(Note.class, Map.of())), record(new byte[0]));
    }

    @Test
    void knowsTheRulesOfADescriptorSetWithoutGeneratedClasses() {
        for (Guard guard : List.of(
                guard(SHOP, null),
                guard(SHOP, values("bytes", byte[].class, new ConfigDef(), Map.of())),
                guard(Map.of(), protobuf(Message.class, SHOP)),
                guard(Map.of(), protobuf(DynamicMessage.class, SHOP)),
                guard(
                        Map.of("message", "shop.Order"),
                        protobuf(Object.class, Map.of("descriptor", SHOP.get("descriptor")))))) {
            passes(guard, record(Orders.sound()));
            assertThat(refusal(guard, record(Orders.unsound()))).endsWith("at id: string.pattern");
        }
    }

    @Test
    void prefersItsOwnDescriptorSetToTheDeclaredClass() {
        Guard guard = guard(Map.of("descriptor", Orders.DESCRIPTOR.toString()), protobuf(Order.class, Map.of()));
        passes(guard, record(Orders.sound()));
        assertThat(refusal(guard, record(Orders.unsound()))).endsWith("at id: string.pattern");
    }

    @Test
    void readsTheTypeThatTheHeaderNames() throws IOException {
        Path set = RegisteredFile.write(Files.createTempDirectory("kurier-protovalidate"));
        Guard guard =
                guard(Map.of(), protobuf(Message.class, Map.of("descriptor", set.toString(), "type.header", "true")));
        Note note = Note.newBuilder().setText("read me").build();
        passes(guard, marked(note, "shop.Note"));
        passes(guard, marked(Orders.sound(), "shop.Order"));
        passes(guard, marked(Orders.item("a", 1), "shop.Order.Item"));
        assertThat(refusal(guard, marked(Orders.unsound(), "shop.Order"))).endsWith("at id: string.pattern");
        assertThat(refusal(guard, marked(Orders.item("a", -1), "shop.Order.Item")))
                .endsWith("at count: int32.gte");
        assertThat(refusal(guard, marked(note, CANARY))).startsWith("it names another message type");
        assertThat(refusal(guard, record(note))).startsWith("the record does not name its message type");
    }

    @Test
    void checksRulesThatAFileDeclaresForOthers() {
        Map<String, String> set = Map.of("descriptor", Orders.DESCRIPTOR.toString(), "message", "shop.Stock");
        for (Guard guard : List.of(guard(Map.of(), protobuf(Stock.class, Map.of())), guard(set, null))) {
            passes(guard, record(Stock.newBuilder().setSku("S1").build()));
            assertThat(refusal(guard, record(Stock.newBuilder().setSku(CANARY).build())))
                    .isEqualTo("it violates the rules of shop.Stock at sku: shop.sku");
        }
    }

    @Test
    void takesTheLimitsOfTheSerializerUnlessItHasItsOwn() {
        SerializerSettings values = protobuf(Order.class, Map.of("max.bytes", "10"));
        assertThat(refusal(guard(Map.of(), values), record(Orders.sound()))).contains("at most 10 are read");
        passes(guard(Map.of("max.bytes", "1000"), values), record(Orders.sound()));
        assertThat(refusal(guard(Map.of("max.depth", "1"), values), record(nested(3))))
                .contains("max.bytes");
    }

    @Test
    void refusesWhatIsTooDeepOrTooExpensive() {
        assertThat(refusal(guard(), record(nested(150)))).contains("max.depth");
        Note note = Note.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                9,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(new byte[2_000_000]))
                                        .build())
                        .build())
                .build();
        assertThat(refusal(guard(Map.of("max.expansion", "1"), protobuf(Note.class, Map.of())), record(note)))
                .contains("max.expansion");
    }

    private static Message nested(int levels) {
        Order order = Orders.sound();
        for (int i = 0; i < levels; i++) {
            order = Order.newBuilder()
                    .setId("O-1")
                    .setCash(true)
                    .setParent(order)
                    .build();
        }
        return order;
    }

    @Test
    void eachErrorIsInTheGoldenFile() throws IOException {
        List<String> lines = new ArrayList<>();
        start(lines, "no type", Map.of(), protobuf(Message.class, Map.of()));
        start(lines, "no such descriptor set", Map.of("descriptor", "no/such.desc"), null);
        start(lines, "no such message", Map.of("descriptor", SHOP.get("descriptor"), "message", "shop.Oder"), null);
        start(lines, "another message", Map.of("message", "shop.Note"), protobuf(Order.class, Map.of()));
        start(lines, "not obvious", Map.of("descriptor", SHOP.get("descriptor")), null);
        start(lines, "a wrong rule", Map.of(), protobuf(Wrong.class, Map.of()));
        start(lines, "a wrong rule of a part", Map.of(), protobuf(WrongPart.class, Map.of()));
        start(lines, "not a format that it reads", Map.of(), values("json", Order.class, new ConfigDef(), Map.of()));

        Order sound = Orders.sound();
        refused(lines, "a field", Orders.unsound());
        refused(
                lines,
                "a field of a part",
                sound.toBuilder().addItems(Orders.item("b", -1)).build());
        refused(
                lines,
                "a missing field",
                sound.toBuilder().addItems(Orders.item("", 1)).build());
        refused(
                lines,
                "a value of a map",
                sound.toBuilder().putLabels(CANARY, CANARY).build());
        refused(
                lines,
                "a part in a map",
                sound.toBuilder().putGifts(7, Orders.item("", 1)).build());
        refused(lines, "no field of several", sound.toBuilder().clearPayment().build());
        refused(
                lines,
                "a rule of the whole",
                sound.toBuilder().setShipped(Timestamp.getDefaultInstance()).build());
        refused(
                lines,
                "a part of its own type",
                sound.toBuilder().setParent(Orders.unsound()).build());
        refused(
                lines,
                "many",
                sound.toBuilder()
                        .addAllItems(Collections.nCopies(20, Orders.item("b", -1)))
                        .build());
        refused(
                lines,
                "many of a large message",
                sound.toBuilder()
                        .addAllItems(Collections.nCopies(5_000, Orders.item("b", -1)))
                        .build());
        refused(lines, "a rule that fails", sound.toBuilder().setDivisor(7).build());
        refused(lines, "no message", record(HexFormat.of().parseHex("0A10FF")));
        refused(lines, "a text that is not UTF-8", record(HexFormat.of().parseHex("0A01FF")));

        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    private static void start(
            List<String> lines, String what, Map<String, String> keys, @Nullable SerializerSettings values) {
        Throwable thrown = catchThrowable(() -> guard(keys, values));
        assertThat(thrown).isNotNull();
        lines.add(what + ": "
                + String.valueOf(thrown.getMessage())
                        .replace(Path.of("").toAbsolutePath().toString(), "HERE"));
    }

    private static void refused(List<String> lines, String what, Message message) {
        refused(lines, what, record(message));
    }

    private static void refused(List<String> lines, String what, EncodedRecord record) {
        lines.add(what + ": " + refusal(guard(), record));
    }
}
