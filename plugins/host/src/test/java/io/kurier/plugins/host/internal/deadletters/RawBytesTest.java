// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RawBytesTest {
    private static @Nullable String text(@Nullable Schema schema, @Nullable Object value) {
        byte[] bytes = RawBytes.of(schema, value);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void takesTextAndBytesAsTheyAre() {
        byte[] bytes = {0, -1};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
        assertThat(text(null, "grün")).isEqualTo("grün");
        assertThat(text(Schema.STRING_SCHEMA, "grün")).isEqualTo("grün");
        assertThat(RawBytes.of(Schema.BYTES_SCHEMA, bytes)).isSameAs(bytes);
        assertThat(RawBytes.of(Schema.BYTES_SCHEMA, buffer)).containsExactly(2, 3);
        assertThat(buffer.position()).isEqualTo(1);
        assertThat(RawBytes.of(Schema.OPTIONAL_INT32_SCHEMA, null)).isNull();
    }

    @Test
    void writesConnectDataAsJsonWithoutItsSchema() {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("price", Decimal.schema(2))
                .build();
        Struct value = new Struct(schema).put("id", 7L).put("price", new BigDecimal("9.90"));
        assertThat(text(schema, value)).isEqualTo("{\"id\":7,\"price\":9.90}");
    }

    @Test
    void writesCollectionsAsJsonAndAnythingElseAsItsText() {
        assertThat(text(null, Map.of("id", 1))).isEqualTo("{\"id\":1}");
        assertThat(text(null, List.of(1, "b"))).isEqualTo("[1,\"b\"]");
        assertThat(text(null, new StringBuilder("built"))).isEqualTo("built");
        assertThat(text(null, 1.5)).isEqualTo("1.5");
    }

    @Test
    void describesAValueThatContradictsItsSchema() {
        assertThat(text(Schema.INT32_SCHEMA, 1.5)).isEqualTo("1.5");
    }

    @Test
    void neverThrows() {
        List<Object> circular = new ArrayList<>();
        circular.add(circular);
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("no text");
            }
        };
        assertThat(RawBytes.of(null, hostile)).isNull();
        assertThat(RawBytes.of(Schema.STRING_SCHEMA, hostile)).isNull();
        assertThat(RawBytes.of(null, Map.of("a", hostile))).isNull();
        assertThat(text(null, circular)).isNotNull();
    }

    @Test
    void keepsTheHeadersThatItCanWrite() {
        SourceRecord record = new SourceRecord(null, null, "t", null, "value");
        record.headers().addString("text", "a").addInt("number", 7).add("\uD800", "half a pair", null);
        assertThat(RawBytes.headers(record)).extracting("key").containsExactly("text", "number");
        assertThat(RawBytes.headers(record)).extracting("value").containsExactly(new byte[] {'a'}, new byte[] {'7'});
    }

    @Test
    void writesPositionsAsJson() {
        assertThat(RawBytes.text(Map.of("position", 17L))).isEqualTo("{\"position\":17}");
        assertThat(RawBytes.text(null)).isEmpty();
    }
}
