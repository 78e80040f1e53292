// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.avro.test.Node;
import io.kurier.serializers.avro.test.Order;
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
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroConfigurationTest {
    private static final String TOPIC = "orders";

    @TempDir
    Path folder;

    private final SerializerPlugin plugin = new AvroSerializerPlugin();

    @Test
    void theServiceLoaderFindsThePluginByTheNameThatUsersWrite() {
        assertThat(ServiceLoader.load(SerializerPlugin.class))
                .extracting(Plugin::name)
                .containsExactly("avro");
    }

    @Test
    void thePluginWritesAndReadsTheDeclaredClassAndNoOther() {
        SerializerSettings settings = settings(Order.class, Map.of());
        byte[] encoded = serializer(settings).serialize(TOPIC, Samples.order());
        assertThat(deserializer(settings).deserialize(TOPIC, encoded)).isEqualTo(Samples.order());
        assertThatThrownBy(() -> serializer(settings).serialize(TOPIC, new Node("a", null)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the schema that is declared here is io.kurier.serializers.avro.test.Order");
    }

    @Test
    void thePluginTakesTheSchemaFromAFile() throws IOException {
        SerializerSettings settings = settings(
                Object.class,
                Map.of("schema", file("node.avsc", Node.getClassSchema().toString())));
        byte[] encoded = serializer(settings).serialize(TOPIC, new Node("a", null));
        assertThat(deserializer(settings).deserialize(TOPIC, encoded))
                .isInstanceOf(GenericRecord.class)
                .hasToString("{\"name\": \"a\", \"next\": null}");
        assertThatThrownBy(() -> serializer(settings).serialize(TOPIC, Samples.order()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Node (fingerprint ");
    }

    @Test
    void thePluginReadsWithFurtherSchemas() throws IOException {
        String locations = file("order.avsc", Order.getClassSchema().toString()) + ","
                + file("node.avsc", Node.getClassSchema().toString());
        for (Type type : List.of(Object.class, GenericRecord.class, IndexedRecord.class, SpecificRecord.class)) {
            SerializerSettings settings = settings(type, Map.of("schemas", locations));
            byte[] encoded = serializer(settings).serialize(TOPIC, new Node("a", null));
            assertThat(deserializer(settings).deserialize(TOPIC, encoded)).isInstanceOf(GenericRecord.class);
        }
    }

    @Test
    void aDeclaredTypeThatAvroCannotWriteStopsTheStartUp() {
        for (Type type :
                List.of(Runnable.class, int[].class, Thread.class, org.apache.avro.specific.SpecificData.class)) {
            assertThatThrownBy(() -> plugin.serializer(settings(type, Map.of())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("avro cannot write the type " + type.getTypeName()
                            + ": declare GenericRecord, a class that Avro has generated, a class with fields or a"
                            + " primitive type, or choose another serializer");
        }
    }

    @Test
    void aDeclaredTypeWithoutASchemaOfItsOwnNeedsAFile() throws IOException {
        for (Type type : List.of(List.class, java.util.UUID.class)) {
            assertThatThrownBy(() -> plugin.serializer(settings(type, Map.of())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("avro cannot write the type " + type.getTypeName()
                            + " without a schema: it has none of its own. Name the file of its schema with schema");
        }
        SerializerSettings settings =
                settings(List.class, Map.of("schema", file("list.avsc", "{\"type\":\"array\",\"items\":\"int\"}")));
        byte[] encoded = serializer(settings).serialize(TOPIC, List.of(1, 2));
        assertThat(deserializer(settings).deserialize(TOPIC, encoded)).isEqualTo(List.of(1, 2));
    }

    @Test
    void aFileMayHaveTheSchemaOfAValue() throws IOException {
        String file = file("text.avsc", "\"string\"");
        for (Type type : List.of(Object.class, String.class)) {
            SerializerSettings settings = settings(type, Map.of("schema", file));
            byte[] encoded = serializer(settings).serialize(TOPIC, "a");
            assertThat(deserializer(settings).deserialize(TOPIC, encoded)).isEqualTo("a");
        }
        AvroSerializer<Object> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("value.avro.schema", file), false);
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(Map.of("avro.schema", file), false);
        assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, "a")))
                .isEqualTo("a");
        AvroDeserializer<Object> byFurther = new AvroDeserializer<>();
        byFurther.configure(Map.of("avro.schemas", file), false);
        assertThat(byFurther.deserialize(TOPIC, serializer.serialize(TOPIC, "a")))
                .isEqualTo("a");
        assertThatThrownBy(() -> plugin.serializer(settings(Integer.class, Map.of("schema", file))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the file has the schema string (fingerprint ")
                .hasMessageContaining("at $: the declared schema has string, and the record int");
    }

    @Test
    void theConnectorsRecordsAreReadWithTheSchemaOfTheFilesValues() throws IOException {
        AvroDeserializer<GenericRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(Map.of("avro.schemas", file("int.avsc", "\"int\""), "avro.framing", "none"), false);
        assertThat(deserializer.deserialize(TOPIC, new byte[] {42})).hasToString("{\"value\": 21}");
    }

    @Test
    void aFileThatIsNoSchemaOrThatOfAnotherRecordStopsTheStartUp() throws IOException {
        assertThatThrownBy(() -> plugin.serializer(settings(Object.class, Map.of("schema", file("a.avsc", "no")))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("for configuration schema: the file is no Avro schema in JSON (.avsc)");
        assertThatThrownBy(() -> plugin.serializer(settings(Object.class, Map.of("schema", "nowhere.avsc"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no such file");
        String node = file("node.avsc", Node.getClassSchema().toString());
        assertThatThrownBy(() -> plugin.serializer(settings(Order.class, Map.of("schema", node))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the file has the schema io.kurier.serializers.avro.test.Node (fingerprint ")
                .hasMessageContaining("and the declared class io.kurier.serializers.avro.test.Order (fingerprint ");
    }

    @Test
    void thePluginLimitsWhatIsRead() {
        SerializerSettings settings = settings(Order.class, Map.of("max.bytes", "10"));
        byte[] encoded = Samples.encode(Samples.order());
        assertThatThrownBy(() -> serializer(settings).serialize(TOPIC, Samples.order()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("could not be read with these settings")
                .hasMessageContaining("at most 10 are read");
        assertThatThrownBy(() -> deserializer(settings).deserialize(TOPIC, encoded))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at most 10 are read");
        assertThatThrownBy(() -> settings(Order.class, Map.of("max.bytes", "0")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("max.bytes");
    }

    @Test
    void aClientNamesTypeAndSchemasSeparatelyForKeysAndValues() throws IOException {
        Map<String, Object> config = Map.of(
                "avro.type",
                Order.class.getName(),
                "key.avro.type",
                Node.class,
                "value.avro.schemas",
                file("node.avsc", Node.getClassSchema().toString()),
                "avro.max.bytes",
                "100000");
        AvroDeserializer<Object> keys = new AvroDeserializer<>();
        keys.configure(config, true);
        AvroDeserializer<Object> values = new AvroDeserializer<>();
        values.configure(config, false);
        byte[] node = new AvroSerializer<>().serialize(TOPIC, new Node("a", null));
        assertThat(keys.deserialize(TOPIC, node)).isEqualTo(new Node("a", null));
        assertThat(values.deserialize(TOPIC, new AvroSerializer<>().serialize(TOPIC, Samples.order())))
                .isEqualTo(Samples.order());
    }

    @Test
    void aClientThatNamesNoSchemaOrAClassWithoutOneIsRefused() {
        assertThatThrownBy(() -> new AvroDeserializer<>().configure(Map.of("group.id", "g"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("set avro.type to a class that Avro has generated, or avro.schemas");
        assertThatThrownBy(() -> new AvroDeserializer<>().configure(Map.of("value.avro.type", Runnable.class), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "for configuration value.avro.type: avro cannot write the type java.lang.Runnable: ");
        assertThatThrownBy(() -> new AvroDeserializer<>().configure(Map.of("avro.type", "com.example.Nowhere"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no such class");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static SerializerSettings settings(Type type, Map<String, String> keys) {
        return new SerializerSettings(
                "avro",
                "orders",
                "orders",
                false,
                type,
                new AbstractConfig(new AvroSerializerPlugin().configDef(), keys));
    }

    @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
    private Serializer<Object> serializer(SerializerSettings settings) {
        return (Serializer<Object>) plugin.serializer(settings);
    }

    private Deserializer<?> deserializer(SerializerSettings settings) {
        return plugin.deserializer(settings).orElseThrow();
    }
}
