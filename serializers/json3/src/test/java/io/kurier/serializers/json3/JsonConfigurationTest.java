// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kurier.TypeRef;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.JsonNodeFactory;

class JsonConfigurationTest {
    private static final String TOPIC = "orders";
    private static final byte[] ITEM = "{\"sku\":\"a\",\"count\":1}".getBytes(UTF_8);

    private final SerializerPlugin plugin = new JsonSerializerPlugin();

    @Test
    void theServiceLoaderFindsThePluginByTheNameThatUsersWrite() {
        assertThat(ServiceLoader.load(SerializerPlugin.class))
                .extracting(Plugin::name)
                .containsExactly("json3");
    }

    @Test
    void thePluginWritesAndReadsTheDeclaredType() {
        SerializerSettings settings = settings(new TypeRef<List<Animal>>() {}.type(), Map.of());
        byte[] json = serializer(settings).serialize(TOPIC, List.of(new Animal.Cat(9)));
        assertThat(json).isEqualTo("[{\"kind\":\"cat\",\"lives\":9}]".getBytes(UTF_8));
        assertThat(deserializer(settings).deserialize(TOPIC, json)).isEqualTo(List.of(new Animal.Cat(9)));
    }

    @Test
    void whereNoTypeWasDeclaredThePluginWritesByClassAndReadsTrees() {
        SerializerSettings settings = settings(Object.class, Map.of());
        assertThat(serializer(settings).serialize(TOPIC, new Order.Item("a", 1)))
                .isEqualTo(ITEM);
        assertThat(deserializer(settings).deserialize(TOPIC, ITEM)).isInstanceOf(JsonNode.class);
    }

    @Test
    void thePluginTakesAMapperOfTheApplication() {
        record Named(String firstName) {}
        SerializerPlugin custom = new JsonSerializerPlugin(JsonDefaults.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .build());
        @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
        Serializer<Object> serializer = (Serializer<Object>) custom.serializer(settings(Named.class, Map.of()));
        assertThat(serializer.serialize(TOPIC, new Named("Ada"))).isEqualTo("{\"first-name\":\"Ada\"}".getBytes(UTF_8));
    }

