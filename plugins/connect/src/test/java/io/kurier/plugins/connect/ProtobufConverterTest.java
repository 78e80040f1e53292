// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import static io.kurier.plugins.connect.KurierConverterTest.converter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import io.kurier.plugins.connect.internal.DataMapping;
import io.kurier.plugins.connect.internal.protobuf.ProtobufMapping;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtobufConverterTest {
    @TempDir
    Path folder;

    private static DataMapping mapping() {
        ProtobufMapping protobuf = new ProtobufMapping();
        return protobuf.mapping(new AbstractConfig(protobuf.configDef(), Map.of()));
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        long seed = Long.getLong("kurier.seed", System.nanoTime());
        System.out.println("ProtobufConverterTest.readsBackWhatItWrote: -Dkurier.seed=" + seed);
        for (int round = 0; round < 200; round++) {
            RandomData data = new RandomData(seed + round, false);
            Schema schema = data.struct(3);
            Message first = (Message) mapping().toFormat(schema, data.value(schema));
            Path file = folder.resolve("types" + round + ".desc");
            FileDescriptorSet.Builder files = FileDescriptorSet.newBuilder();
            FileDescriptor own = first.getDescriptorForType().getFile();
            own.getDependencies().forEach(each -> files.addFile(each.toProto()));
            Files.write(file, files.addFile(own.toProto()).build().toByteArray());
            try (KurierConverter converter =
                    converter("serializer", "protobuf", "descriptor", file.toString(), "message", schema.name())) {
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
    void numbersFieldsByTheirOrder() {
        Schema schema = SchemaBuilder.struct()
                .name("shop.Order")
                .field("id", Schema.INT64_SCHEMA)
                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                .field("price", Decimal.schema(2))
                .build();
        Message message = (Message)
                mapping().toFormat(schema, new Struct(schema).put("id", 5L).put("price", new BigDecimal("1.50")));
        assertThat(message.getDescriptorForType().getFullName()).isEqualTo("shop.Order");
        assertThat(message.toByteArray()).containsExactly(8, 5, 26, 6, 10, 4, '1', '.', '5', '0');
    }

    @Test
    void writesSmallIntegersAndEmptyLists() {
        Schema schema = SchemaBuilder.struct()
                .field("small", Schema.INT8_SCHEMA)
                .field(
                        "list",
                        SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
                .field(
                        "nested",
                        SchemaBuilder.struct().field("a", Schema.INT16_SCHEMA).build())
                .build();
        Schema nested = schema.field("nested").schema();
        Message message = (Message) mapping()
                .toFormat(
                        schema,
                        new Struct(schema).put("small", (byte) 3).put("nested", new Struct(nested).put("a", (short)
                                        4)));
        assertThat(message.toByteArray()).containsExactly(8, 3, 26, 2, 8, 4);
    }

    @Test
    void refusesAListOfLists() {
        Schema schema = SchemaBuilder.struct()
                .field(
                        "a",
                        SchemaBuilder.array(SchemaBuilder.array(Schema.STRING_SCHEMA)
                                        .build())
                                .build())
                .build();
        assertThatThrownBy(() -> mapping().toFormat(schema, new Struct(schema)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("a[]: Protobuf has no lists and maps of ARRAY");
    }

    @Test
    void refusesAValueThatIsNoStruct() {
        assertThatThrownBy(() -> mapping().toFormat(Schema.STRING_SCHEMA, "x"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("HoistField");
    }
}
