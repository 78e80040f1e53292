// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import static io.kurier.plugins.connect.KurierConverterTest.converter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.connect.internal.DataMapping;
import io.kurier.plugins.connect.internal.avro.AvroMapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroConverterTest {
    private static final Schema ROW = SchemaBuilder.struct()
            .name("shop.public.orders.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("shop.public.orders.Envelope")
            .version(2)
            .field("before", ROW)
            .field("after", ROW)
            .field(
                    "at",
                    SchemaBuilder.int64()
                            .name("io.debezium.time.Timestamp")
                            .version(1)
                            .build())
            .field("price", Decimal.builder(2).optional().build())
            .build();

    private static final String SCHEMA =
            "{\"type\":\"record\",\"name\":\"Envelope\",\"namespace\":\"shop.public.orders\",\"fields\":[{\"name\""
                    + ":\"before\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Value\",\"fields\":[{\"name\":\"id\",\"type"
                    + "\":\"long\"},{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}],\"connect.name\":\"sh"
                    + "op.public.orders.Value\"}],\"default\":null},{\"name\":\"after\",\"type\":[\"null\",\"Value\"],\"de"
                    + "fault\":null},{\"name\":\"at\",\"type\":{\"type\":\"long\",\"connect.name\":\"io.debezium.time.Time"
                    + "stamp\",\"connect.version\":1}},{\"name\":\"price\",\"type\":[\"null\",{\"type\":\"bytes\",\"logicalT"
                    + "ype\":\"decimal\",\"precision\":64,\"scale\":2,\"connect.name\":\"org.apache.kafka.connect.data"
                    + ".Decimal\",\"connect.version\":1,\"connect.parameters\":{\"scale\":\"2\"}}],\"default\":null}],\""
                    + "connect.name\":\"shop.public.orders.Envelope\",\"connect.version\":2}";

    @TempDir
    Path folder;

    private static DataMapping mapping(boolean adjust) {
        AvroMapping avro = new AvroMapping();
        return avro.mapping(new AbstractConfig(avro.configDef(), Map.of("names.adjust", adjust)));
    }

    @Test
    void writesTheSchemaThatAvroConvertersOfConnectWrite() {
        Struct row = new Struct(ROW).put("id", 5L);
        Object written = mapping(false)
                .toFormat(ENVELOPE, new Struct(ENVELOPE).put("after", row).put("at", 1L));
        assertThat(((GenericContainer) written).getSchema().toString()).isEqualTo(SCHEMA);
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        long seed = Long.getLong("kurier.seed", System.nanoTime());
        System.out.println("AvroConverterTest.readsBackWhatItWrote: -Dkurier.seed=" + seed);
        for (int round = 0; round < 200; round++) {
            RandomData data = new RandomData(seed + round, true);
            Schema schema = data.struct(3);
            Path file = folder.resolve("schema" + round + ".avsc");
            Struct first = data.value(schema);
            GenericContainer written = (GenericContainer) mapping(false).toFormat(schema, first);
            Files.writeString(file, written.getSchema().toString());
            try (KurierConverter converter = converter("serializer", "avro", "schema", file.toString())) {
                for (int i = 0; i < 5; i++) {
                    Struct value = data.value(schema);
                    SchemaAndValue read =
                            converter.toConnectData("orders", converter.fromConnectData("orders", schema, value));
                    assertThat(read.schema())
                            .as("seed " + seed + ", round " + round)
                            .isEqualTo(schema);
                    assertThat(read.value())
                            .as("seed " + seed + ", round " + round)
                            .isEqualTo(value);
                }
            }
        }
    }

    @Test
    void makesASchemaOnceForEqualSchemas() {
        DataMapping mapping = mapping(false);
        GenericRecord one = (GenericRecord) mapping.toFormat(ROW, new Struct(ROW).put("id", 1L));
        Schema copy = SchemaBuilder.struct()
                .name("shop.public.orders.Value")
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        GenericRecord other = (GenericRecord) mapping.toFormat(copy, new Struct(copy).put("id", 2L));
        assertThat(other.getSchema()).isSameAs(one.getSchema());
    }

    @Test
    void keepsANullOfAnOptionalFieldWithADefault() {
        Schema schema = SchemaBuilder.struct()
                .field("a", SchemaBuilder.string().optional().defaultValue("x").build())
                .field("b", SchemaBuilder.string().defaultValue("y").build())
                .build();
        GenericRecord record = (GenericRecord) mapping(false).toFormat(schema, new Struct(schema));
        assertThat(record.get("a")).isNull();
        assertThat(record.get("b")).isEqualTo("y");
    }

    @Test
    void refusesANameThatAvroDoesNotHave() {
        Schema schema = SchemaBuilder.struct()
                .name("my-shop.Order")
                .field("line-total", Schema.INT32_SCHEMA)
                .build();
        Struct value = new Struct(schema).put("line-total", 1);
        assertThatThrownBy(() -> mapping(false).toFormat(schema, value))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("my-shop.Order")
                .hasMessageContaining("names.adjust=true");
        GenericRecord record = (GenericRecord) mapping(true).toFormat(schema, value);
        assertThat(record.getSchema().getFullName()).isEqualTo("my_shop.Order");
        assertThat(record.get("line_total")).isEqualTo(1);
    }

    @Test
    void refusesTwoSchemasOfOneName() {
        Schema other = SchemaBuilder.struct()
                .name(ROW.name())
                .field("x", Schema.INT32_SCHEMA)
                .build();
        Schema schema = SchemaBuilder.struct().field("a", ROW).field("b", other).build();
        assertThatThrownBy(() -> mapping(false).toFormat(schema, new Struct(schema)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("b: another schema with other content has the name shop.public.orders.Value");
    }

    @Test
    void refusesALogicalTypeAsTheWholeValue() {
        assertThatThrownBy(() -> mapping(false).toFormat(Timestamp.SCHEMA, new java.util.Date(0)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("HoistField");
    }

    @Test
    void writesWholeMapsAndArrays() {
        Schema map =
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build();
        Schema array = SchemaBuilder.array(Schema.STRING_SCHEMA).build();
        try (KurierConverter converter = converter("serializer", "avro", "framing", "none")) {
            assertThat(converter.fromConnectData("t", map, Map.of("a", 1))).containsExactly(2, 2, 'a', 2, 0);
            assertThat(converter.fromConnectData("t", array, java.util.List.of("a")))
                    .containsExactly(2, 2, 'a', 0);
        }
    }
}
