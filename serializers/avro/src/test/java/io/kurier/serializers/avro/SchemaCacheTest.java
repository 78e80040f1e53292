// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCacheTest {
    private static final String TOPIC = "t";

    @TempDir
    Path folder;

    @Test
    void aValueIsFoundByTheObjectAndByTheText() {
        SchemaCache<Integer> cache = new SchemaCache<>();
        Object first = new Object();
        Object second = new Object();
        assertThat(cache.get(first, "a")).isNull();
        assertThat(cache.getOrMake(first, "a", "text", () -> 1)).isEqualTo(1);
        assertThat(cache.getOrMake(second, "a", "text", () -> 2)).isEqualTo(1);
        assertThat(cache.getOrMake(second, "b", "text", () -> 3)).isEqualTo(3);
        assertThat(cache.get(first, "a")).isEqualTo(1);
        assertThat(cache.get(second, "b")).isEqualTo(3);
        assertThat(cache.get(first, "b")).isNull();
    }

    @Test
    void itIsBoundedInNumberAndSize() {
        SchemaCache<Integer> cache = new SchemaCache<>();
        for (int i = 0; i < 5_000; i++) {
            int value = i;
            Object schema = new Object();
            cache.getOrMake(schema, "a", "text " + i, () -> value);
            assertThat(cache.get(schema, "a")).isEqualTo(i);
            assertThat(cache.size()).isLessThanOrEqualTo(SchemaCache.KEPT_SCHEMAS);
        }
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 100; i++) {
            cache.getOrMake(new Object(), "a", large + i, () -> 0);
            assertThat(cache.size()).isLessThan(SchemaCache.KEPT_SCHEMAS);
        }
        assertThat(cache.size()).isLessThan(11);
    }

    /** Avro's own comparison ignores the documentation, and a registry gives both texts an id. */
    @Test
    void schemasThatDifferInTheirDocumentationHaveFramesOfTheirOwn() {
        List<String> seen = new ArrayList<>();
        Framing framing = new Framing() {
            @Override
            public FrameWriter writer(String topic, PayloadSchema schema) {
                seen.add(schema.text());
                return headers -> new byte[0];
            }

            @Override
            public FrameReader reader(Collection<? extends PayloadSchema> known) {
                throw new UnsupportedOperationException();
            }
        };
        AvroSerializer<Object> serializer =
                new AvroSerializer<>(Declaration.NONE, false, AvroFormat.LIMITS, framing, null);
        for (String doc : List.of("a", "b", "a")) {
            serializer.serialize(TOPIC, record(schema("{'type':'record','name':'R','doc':'" + doc + "','fields':[]}")));
        }
        assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aHundredThousandSchemasDoNotFillAHeapOf64Megabytes() throws Exception {
        assertThat(SmallJvm.run(folder.resolve("output"), ManySchemas.class))
                .endsWith("100000 were written and read\n");
    }
}
