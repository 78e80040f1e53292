// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import static io.kurier.plugins.connect.KurierConverterTest.converter;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class JsonConverterTest {
    private static final Schema SCHEMA = SchemaBuilder.struct()
            .field("id", Schema.INT8_SCHEMA)
            .field("price", Decimal.schema(2))
            .field("day", Date.SCHEMA)
            .field("time", Time.SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("raw", Schema.BYTES_SCHEMA)
            .field("note", SchemaBuilder.string().optional().defaultValue("x").build())
            .field("tags", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build())
            .field(
                    "sums",
                    SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.INT64_SCHEMA).build())
            .build();

    private static Struct struct() {
        return new Struct(SCHEMA)
                .put("id", (byte) 7)
                .put("price", new BigDecimal("1.50"))
                .put("day", new java.util.Date(86_400_000L))
                .put("time", new java.util.Date(3_600_001L))
                .put("at", new java.util.Date(1_000L))
                .put("raw", ByteBuffer.wrap(new byte[] {1, 2}))
                .put("note", null)
                .put("tags", Arrays.asList("a", null))
                .put("sums", Map.of(1, 2L));
    }

    @Test
    void writesAStructAsAnObject() {
        try (KurierConverter converter = converter("serializer", "json")) {
            assertThat(new String(converter.fromConnectData("t", SCHEMA, struct()), UTF_8))
                    .isEqualTo("{\"id\":7,\"price\":1.50,\"day\":\"1970-01-02\",\"time\":\"01:00:00.001\","
                            + "\"at\":\"1970-01-01T00:00:01Z\",\"raw\":\"AQI=\",\"note\":null,\"tags\":[\"a\",null],"
                            + "\"sums\":[[1,2]]}");
        }
    }

    @Test
    void writesTimesAsNumbersIfTheKeySaysSo() {
        try (KurierConverter converter = converter("serializer", "json", "time.format", "epoch")) {
            assertThat(new String(converter.fromConnectData("t", SCHEMA, struct()), UTF_8))
                    .contains("\"day\":1,\"time\":3600001,\"at\":1000,");
        }
        assertThatThrownBy(() -> converter("serializer", "json", "time.format", "unix"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("time.format");
    }

    @Test
    void readsDataWithoutASchema() {
        String json = "{\"a\":1,\"b\":[1.5,true,null,\"x\"],\"c\":0.1,\"d\":12345678901234567890.1}";
        try (KurierConverter converter = converter("serializer", "json")) {
            SchemaAndValue read = converter.toConnectData("t", json.getBytes(UTF_8));
            assertThat(read.schema()).isNull();
            assertThat(read.value())
                    .isEqualTo(Map.of(
                            "a",
                            1L,
                            "b",
                            Arrays.asList(1.5, true, null, "x"),
                            "c",
                            0.1,
                            "d",
                            new BigDecimal("12345678901234567890.1")));
        }
    }

    @Test
    void namesTheFieldThatIsNullAndMustNotBe() {
        Schema schema = SchemaBuilder.struct()
                .field("lines", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .build();
        Struct value = new Struct(schema);
        try (KurierConverter converter = converter("serializer", "json")) {
            assertThatThrownBy(() -> converter.fromConnectData("orders", schema, value))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("topic orders")
                    .hasMessageContaining("lines: it is null");
            assertThat(converter.fromConnectData("orders", schema, value.put("lines", List.of())))
                    .isEqualTo("{\"lines\":[]}".getBytes(UTF_8));
        }
    }
}
