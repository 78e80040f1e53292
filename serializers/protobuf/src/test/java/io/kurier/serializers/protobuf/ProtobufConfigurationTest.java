// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.kurier.TypeRef;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.Order;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtobufConfigurationTest {
    private static final String TOPIC = "orders";

    @TempDir
    private Path folder;

    private String kindsSet = "";
    private final SerializerPlugin plugin = new ProtobufSerializerPlugin();

    @BeforeEach
    void writeTheSet() throws IOException {
        Path file = Files.write(
                folder.resolve("kinds.desc"), Samples.set(Kinds.getDescriptor().getFile()));
        kindsSet = file.toString();
    }

    @Test
    void theServiceLoaderFindsThePluginByTheNameThatUsersWrite() {
        assertThat(ServiceLoader.load(SerializerPlugin.class))
                .extracting(Plugin::name)
                .containsExactly("protobuf");
    }

    @Test
    void aDeclaredClassIsWrittenAndReadAndOthersAreRefused() {
        SerializerSettings settings = settings(Order.class, Map.of());
        byte[] bytes = serializer(settings).serialize(TOPIC, Samples.order(1));
        assertThat(deserializer(settings).deserialize(TOPIC, bytes)).isEqualTo(Samples.order(1));
        assertThatThrownBy(() -> serializer(settings).serialize(TOPIC, Samples.kinds()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("kurier.test.Kinds where kurier.test.Order is declared");
    }

    @Test
    void withoutAnyDeclarationAllMessagesAreWrittenAndNoneCanBeRead() {
        for (Class<?> open : List.of(Object.class, Message.class, DynamicMessage.class)) {
            SerializerSettings settings = settings(open, Map.of());
            assertThat(serializer(settings).serialize(TOPIC, Samples.order(1)))
                    .isEqualTo(Samples.order(1).toByteArray());
            assertThat(plugin.deserializer(settings)).isEmpty();
        }
    }

    @Test
    void aNameWithoutADescriptorStillRefusesOthers() {
        Serializer<Object> named = serializer(settings(Object.class, Map.of("message", "kurier.test.Order")));
        assertThat(named.serialize(TOPIC, Samples.order(1))).isNotEmpty();
        assertThatThrownBy(() -> named.serialize(TOPIC, Samples.legacy()))
                .hasMessageContaining("kurier.test.Legacy where kurier.test.Order is declared");
    }

    @Test
    void aDescriptorReadsTheObviousMessageOrTheOneThatIsNamed() {
        SerializerSettings obvious = settings(Object.class, Map.of("descriptor", kindsSet));
        assertThat(deserializer(obvious).deserialize(TOPIC, Samples.kinds().toByteArray()))
                .isInstanceOfSatisfying(
                        DynamicMessage.class,
                        message -> assertThat(message.toByteArray())
                                .isEqualTo(Samples.kinds().toByteArray()));
        assertThatThrownBy(() -> serializer(obvious).serialize(TOPIC, Samples.order(1)))
                .hasMessageContaining("kurier.test.Order where kurier.test.Kinds is declared");
        SerializerSettings named =
                settings(DynamicMessage.class, Map.of("descriptor", kindsSet, "message", "kurier.test.Order"));
        assertThat(serializer(named).serialize(TOPIC, Samples.order(1))).isNotEmpty();
        assertThat(deserializer(named).deserialize(TOPIC, Samples.order(1).toByteArray()))
                .isInstanceOf(DynamicMessage.class);
    }

    @Test
    void withTypeHeaderATopicHoldsAllMessagesOfTheSet() {
        SerializerSettings settings = settings(Object.class, Map.of("descriptor", kindsSet, "type.header", "true"));
        for (Message message : List.of(Samples.order(1), Samples.kinds())) {
            Headers headers = new RecordHeaders();
            byte[] bytes = serializer(settings).serialize(TOPIC, headers, message);
            assertThat(deserializer(settings).deserialize(TOPIC, headers, bytes))
                    .isInstanceOfSatisfying(
                            DynamicMessage.class,
                            read -> assertThat(read.getDescriptorForType().getFullName())
                                    .isEqualTo(message.getDescriptorForType().getFullName()));
        }
        assertThatThrownBy(() -> serializer(settings).serialize(TOPIC, Samples.legacy()))
                .hasMessageContaining("kurier.test.Legacy where ");
    }

    @Test
    void whatContradictsStopsTheStartUp() {
        assertThatThrownBy(() -> plugin.serializer(settings(Order.class, Map.of("message", "kurier.test.Kinds"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("code declares io.kurier.serializers.protobuf.test.Order, which is the message"
                        + " type kurier.test.Order");
        assertThatThrownBy(() -> plugin.serializer(settings(Legacy.class, Map.of("descriptor", kindsSet))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no message type kurier.test.Legacy in the descriptor set. It has"
                        + " kurier.test.Order, kurier.test.Kinds, kurier.test.Kinds.Inner");
        assertThatThrownBy(() -> plugin.serializer(settings(String.class, Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("java.lang.String is no class that protoc generated");
        Type list = new TypeRef<List<Order>>() {}.type();
        assertThatThrownBy(() -> plugin.serializer(settings(list, Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("protobuf takes messages, not java.util.List<");
        assertThatThrownBy(() -> plugin.deserializer(settings(Object.class, Map.of("descriptor", "nowhere.desc"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("descriptor: there is no such file");
    }

    @Test
    void aValueThatIsNoMessageIsRefusedInWords() {
        Serializer<Object> any = serializer(settings(Object.class, Map.of()));
        assertThatThrownBy(() -> any.serialize(TOPIC, Samples.CANARY))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not java.lang.String")
                .hasMessageNotContaining(Samples.CANARY);
        assertThatThrownBy(() -> any.serialize(TOPIC, Order.newBuilder().setId(Samples.CANARY)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("call build()")
                .hasMessageNotContaining(Samples.CANARY);
        assertThat(any.serialize(TOPIC, null)).isNull();
    }

    @Test
    void thePluginLimitsWhatIsRead() {
        Deserializer<?> deserializer = deserializer(settings(Order.class, Map.of("max.bytes", "3")));
        assertThatThrownBy(
                        () -> deserializer.deserialize(TOPIC, Samples.order(1).toByteArray()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at most 3 are read");
    }

    @Test
    void aClientNamesTheTypeSeparatelyForKeysAndValues() {
        Map<String, Object> config = Map.of("protobuf.type", Order.class.getName(), "key.protobuf.type", Legacy.class);
        ProtobufDeserializer<Message> keys = new ProtobufDeserializer<>();
        keys.configure(config, true);
        ProtobufDeserializer<Message> values = new ProtobufDeserializer<>();
        values.configure(config, false);
        assertThat(keys.deserialize(TOPIC, Samples.legacy().toByteArray())).isInstanceOf(Legacy.class);
        assertThat(values.deserialize(TOPIC, Samples.order(1).toByteArray())).isEqualTo(Samples.order(1));

        ProtobufSerializer<Message> writer = new ProtobufSerializer<>();
        writer.configure(Map.of("value.protobuf.type", Order.class.getName(), "protobuf.type.header", "true"), false);
        Headers headers = new RecordHeaders();
        assertThat(writer.serialize(TOPIC, headers, Samples.order(1))).isNotEmpty();
        assertThat(headers.lastHeader("protobuf.type")).isNotNull();
        assertThatThrownBy(() -> writer.serialize(TOPIC, Samples.legacy())).isInstanceOf(SerializationException.class);
    }

    @Test
    void aClientNamesADescriptorInsteadOfAClass() {
        ProtobufDeserializer<Message> reader = new ProtobufDeserializer<>();
        reader.configure(Map.of("protobuf.descriptor", kindsSet, "protobuf.message", "kurier.test.Order"), false);
        assertThat(reader.deserialize(TOPIC, Samples.order(1).toByteArray())).isInstanceOf(DynamicMessage.class);
    }

    @Test
    void aClientThatNamesNothingOrTooMuchIsToldWhatToSet() {
        assertThatConfiguring(Map.of()).hasMessageContaining("set protobuf.type to a generated class, or");
        assertThatConfiguring(Map.of("protobuf.type", Order.class, "value.protobuf.descriptor", kindsSet))
                .hasMessageContaining("so value.protobuf.descriptor has nothing to say");
        assertThatConfiguring(Map.of("protobuf.type", "com.example.Nowhere"))
                .hasMessageContaining("there is no such class");
        assertThatConfiguring(Map.of("protobuf.type", String.class))
                .hasMessageContaining("java.lang.String is no class");
        assertThatConfiguring(Map.of("protobuf.type", Order.class, "protobuf.max.bytes", "0"))
                .hasMessageContaining("protobuf.max.bytes");
        assertThatThrownBy(() -> new ProtobufSerializer<>().configure(Map.of("protobuf.type.header", "perhaps"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("protobuf.type.header");
        assertThatThrownBy(() -> new ProtobufDeserializer<>().deserialize(TOPIC, new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("configure() was not called");
        assertThatThrownBy(() -> new ProtobufDeserializer<>(List.of())).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new ProtobufDeserializer<>(DynamicMessage.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DynamicMessage with a descriptor");
    }

    private static AbstractThrowableAssert<?, ?> assertThatConfiguring(Map<String, ?> config) {
        return assertThatThrownBy(() -> new ProtobufDeserializer<>().configure(config, false))
                .isInstanceOf(ConfigException.class);
    }

    private static SerializerSettings settings(Type type, Map<String, String> keys) {
        return new SerializerSettings(
                "protobuf",
                "orders",
                "orders",
                false,
                type,
                new AbstractConfig(new ProtobufSerializerPlugin().configDef(), keys));
    }

    @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
    private Serializer<Object> serializer(SerializerSettings settings) {
        return (Serializer<Object>) plugin.serializer(settings);
    }

    private Deserializer<?> deserializer(SerializerSettings settings) {
        return plugin.deserializer(settings).orElseThrow();
    }
}
