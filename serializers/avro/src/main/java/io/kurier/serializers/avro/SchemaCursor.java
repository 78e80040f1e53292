// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ByteCursor;
import io.kurier.serializers.internal.ReadLimits;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Reads single values of a payload and skips those before them, without making objects of them. Not safe for use by
 * several threads.
 */
final class SchemaCursor {
    private final ByteCursor in;
    private final ReadLimits limits;
    private int depth;

    SchemaCursor(ByteCursor in, ReadLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /**
     * Skips a value.
     *
     * @throws IOException if the bytes are no value of the schema
     * @throws io.kurier.serializers.internal.LimitExceededException if it is nested too deeply
     */
    void skip(Schema schema) throws IOException {
        switch (schema.getType()) {
            case RECORD -> skipFields(schema.getFields());
            case UNION -> skip(schema.getTypes().get(branch(schema.getTypes())));
            case ARRAY -> skipItems(schema.getElementType(), false);
            case MAP -> skipItems(schema.getValueType(), true);
            case STRING, BYTES -> in.skip(whole());
            case FIXED -> in.skip(schema.getFixedSize());
            case INT, LONG, ENUM -> in.varint();
            case FLOAT -> in.skip(Float.BYTES);
            case DOUBLE -> in.skip(Double.BYTES);
            case BOOLEAN -> in.skip(1);
            case NULL -> {}
        }
    }

    private void skipFields(List<Schema.Field> fields) throws IOException {
        if (++depth > limits.maxDepth()) {
            throw limits.tooDeep();
        }
        for (Schema.Field field : fields) {
            skip(field.schema());
        }
        depth--;
    }

    /** Skips blocks of items; a block with a negative number of them also has its size (specification, "Arrays"). */
    private void skipItems(Schema item, boolean keyed) throws IOException {
        for (long count = whole(); count != 0; count = whole()) {
            if (count < 0) {
                in.skip(whole());
                continue;
            }
            for (long left = count; left > 0; left--) {
                int before = in.remaining();
                if (keyed) {
                    in.skip(whole());
                }
                skip(item);
                if (in.remaining() == before) {
                    break; // of a type without bytes, such as null, a few bytes can claim any number of items
                }
            }
        }
    }

    /** Reads a whole number. */
    long whole() throws IOException {
        long zigzag = in.varint();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    /** Reads which branch of a union, or which symbol of an enum, a value has. */
    int branch(List<?> choices) throws IOException {
        long index = whole();
        if (index < 0 || index >= choices.size()) {
            throw new IOException("there is no such branch");
        }
        return (int) index;
    }

    /** Reads a boolean. */
    boolean isTrue() throws IOException {
        return in.copy(1)[0] == 1;
    }

    /** Reads the bytes of a text, or bytes. */
    byte[] bytes() throws IOException {
        return in.copy(whole());
    }

    /** Reads a number of bytes. */
    byte[] fixed(int size) throws IOException {
        return in.copy(size);
    }
}
