// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and values by Kafka's own serializers, by name or by class, without a plugin. */
class KafkaSerializersTest {
    private final ScriptedTransport transport = new ScriptedTransport();

    /** A serializer as Kafka's users have them. */
    public static final class Mine implements Serializer<String> {
        private String prefix = "";
        private boolean closed;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            prefix = configs.get("prefix") + (isKey ? " key " : " value ");
        }

        @Override
        public byte[] serialize(String topic, String data) {
            return (closed ? "closed" : prefix + data).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    static Stream<Arguments> kafkas() {
        return Stream.of(
                Arguments.of("short", Short.class, (short) 7, Serdes.Short()),
                Arguments.of("integer", Integer.class, -7, Serdes.Integer()),
                Arguments.of("long", Long.class, 1L << 40, Serdes.Long()),
                Arguments.of("float", Float.class, -0.5f, Serdes.Float()),
                Arguments.of("double", Double.class, 0.1, Serdes.Double()),
                Arguments.of("boolean", Boolean.class, true, Serdes.Boolean()),
                Arguments.of("uuid", UUID.class, new UUID(1, 2), Serdes.UUID()));
    }

    /** Values with their bytes in hexadecimal, which must never change. */
    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("short", (short) -2, "fffe"),
                Arguments.of("integer", 258, "00000102"),
                Arguments.of("long", 1L << 40, "0000010000000000"),
                Arguments.of("float", -0.5f, "bf000000"),
                Arguments.of("double", 0.1, "3fb999999999999a"),
                Arguments.of("boolean", true, "01"),
                Arguments.of("boolean", false, "00"),
                Arguments.of(
                        "uuid",
                        UUID.fromString("89791762-2336-4186-9674-299b90a802e2"),
                        HexFormat.of()
                                .formatHex(
                                        "89791762-2336-4186-9674-299b90a802e2".getBytes(StandardCharsets.US_ASCII))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kafkas")
    <T> void areNamedAsInKafkasTools(
            String name, Class<T> type, T key, org.apache.kafka.common.serialization.Serde<T> serde) {
        Topic<T, T> orders = Topic.of("orders", type, type);
        publish(orders, key, key, Map.of("key.serializer", name, "value.serializer", name));
        byte[] expected = serde.serializer().serialize("orders", key);
        assertThat(transport.taken().get(0).record().key()).isEqualTo(expected);
        assertThat(transport.taken().get(0).record().value()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("golden")
    @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
    void writeAndReadTheSameBytesWithAndWithoutADeclaredType(String name, Object value, String hex) {
        for (Type declared : List.of(Object.class, value.getClass())) {
            Serializer<Object> serializer = (Serializer<Object>) plugin(name).serializer(settings(name, declared));
            byte[] bytes = requireNonNull(serializer.serialize("orders", value));
            assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
            assertThat(serializer.serialize("orders", null)).isNull();

            Deserializer<?> deserializer =
                    plugin(name).deserializer(settings(name, declared)).orElseThrow();
            assertThat(deserializer.deserialize("orders", bytes)).isEqualTo(value);
            assertThat(deserializer.deserialize("orders", null)).isNull();
        }
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("golden")
    @SuppressWarnings("unchecked") // as above
    void refuseValuesAndRecordsOfAnotherKindAndDoNotShowThem(String name, Object value, String hex) {
        Serializer<Object> serializer = (Serializer<Object>) plugin(name).serializer(settings(name, Object.class));
        assertThatThrownBy(() -> serializer.serialize("orders", "secret"))
                .isInstanceOf(SerializationException.class)
                .hasMessage(name + " is written from a " + value.getClass().getName()
                        + ", not from java.lang.String: convert it, or choose another serializer");

        Deserializer<?> deserializer =
                plugin(name).deserializer(settings(name, Object.class)).orElseThrow();
        for (byte[] wrong :
                List.of(new byte[0], new byte[] {77}, "secret, and long".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> deserializer.deserialize("orders", wrong))
                    .isInstanceOf(SerializationException.class)
                    .hasNoCause()
                    .hasMessageStartingWith("cannot read " + name + ": it is ")
                    .hasMessageContaining("the record has " + wrong.length + " bytes")
                    .hasMessageNotContainingAny("77", "secret");
        }
    }

    @Test
    void readOnlyTheTypeThatIsDeclared() {
        assertThatThrownBy(() -> plugin("long").deserializer(settings("long", String.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it takes Long, and the topic is declared with java.lang.String.");
    }

    private static SerializerPlugin plugin(String name) {
        return PluginCatalog.discover().serializer(name, List.of());
    }

    private static SerializerSettings settings(String name, Type declared) {
        return new SerializerSettings(
                name, "orders", "orders", false, declared, new AbstractConfig(new ConfigDef(), Map.of()));
    }

    @Test
    void takeAnyByItsClassWithItsOwnKeys() {
        String mine = "class:" + Mine.class.getName();
        publish(
                Topic.of("orders", String.class, String.class),
                "k",
                "v",
                Map.of(
                        "key.serializer",
                        mine,
                        "key.serializer.prefix",
                        "one",
                        "value.serializer",
                        mine,
                        "value.serializer.prefix",
                        "two"));
        assertThat(transport.taken().get(0).record().key()).asString().isEqualTo("one key k");
        assertThat(transport.taken().get(0).record().value()).asString().isEqualTo("two value v");
    }

    @Test
    void areNamedWhereASerializerIsNotThereAndRefuseOtherTypes() {
        assertThat(refusal(String.class, Map.of("value.serializer", "long")))
                .contains("it takes Long, and the topic is declared with java.lang.String.");
        assertThat(refusal(String.class, Map.of("value.serializer", "lnog")))
                .contains(
                        "Kafka's own are short, integer, long, float, double, boolean, uuid; class:com.example.Mine takes any");
    }

    @Test
    void refuseWhatIsNoneByItsClass() {
        assertThat(refusal(String.class, Map.of("value.serializer", "class:com.example.Absent")))
                .contains("there is no class com.example.Absent on the class path.");
        assertThat(refusal(String.class, Map.of("value.serializer", "class:java.lang.String")))
                .contains("java.lang.String is not a org.apache.kafka.common.serialization.Serializer.");
        assertThat(refusal(String.class, Map.of("value.serializer", "class:java.util.UUID")))
                .contains("is not a public class with a public constructor without parameters.");
        assertThat(refusal(Long.class, Map.of("value.serializer", "long", "value.serializer.prefix", "x")))
                .contains("topics.orders.value.serializer.prefix (code): unknown key.");
    }

    private <K, V> void publish(Topic<K, V> topic, K key, V value, Map<String, String> keys) {
        try (Publisher publisher = start(topic, keys)) {
            publisher.publish(topic, key, value).join();
        }
    }

    private Publisher start(Topic<?, ?> topic, Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1"));
        keys.forEach((key, value) -> all.put("topics.orders." + key, value));
        return Kurier.builder()
                .set(all)
                .topics(topic)
                .transport(config -> transport)
                .start();
    }

    private String refusal(Class<?> type, Map<String, String> keys) {
        StartException refused = requireNonNull(catchThrowableOfType(
                StartException.class,
                () -> start(Topic.of("orders", String.class, type), keys).close()));
        return requireNonNull(refused.getMessage());
    }
}
