// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.avro.test.Order;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** Records with a frame of single-object encoding, and with none. */
class AvroFramingTest {
    private static final Schema READING = SchemaBuilder.record("Reading")
            .namespace("com.example")
            .fields()
            .requiredInt("celsius")
            .endRecord();
    private static final Schema OTHER = SchemaBuilder.record("Other")
            .namespace("com.example")
            .fields()
            .requiredInt("celsius")
            .endRecord();
    private static final GenericRecord RECORD =
            new GenericRecordBuilder(READING).set("celsius", 21).build();

    @Test
    void withoutAFrameARecordIsItsBytesAlone() {
        byte[] framed = Samples.encode(RECORD);
        AvroSerializer<GenericRecord> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("avro.framing", "none"), false);

        assertThat(serializer.serialize("readings", RECORD))
                .containsExactly(42)
                .isEqualTo(Arrays.copyOfRange(framed, 10, framed.length));
        assertThat(framed).startsWith(0xC3, 0x01);
    }

    @Test
    void aReaderWithoutAFrameTakesTheOnlySchemaThatItKnows() {
        AvroDeserializer<GenericRecord> generic = AvroDeserializer.generic(READING);
        generic.configure(Map.of("value.avro.framing", "none"), false);
        assertThat(generic.deserialize("readings", new byte[] {42})).isEqualTo(RECORD);

        byte[] framed = Samples.encode(Samples.order());
        AvroDeserializer<Order> ofClass = new AvroDeserializer<>(Order.class);
        ofClass.configure(Map.of("avro.framing", "none"), false);
        assertThat(ofClass.deserialize("orders", Arrays.copyOfRange(framed, 10, framed.length)))
                .isEqualTo(Samples.order());
    }

    @Test
    void aReaderWithoutAFrameAndWithoutOneSchemaIsRefused() {
        assertThatThrownBy(() -> new AvroDeserializer<>().configure(Map.of("avro.framing", "none"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("does not say with which schema a record was written, and no schema is known."
                        + " Let schemas (avro.schemas in a Kafka client's configuration) name the only one");
        assertThatThrownBy(
                        () -> AvroDeserializer.generic(READING, OTHER).configure(Map.of("avro.framing", "none"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("and there are several");
    }

    @Test
    void aPublishersKeyChoosesTheFraming() {
        AvroSerializerPlugin plugin = new AvroSerializerPlugin();
        SerializerSettings settings = new SerializerSettings(
                "avro",
                "readings",
                "readings",
                false,
                GenericRecord.class,
                new AbstractConfig(plugin.configDef(), Map.of("framing", "none")));
        @SuppressWarnings("unchecked") // it takes what is declared
        Serializer<GenericRecord> serializer = (Serializer<GenericRecord>) plugin.serializer(settings);

        assertThat(serializer.serialize("readings", RECORD)).containsExactly(42);
        assertThatThrownBy(() -> plugin.deserializer(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no schema is known");
    }

    @Test
    void anUnknownFramingIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> new AvroSerializer<>().configure(Map.of("key.avro.framing", "confluent"), true))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Invalid value confluent for configuration key.avro.framing: there is no such framing for avro."
                                + " There are none, single-object. Correct the name, or add the jar that has it");
    }

    @Test
    void aFramingMayHaveTheSchemaAsTextOnly() {
        Framing learning = new LearningFraming(READING.toString());
        try (Deserializer<GenericRecord> reader = reader(learning)) {
            assertThat(reader.deserialize("readings", new byte[] {0, 42})).isEqualTo(RECORD);
        }
        try (Deserializer<GenericRecord> reader = reader(new LearningFraming("{\"type\":"))) {
            assertThatThrownBy(() -> reader.deserialize("readings", new byte[] {0, 42}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith(
                            "cannot read Avro as GenericRecord: its framing names a schema that is none in JSON: ");
        }
        try (Deserializer<Integer> reader = reader(new LearningFraming("\"int\""))) {
            assertThat(reader.deserialize("readings", new byte[] {0, 42})).isEqualTo(21);
        }
        Framing withClass =
                new LearningFraming("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"s\",\"type\":"
                        + "{\"type\":\"string\",\"java-class\":\"java.lang.Thread\"}}]}");
        try (Deserializer<GenericRecord> reader = reader(withClass)) {
            assertThat(reader.deserialize("readings", new byte[] {0, 2, 'a'})).hasToString("{\"s\": \"a\"}");
        }
    }

    private static <T> Deserializer<T> reader(Framing framing) {
        return new AvroDeserializer<>(DeclaredType.UNKNOWN, List.of(), List.of(), AvroFormat.LIMITS, framing);
    }

    @Test
    void onlyAFramingThatAddsHeadersMakesAPublisherGiveSome() throws NoSuchMethodException {
        SerializerPlugin plugin = new AvroSerializerPlugin().withFramings(List.of(new HeaderPlugin()));
        Serializer<GenericRecord> bare = made(plugin, Map.of());
        Serializer<GenericRecord> inHeaders = made(plugin, Map.of("framing", "in-header"));

        assertThat(methodWithHeaders(bare)).isEqualTo(Serializer.class);
        assertThat(methodWithHeaders(inHeaders)).isEqualTo(AvroSerializer.class);
        ArrayHeaders headers = new ArrayHeaders();
        assertThat(inHeaders.serialize("readings", headers, RECORD)).containsExactly(42);
        assertThat(Objects.requireNonNull(headers.lastHeader("schema")).value())
                .isEqualTo("com.example.Reading".getBytes(UTF_8));
        assertThat(bare.serialize("readings", RECORD)).startsWith(0xC3, 0x01).hasSize(11);
    }

    @SuppressWarnings("unchecked") // it takes what is declared
    private static Serializer<GenericRecord> made(SerializerPlugin plugin, Map<String, String> keys) {
        return (Serializer<GenericRecord>) plugin.serializer(new SerializerSettings(
                "avro",
                "readings",
                "readings",
                false,
                GenericRecord.class,
                new AbstractConfig(plugin.configDef(), keys)));
    }

    private static Class<?> methodWithHeaders(Serializer<?> serializer) throws NoSuchMethodException {
        return serializer
                .getClass()
                .getMethod("serialize", String.class, Headers.class, Object.class)
                .getDeclaringClass();
    }

    /** Names the schema in a header. */
    private static final class HeaderPlugin implements FramingPlugin {
        @Override
        public String name() {
            return "in-header";
        }

        @Override
        public Framing framing(FramingSettings settings) {
            return new Framing() {
                @Override
                public FrameWriter writer(String topic, PayloadSchema schema) {
                    byte[] name = String.valueOf(schema.fullName()).getBytes(UTF_8);
                    return headers -> {
                        if (headers != null) {
                            headers.add("schema", name);
                        }
                        return new byte[0];
                    };
                }

                @Override
                public FrameReader reader(Collection<? extends PayloadSchema> known) {
                    return (topic, headers, bytes, offset, length) -> Frame.NONE;
                }

                @Override
                public boolean addsHeaders() {
                    return true;
                }
            };
        }
    }
}
