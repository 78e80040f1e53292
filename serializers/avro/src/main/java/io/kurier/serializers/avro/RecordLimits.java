// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record once before the reader that counts, to see that it is no bomb. That is needed for two kinds of schema:
 * arrays whose items take no bytes, of which six bytes can claim two thousand million, and types that contain
 * themselves, which can be nested until the stack is full. In all others each item takes a byte of the record.
 *
 * <p>Avro's own limit of items without bytes is a quarter of the heap and one for the whole JVM
 * ({@code org.apache.avro.limits.collectionItems.maxAllocation}), and it does not see how large an item becomes.
 */
final class RecordLimits extends GenericDatumReader<Object> {
    /** A thread with the default stack of 1 MiB can go about twice as deep. */
    static final int MAX_DEPTH = 500;

    private static final int ITEMS_WITHOUT_BYTES = 1 << 16;

    private final long maxItems;
    private long items;
    private int depth;

    private RecordLimits(Schema writer, int length) {
        super(writer, writer, slowModel());
        this.maxItems = (long) length + ITEMS_WITHOUT_BYTES;
    }

    /** Says which limit a record exceeds; its message holds numbers only. */
    static final class ExceededException extends AvroRuntimeException {
        private static final long serialVersionUID = 1L;

        private ExceededException(String message) {
            super(message);
        }
    }

    /**
     * Checks the body of a record.
     *
     * @throws ExceededException if it is a bomb
     * @throws IOException if it ends too early
     */
    static void check(Schema writer, byte[] bytes, int offset, int length) throws IOException {
        new RecordLimits(writer, length).read(null, DecoderFactory.get().binaryDecoder(bytes, offset, length, null));
    }

    /** Whether records of a schema must be checked. */
    static boolean isNeededFor(Schema schema) {
        return isNeededFor(schema, identitySet(), identitySet());
    }

    private static boolean isNeededFor(Schema schema, Set<Schema> around, Set<Schema> seen) {
        return switch (schema.getType()) {
            case ARRAY ->
                isZeroByteSchema(schema.getElementType()) || isNeededFor(schema.getElementType(), around, seen);
            case MAP -> isNeededFor(schema.getValueType(), around, seen);
            case UNION -> schema.getTypes().stream().anyMatch(branch -> isNeededFor(branch, around, seen));
            case RECORD -> {
                if (around.contains(schema)) {
                    yield true;
                }
                if (!seen.add(schema)) {
                    yield false;
                }
                around.add(schema);
                boolean needed =
                        schema.getFields().stream().anyMatch(field -> isNeededFor(field.schema(), around, seen));
                around.remove(schema);
                yield needed;
            }
            default -> false;
        };
    }

    @Override
    protected Object readRecord(@Nullable Object old, Schema expected, ResolvingDecoder in) throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new ExceededException("it has records within records deeper than " + MAX_DEPTH + " levels");
        }
        Object record = super.readRecord(old, expected, in);
        depth--;
        return record;
    }

    @Override
    protected void addToArray(Object array, long pos, @Nullable Object element) {
        if (++items > maxItems) {
            throw new ExceededException("its arrays claim more than " + maxItems
                    + " items, of which those beyond the length of the record can take no bytes");
        }
        super.addToArray(array, pos, element);
    }

    /** The fast reader would not call the methods above. */
    private static GenericData slowModel() {
        GenericData model = new GenericData();
        model.setFastReaderEnabled(false);
        return model;
    }

    private static Set<Schema> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
