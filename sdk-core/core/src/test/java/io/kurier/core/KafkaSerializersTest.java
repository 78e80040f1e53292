// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.internal.publisher.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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
                Arguments.of("double", Double.class, 0.1, Serdes.Double()),
                Arguments.of("uuid", UUID.class, new UUID(1, 2), Serdes.UUID()));
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
                .contains("Kafka's own are short, integer, long, double, uuid; class:com.example.Mine takes any");
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
