// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Refuses schemas that could take a lot of time or memory with few bytes. A schema defines a record once and may use it
 * often, so that a few kilobytes of schema can represent thousands of millions of fields. Avro visits all of them
 * wherever a record has another one as a field; unions, arrays and maps end the visit.
 */
final class SchemaLimits {
    /** The maximum number of fields of one record, including those of the records that are its fields. */
    private static final int MAX_PARTS = 1 << 16;

    /**
     * The maximum number of fields of the items of all arrays of a schema together: Avro visits each when it creates a
     * reader.
     */
    private static final int MAX_ARRAY_PARTS = 1 << 22;

    /** The maximum number of them without bytes (null, and what consists of it); a real record has none or one. */
    private static final int MAX_EMPTY_PARTS = 16;

    private static final Size ONE = new Size(1, 0);
    private static final Size EMPTY = new Size(1, 1);
    /** The size of a record whose check has not ended. */
    private static final Size OPEN = new Size(-1, -1);

    private final IdentityHashMap<Schema, Size> records = new IdentityHashMap<>();
    private final Deque<Schema> left = new ArrayDeque<>();
    private final List<Schema> items = new ArrayList<>();

    private record Size(long parts, long empty) {}

    private SchemaLimits() {}

    /**
     * Checks a schema.
     *
     * @throws InvalidFileException if it is too large, or a record in it has no end
     */
    static void check(Schema schema) throws InvalidFileException {
        SchemaLimits limits = new SchemaLimits();
        limits.left.add(schema);
        while (!limits.left.isEmpty()) {
            limits.size(limits.left.remove());
        }
        long arrays = limits.items.stream()
                .mapToLong(item -> limits.records.getOrDefault(item, ONE).parts)
                .sum();
        if (arrays > MAX_ARRAY_PARTS) {
            throw new InvalidFileException("its schema has arrays whose items have more than " + MAX_ARRAY_PARTS
                    + " fields, those of records within records counted");
        }
    }

    private Size size(Schema schema) throws InvalidFileException {
        return switch (schema.getType()) {
            case NULL -> EMPTY;
            case FIXED -> schema.getFixedSize() == 0 ? EMPTY : ONE;
            case ARRAY -> {
                left.add(schema.getElementType());
                items.add(schema.getElementType());
                yield ONE;
            }
            case MAP -> {
                left.add(schema.getValueType());
                yield ONE;
            }
            case UNION -> {
                left.addAll(schema.getTypes());
                yield ONE;
            }
            case RECORD -> record(schema);
            default -> ONE;
        };
    }

    private Size record(Schema schema) throws InvalidFileException {
        Size before = records.putIfAbsent(schema, OPEN);
        if (OPEN.equals(before)) {
            throw new InvalidFileException("its schema has a record that is a field of itself, so that it has no end");
        }
        if (before != null) {
            return before;
        }
        long parts = 0;
        long empty = 0;
        for (Schema.Field field : schema.getFields()) {
            Size size = size(field.schema());
            parts += size.parts;
            empty += size.empty;
        }
        if (parts > MAX_PARTS) {
            throw new InvalidFileException("its schema has a record with more than " + MAX_PARTS
                    + " fields, those of records within it counted");
        }
        if (empty > MAX_EMPTY_PARTS) {
            throw new InvalidFileException(
                    "its schema has a record with more than " + MAX_EMPTY_PARTS + " parts that take no bytes");
        }
        Size size = new Size(parts, empty);
        records.put(schema, size);
        return size;
    }
}
