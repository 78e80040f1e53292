// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records such that neither the data nor the schema, which both come with the file, can fill the heap or the
 * stack: it counts the items of arrays, of which those without bytes are free to claim, and the records within records.
 * Used by one thread.
 */
final class RecordDecoder extends GenericDatumReader<Object> {
    /** A thread with the default stack of 1 MiB can go about twice as deep. */
    private static final int MAX_DEPTH = 500;

    /** How many items, or records of a block, may claim to be there without a byte each. */
    static final int WITHOUT_BYTES = 1 << 16;

    /** How many fields without bytes (null, and what consists of it) one record may have; a real one has none or one. */
    private static final int MAX_EMPTY_PARTS = 16;

    private long maxItems;
    private long items;
    private int depth;

    /**
     * A decoder.
     *
     * @throws InvalidFileException if a record of the schema could take a lot of memory without taking bytes
     */
    RecordDecoder(Schema schema) throws InvalidFileException {
        super(schema, schema, model(schema));
        if (emptyParts(schema, new IdentityHashMap<>()) > MAX_EMPTY_PARTS) {
            throw new InvalidFileException(
                    "its schema has a record with more than " + MAX_EMPTY_PARTS + " parts that take no bytes");
        }
    }

    /**
     * The next record.
     *
     * @throws IOException if the bytes end too early
     * @throws AvroRuntimeException or any other, or a {@code StackOverflowError}, if they are no such record
     */
    IndexedRecord next(BinaryDecoder bytes) throws IOException {
        items = 0;
        depth = 0;
        maxItems = (long) bytes.remainingBytes() + WITHOUT_BYTES;
        return (IndexedRecord) read(null, bytes);
    }

    @Override
    protected Object readRecord(@Nullable Object old, Schema expected, ResolvingDecoder in) throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new AvroRuntimeException("too deep");
        }
        Object record = super.readRecord(old, expected, in);
        depth--;
        return record;
    }

    @Override
    protected void addToArray(Object array, long pos, @Nullable Object element) {
        if (++items > maxItems) {
            throw new AvroRuntimeException("too many items");
        }
        super.addToArray(array, pos, element);
    }

    /** The fast reader does not call the methods above; it is taken where there is nothing to count. */
    private static GenericData model(Schema schema) {
        GenericData model = new GenericData();
        model.setFastReaderEnabled(!needsCounting(schema, new IdentityHashMap<>()));
        return model;
    }

    /** Whether there is an array of items without bytes, or a type that contains itself. */
    private static boolean needsCounting(Schema schema, Map<Schema, Boolean> open) {
        return switch (schema.getType()) {
            case ARRAY -> isZeroByteSchema(schema.getElementType()) || needsCounting(schema.getElementType(), open);
            case MAP -> needsCounting(schema.getValueType(), open);
            case UNION -> schema.getTypes().stream().anyMatch(branch -> needsCounting(branch, open));
            case RECORD -> {
                Boolean around = open.putIfAbsent(schema, true);
                if (around != null) {
                    yield around;
                }
                boolean needed = schema.getFields().stream().anyMatch(field -> needsCounting(field.schema(), open));
                open.put(schema, false);
                yield needed;
            }
            default -> false;
        };
    }

    /** How many parts of a value take no bytes, at most; saturated. A record that is its own field never ends anyway. */
    private static long emptyParts(Schema schema, Map<Schema, Long> known) {
        return switch (schema.getType()) {
            case NULL -> 1;
            case FIXED -> schema.getFixedSize() == 0 ? 1 : 0;
            case ARRAY -> checked(schema.getElementType(), known);
            case MAP -> checked(schema.getValueType(), known);
            case UNION ->
                schema.getTypes().stream()
                        .mapToLong(branch -> checked(branch, known))
                        .max()
                        .orElse(0);
            case RECORD -> {
                Long before = known.putIfAbsent(schema, 0L);
                if (before != null) {
                    yield before;
                }
                long parts = 0;
                for (Schema.Field field : schema.getFields()) {
                    parts = Math.min(MAX_EMPTY_PARTS + 1, parts + emptyParts(field.schema(), known));
                }
                known.put(schema, parts);
                yield parts;
            }
            default -> 0;
        };
    }

    /** The items of a container do not add to the parts around it, unless they are too many themselves. */
    private static long checked(Schema schema, Map<Schema, Long> known) {
        long parts = emptyParts(schema, known);
        return parts > MAX_EMPTY_PARTS ? parts : 0;
    }
}
