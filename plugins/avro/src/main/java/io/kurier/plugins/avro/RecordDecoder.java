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
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records with limits, so that neither the data nor the schema, which both come with the file, can fill the
 * heap or the stack. It counts records and the items of arrays and maps, some of which take no bytes, and the depth of
 * records. Used by one thread.
 */
final class RecordDecoder extends GenericDatumReader<Object> {
    /** A thread with the default stack of 1 MiB can nest about twice as deep. */
    private static final int MAX_DEPTH = 500;

    /** The maximum number of items, or records of a block, that may be declared without one byte each. */
    static final int WITHOUT_BYTES = 1 << 16;

    private final boolean counts;
    private @Nullable ResolvingDecoder resolver;
    private long maxItems;
    private long items;
    private int depth;

    private RecordDecoder(Schema schema) {
        super(schema, schema, new GenericData());
        this.counts = needsCounting(schema, new IdentityHashMap<>());
        // The fast reader does not call the methods below; it is used where there is nothing to count.
        getData().setFastReaderEnabled(!counts);
    }

    /**
     * Creates a decoder.
     *
     * @throws InvalidFileException if a record of the schema could take a lot of time or memory without taking bytes
     */
    static RecordDecoder of(Schema schema) throws InvalidFileException {
        try {
            SchemaLimits.check(schema);
            return new RecordDecoder(schema);
        } catch (StackOverflowError e) {
            throw new InvalidFileException(
                    "its schema has types within types so deeply that the thread's stack is full");
        }
    }

    /** Returns whether the number of items limits a record; if so, a record must not be skipped. */
    boolean counts() {
        return counts;
    }

    /**
     * Returns the next record.
     *
     * @param maxBytes the maximum size of the record in bytes; limits the number of items where these are counted
     * @throws IOException if the bytes end too early
     * @throws AvroRuntimeException or any other, or a {@code StackOverflowError}, if the bytes are not a valid record
     */
    IndexedRecord next(BinaryDecoder bytes, int maxBytes) throws IOException {
        items = 0;
        depth = 0;
        maxItems = (long) Math.min(bytes.remainingBytes(), maxBytes) + WITHOUT_BYTES;
        return (IndexedRecord) (counts ? readCounting(bytes) : read(null, bytes));
    }

    /**
     * Reads as Avro's own method does, which would keep the schema of every file that contains itself for the life of
     * the thread.
     */
    private Object readCounting(BinaryDecoder bytes) throws IOException {
        ResolvingDecoder resolving = resolver;
        if (resolving == null) {
            resolving = DecoderFactory.get().resolvingDecoder(getSchema(), getSchema(), null);
            resolver = resolving;
        }
        resolving.configure(bytes);
        Object record = read(null, getSchema(), resolving);
        resolving.drain();
        return record;
    }

    /** Skips the next record without creating it; fails as {@link #next} does. */
    void skip(BinaryDecoder bytes) throws IOException {
        skip(getSchema(), bytes);
    }

    @Override
    protected Object readRecord(@Nullable Object old, Schema expected, ResolvingDecoder in) throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new AvroRuntimeException("too deep");
        }
        count();
        Object record = super.readRecord(old, expected, in);
        depth--;
        return record;
    }

    @Override
    protected void addToArray(Object array, long pos, @Nullable Object element) {
        count();
        super.addToArray(array, pos, element);
    }

    @Override
    protected void addToMap(Object map, Object key, @Nullable Object value) {
        count();
        super.addToMap(map, key, value);
    }

    private void count() {
        if (++items > maxItems) {
            throw new AvroRuntimeException("too many items");
        }
    }

    /** Returns whether there is an array of items without bytes, or a type that contains itself. */
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
}
