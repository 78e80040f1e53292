// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KurierConverterTest {
    private static final Schema ORDER = SchemaBuilder.record("shop.Order")
            .fields()
            .requiredString("id")
            .requiredLong("total")
            .endRecord();

    private static final GenericRecord RECORD =
            new GenericRecordBuilder(ORDER).set("id", "a-1").set("total", 5L).build();

    @TempDir
    Path folder;

    static KurierConverter converter(String... keys) {
        Map<String, String> configs = new HashMap<>();
        for (int i = 0; i < keys.length; i += 2) {
            configs.put(keys[i], keys[i + 1]);
        }
        KurierConverter converter = new KurierConverter();
        converter.configure(configs, false);
        return converter;
    }

    @Test
    void isFoundAsAConverter() {
        assertThat(ServiceLoader.load(Converter.class)).hasAtLeastOneElementOfType(KurierConverter.class);
    }

    @Test
    void writesTheRecordsOfAConnectorAsTheSerializerDoes() {
        try (KurierConverter converter = converter("serializer", "avro")) {
            byte[] bytes = converter.fromConnectData("orders", new RecordHeaders(), null, RECORD);
            assertThat(bytes).startsWith(0xC3, 0x01).hasSize(10 + 5);
            assertThat(converter.fromConnectData("orders", null, RECORD)).isEqualTo(bytes);
        }
    }

    @Test
    void keepsATombstone() {
        try (KurierConverter converter = converter("serializer", "avro")) {
            assertThat(converter.fromConnectData("orders", null, null)).isNull();
            assertThat(converter.toConnectData("orders", null)).isEqualTo(SchemaAndValue.NULL);
        }
    }

    @Test
    void writesAndReadsText() {
        try (KurierConverter converter = converter("serializer", "text", "charset", "UTF-16BE")) {
            byte[] bytes =
                    converter.fromConnectData("lines", org.apache.kafka.connect.data.Schema.STRING_SCHEMA, "hello");
            assertThat(bytes).hasSize(10);
            assertThat(converter.toConnectData("lines", bytes).value()).isEqualTo("hello");
        }
    }

    @Test
    void writesAndReadsBytes() {
        try (KurierConverter converter = converter("serializer", "bytes", "converter.type", "value")) {
            byte[] bytes = {1, 2, 3};
            assertThat(converter.fromConnectData("files", null, bytes)).isEqualTo(bytes);
            assertThat((byte[]) converter.toConnectData("files", bytes).value()).isEqualTo(bytes);
        }
    }

    @Test
    void writesMapsAsJson() {
        try (KurierConverter converter = converter("serializer", "json")) {
            assertThat(converter.fromConnectData("orders", null, Map.of("id", List.of(1, 2))))
                    .isEqualTo("{\"id\":[1,2]}".getBytes(UTF_8));
        }
    }

    @Test
    void writesTheFrameOfAFraming() throws Exception {
        Files.writeString(folder.resolve("order.avsc"), ORDER.toString());
        Files.writeString(folder.resolve("ids.properties"), "7=order.avsc\n");
        try (KurierConverter converter = converter(
                "serializer", "avro",
                "framing", "confluent",
                "framing.confluent.schemas", "file",
                "framing.confluent.schemas.folder", folder.toString())) {
            assertThat(converter.fromConnectData("orders", new RecordHeaders(), null, RECORD))
                    .startsWith(0, 0, 0, 0, 7);
        }
    }

    @Test
    void declaresTheKeysOfAllSerializers() {
        assertThat(new KurierConverter().config().names())
                .contains("serializer", "converter.type", "charset", "schema", "framing", "framing.confluent.schemas");
        assertThat(new KurierConverter().config().validate(Map.of("serializer", "avro", "converter.type", "value")))
                .flatExtracting(ConfigValue::errorMessages)
                .isEmpty();
    }

    @Test
    void refusesAKeyThatTheSerializerDoesNotHave() {
        assertThatThrownBy(() -> converter("serializer", "avro", "framming", "none"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("framming")
                .hasMessageContaining("Did you mean framing?");
    }

    @Test
    void refusesAnUnknownSerializer() {
        assertThatThrownBy(() -> converter("serializer", "arvo"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Did you mean avro?")
                .hasMessageContaining("protobuf");
    }

    @Test
    void namesTheTopicOfAValueThatCannotBeWritten() {
        try (KurierConverter converter = converter("serializer", "text")) {
            assertThatThrownBy(() -> converter.fromConnectData("lines", null, 42))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("topic lines, the value by the serializer text")
                    .hasMessageNotContaining("42");
        }
    }

    @Test
    void refusesAStructWhereTheFormatHasNone() {
        org.apache.kafka.connect.data.Schema schema = org.apache.kafka.connect.data.SchemaBuilder.struct()
                .field("a", org.apache.kafka.connect.data.Schema.STRING_SCHEMA)
                .build();
        try (KurierConverter converter = converter("serializer", "text")) {
            assertThatThrownBy(() -> converter.fromConnectData("lines", schema, new Struct(schema).put("a", "b")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("takes no Struct");
        }
    }

    @Test
    void waitsForAServer() {
        try (KurierConverter converter = converter("serializer", "waiting", "tries", "3")) {
            assertThat(converter.fromConnectData("orders", null, "a")).isEqualTo("a".getBytes(UTF_8));
        }
    }

    @Test
    void failsWithARetriableExceptionIfTheServerDoesNotAnswer() {
        try (KurierConverter converter = converter("serializer", "waiting", "max.block.ms", "1")) {
            assertThatThrownBy(() -> converter.fromConnectData("orders", null, "never"))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("topic orders, the value by the serializer waiting")
                    .hasMessageContaining("waits for the schema of orders: no answer within 1 ms");
            assertThat(converter.fromConnectData("orders", null, "a")).isEqualTo("a".getBytes(UTF_8));
        }
    }

    @Test
    void hidesTheMessageOfAnExceptionThatMayShowTheValue() {
        try (KurierConverter converter = converter("serializer", "waiting")) {
            assertThatThrownBy(() -> converter.fromConnectData("orders", null, "broken"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("java.lang.IllegalStateException")
                    .hasStackTraceContaining("withheld")
                    .hasMessageNotContaining("broken");
        }
    }
}
