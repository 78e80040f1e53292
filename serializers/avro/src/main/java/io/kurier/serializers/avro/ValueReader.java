// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of a schema that is not a record: as {@code String} and {@code byte[]}, as Kafka's own deserializers do,
 * where Avro has {@code Utf8} and {@code ByteBuffer}. What is within arrays and maps is as Avro has it. Safe for use by
 * any number of threads.
 *
 * @param reader Avro's own reader
 * @param asBuffers whether {@code ByteBuffer} was declared
 */
record ValueReader<T>(DatumReader<T> reader, boolean asBuffers) implements DatumReader<T> {

    @Override
    public void setSchema(Schema schema) {
        throw new UnsupportedOperationException("a reader belongs to one schema");
    }

    @Override
    @SuppressWarnings("unchecked") // the caller has declared the type that the schema has
    public @Nullable T read(@Nullable T reuse, Decoder in) throws IOException {
        return (T) plain(reader.read(null, in));
    }

    private @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Utf8) {
            return value.toString();
        }
        if (value instanceof ByteBuffer buffer && !asBuffers) {
            boolean whole = buffer.hasArray() && buffer.array().length == buffer.remaining();
            if (whole && !buffer.isReadOnly()) {
                return buffer.array();
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return value;
    }
}