    @Test
    void thePluginLimitsWhatIsRead() {
        Deserializer<?> deserializer = deserializer(settings(Order.Item.class, Map.of("max.bytes", "10")));
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, ITEM))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at most 10 are read");
        assertThatThrownBy(() -> settings(Order.Item.class, Map.of("max.bytes", "0")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("max.bytes");
    }

    private record Ambiguous(
            @JsonProperty("a") int one, @JsonProperty("a") int two) {}

    @Test
    void aTypeThatCannotBeWrittenStopsTheStartUp() {
        assertThatThrownBy(() -> plugin.serializer(settings(Ambiguous.class, Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("json cannot write the type")
                .hasMessageContaining("Ambiguous");
    }

    @Test
    void aKeyHasTheSameBytesInWhateverOrderItsMapsWereFilled() {
        Map<String, Object> forth = new LinkedHashMap<>();
        forth.put("a", 1);
        forth.put("b", JsonNodeFactory.instance.objectNode().put("c", 1).put("d", 2));
        Map<String, Object> back = new LinkedHashMap<>();
        back.put("b", JsonNodeFactory.instance.objectNode().put("d", 2).put("c", 1));
        back.put("a", 1);
        byte[] ordered = "{\"a\":1,\"b\":{\"c\":1,\"d\":2}}".getBytes(UTF_8);

        Serializer<Object> ofPlugin =
                serializer(new SerializerSettings("json3", "orders", "orders", true, Object.class, config(Map.of())));
        JsonSerializer<Object> ofClient = new JsonSerializer<>();
        ofClient.configure(Map.of(), true);
        for (Serializer<Object> keys : List.of(ofPlugin, ofClient)) {
            assertThat(keys.serialize(TOPIC, forth)).isEqualTo(ordered);
            assertThat(keys.serialize(TOPIC, back)).isEqualTo(ordered);
        }
        assertThat(new JsonSerializer<>().serialize(TOPIC, back))
                .as("values keep their order")
                .isEqualTo("{\"b\":{\"d\":2,\"c\":1},\"a\":1}".getBytes(UTF_8));
    }

    @Test
    void aClientNamesTheTypeSeparatelyForKeysAndValues() {
        Map<String, Object> config = Map.of("json.type", Order.Item.class.getName(), "key.json.type", Map.class);
        JsonDeserializer<Object> keys = new JsonDeserializer<>();
        keys.configure(config, true);
        JsonDeserializer<Object> values = new JsonDeserializer<>();
        values.configure(config, false);
        assertThat(keys.deserialize(TOPIC, ITEM)).isEqualTo(Map.of("sku", "a", "count", 1));
        assertThat(values.deserialize(TOPIC, ITEM)).isEqualTo(new Order.Item("a", 1));
    }

    @Test
    void aClientThatNamesNoTypeGetsTrees() {
        JsonDeserializer<JsonNode> deserializer = new JsonDeserializer<>();
        deserializer.configure(Map.of("group.id", "g"), false);
        assertThat(deserializer.deserialize(TOPIC, ITEM)).isInstanceOf(JsonNode.class);
    }

    @Test
    void aClassIsLookedForInTheThreadsLoaderAndThenInOurs() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        for (ClassLoader useless : new ClassLoader[] {ClassLoader.getPlatformClassLoader(), null}) {
            thread.setContextClassLoader(useless);
            try {
                JsonDeserializer<Object> deserializer = new JsonDeserializer<>();
                deserializer.configure(Map.of("json.type", Order.Item.class.getName()), false);
                assertThat(deserializer.deserialize(TOPIC, ITEM)).isEqualTo(new Order.Item("a", 1));
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @Test
    void anUnknownClassIsAnErrorWithTheKeyThatNamesIt() {
        assertThatThrownBy(() ->
                        new JsonDeserializer<>().configure(Map.of("value.json.type", "com.example.Nowhere"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("com.example.Nowhere for configuration value.json.type: there is no such class");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "99999999999"})
    void aLimitThatIsNoPositiveNumberIsAnError(String limit) {
        assertThatThrownBy(() -> new JsonDeserializer<>().configure(Map.of("key.json.max.bytes", limit), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("key.json.max.bytes");
    }

    @Test
    void aKafkaConsumerPassesItsConfigurationToTheDeserializersThatItMakes() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", "127.0.0.1:9",
                "key.deserializer", JsonDeserializer.class.getName(),
                "value.deserializer", JsonDeserializer.class.getName(),
                "key.json.type", Order.Item.class.getName(),
                "value.json.type", "com.example.Nowhere");
        assertThatThrownBy(() -> new KafkaConsumer<>(config).close())
                .rootCause()
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.json.type");
    }

    private static AbstractConfig config(Map<String, String> keys) {
        return new AbstractConfig(new JsonSerializerPlugin().configDef(), keys);
    }

    @Test
    void theOnlyFramingIsNone() {
        byte[] plain = new JsonSerializer<>().serialize(TOPIC, 9);
        JsonSerializer<Integer> none = new JsonSerializer<>();
        none.configure(Map.of("json.framing", "none"), false);
        assertThat(none.serialize(TOPIC, 9)).isEqualTo(plain);

        assertThatThrownBy(() -> none.configure(Map.of("value.json.framing", "single-object"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.json.framing: there is no such framing for json. There are none.");
        assertThatThrownBy(() -> new JsonDeserializer<>().configure(Map.of("json.framing", "other"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no such framing for json");
    }

    private static SerializerSettings settings(Type type, Map<String, String> keys) {
        return new SerializerSettings("json3", "orders", "orders", false, type, config(keys));
    }

    @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
    private Serializer<Object> serializer(SerializerSettings settings) {
        return (Serializer<Object>) plugin.serializer(settings);
    }

    private Deserializer<?> deserializer(SerializerSettings settings) {
        return plugin.deserializer(settings).orElseThrow();
    }
}
