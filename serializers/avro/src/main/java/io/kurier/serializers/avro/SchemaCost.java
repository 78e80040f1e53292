// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ReadLimits;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much memory the values of a schema take in a JVM with compressed references, on the safe side: object
 * headers, the slots of arrays that grow, boxed numbers. In bytes. Immutable.
 */
final class SchemaCost {
    /** The bytes of an item in its array, in addition to itself: while an array grows it exists twice. */
    private static final int SLOT = 10;

    /**
     * The bytes of an entry in its map, in addition to the text of the key and the value: node, slots of the table, and
     * the key's objects.
     */
    static final int ENTRY = 120;

    private static final int NUMBER = 24;
    private static final int TEXT = 64;
    private static final int COLLECTION = 56;
    private static final int SET = 128;
    private static final int MAP = 128;
    private static final int RECORD = 40;
    private static final int FIELD = 8;

    /** The bytes of a default for each of its characters in the schema: {@code []} is an array, {@code {}} a map. */
    private static final int DEFAULT_LETTER = 28;

    /**
     * The bytes of a date with a time of day in addition to the number, and of a decimal in addition to its digits, in
     * a class.
     */
    private static final int DATE = 48;

    private static final int DECIMAL = 104;

    /** Beyond this nothing is added, so that no sum overflows. */
    private static final long ENOUGH = 1L << 32;

    /** The cost of a value of each schema without the values in it. */
    private final Map<Schema, Integer> alone = new IdentityHashMap<>();

    /**
     * The cost of a value of each schema with each contained value once, the largest branch of a union, and no items.
     */
    private final Map<Schema, Long> whole = new IdentityHashMap<>();

    private final Map<String, Schema> readersRecords = new HashMap<>();
    private final boolean typed;
    private final ReadAs target;
    private final long once;
    private final long eachByte;
    private boolean unbounded;

    SchemaCost(Schema writer, ReadAs target) {
        Schema reader = target.schema();
        this.typed = reader != null;
        this.target = target;
        if (reader != null) {
            collectRecords(reader, identitySet());
        }
        // By the reader's names, with which records find their counterparts (specification, "Aliases").
        Map<String, Schema> counterparts = new HashMap<>();
        pair(writer, reader == null ? writer : Schema.applyAliases(writer, reader), counterparts, identitySet());
        this.once = whole(writer, counterparts, identitySet());
        this.eachByte = Collections.max(whole.values()) + ENTRY;
    }

    /** Returns whether a record of that length can exceed a limit at all. */
    boolean mayExceed(int length, ReadLimits limits) {
        return unbounded || once + length * eachByte > limits.memory(length);
    }

    /** Returns the cost of a value of the schema without the values in it and without the length of its text. */
    int of(Schema schema) {
        return alone.getOrDefault(schema, 0);
    }

    /** Returns the bytes of an item in its collection, in addition to itself. */
    int slot() {
        return target.sets() ? ENTRY : SLOT;
    }

    /** Returns the cost of an item whose schema {@link #takesNoBytes}, with everything in it. */
    long withoutBytes(Schema item) {
        return whole.getOrDefault(item, 0L);
    }

    /** Returns whether a field takes no more than its slot: a class that Avro has generated has primitive fields. */
    boolean isPrimitive(Schema.Field field) {
        return target.primitiveFields()
                && isNumber(field.schema())
                && field.schema().getLogicalType() == null;
    }

    /** Returns whether Java has one object for all equal values of this small size ({@code Integer.valueOf}). */
    boolean isCached(Schema schema, long value) {
        return value == (byte) value && !(typed && schema.getLogicalType() != null);
    }

    private static boolean isNumber(Schema schema) {
        return switch (schema.getType()) {
            case INT, LONG, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    static boolean takesNoBytes(Schema schema) {
        return takesNoBytes(schema, identitySet());
    }

    /**
     * @param clear the records that were found to take none, or are being checked
     */
    private static boolean takesNoBytes(Schema schema, Set<Schema> clear) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD ->
                !clear.add(schema)
                        || schema.getFields().stream().allMatch(field -> takesNoBytes(field.schema(), clear));
            default -> false;
        };
    }

    private static void pair(Schema schema, Schema aliased, Map<String, Schema> counterparts, Set<Schema> seen) {
        switch (schema.getType()) {
            case ARRAY -> pair(schema.getElementType(), aliased.getElementType(), counterparts, seen);
            case MAP -> pair(schema.getValueType(), aliased.getValueType(), counterparts, seen);
            case UNION -> {
                for (int i = 0; i < schema.getTypes().size(); i++) {
                    pair(schema.getTypes().get(i), aliased.getTypes().get(i), counterparts, seen);
                }
            }
            case RECORD -> {
                if (seen.add(schema)) {
                    counterparts.put(schema.getFullName(), aliased);
                    for (int i = 0; i < schema.getFields().size(); i++) {
                        pair(
                                schema.getFields().get(i).schema(),
                                aliased.getFields().get(i).schema(),
                                counterparts,
                                seen);
                    }
                }
            }
            default -> {}
        }
    }

    private long whole(Schema schema, Map<String, Schema> counterparts, Set<Schema> around) {
        Long known = whole.get(schema);
        if (known != null) {
            return known;
        }
        int own = alone.computeIfAbsent(schema, each -> shallow(each, counterparts));
        long sum = own;
        switch (schema.getType()) {
            case ARRAY -> {
                unbounded |= takesNoBytes(schema.getElementType());
                whole(schema.getElementType(), counterparts, around);
            }
            case MAP -> whole(schema.getValueType(), counterparts, around);
            case UNION -> {
                for (Schema branch : schema.getTypes()) {
                    sum = Math.max(sum, whole(branch, counterparts, around));
                }
            }
            case RECORD -> {
                if (!around.add(schema)) {
                    unbounded = true;
                    return own;
                }
                for (Schema.Field field : schema.getFields()) {
                    sum = Math.min(ENOUGH, sum + whole(field.schema(), counterparts, around));
                }
                around.remove(schema);
            }
            default -> {}
        }
        whole.put(schema, sum);
        return sum;
    }

    private int shallow(Schema schema, Map<String, Schema> counterparts) {
        int plain = switch (schema.getType()) {
            case NULL, BOOLEAN, UNION, ENUM -> 0;
            case INT, LONG, FLOAT, DOUBLE -> NUMBER;
            case STRING, BYTES -> TEXT;
            case FIXED -> TEXT + schema.getFixedSize();
            case ARRAY -> target.sets() ? SET : COLLECTION;
            case MAP -> MAP;
            case RECORD -> record(schema, counterparts.get(schema.getFullName()));
        };
        return typed && schema.getLogicalType() != null ? plain + converted(schema) : plain;
    }

    private static int converted(Schema schema) {
        return switch (schema.getType()) {
            case LONG -> DATE;
            case BYTES, FIXED -> DECIMAL;
            default -> 0;
        };
    }

    private int record(Schema writer, @Nullable Schema aliased) {
        int own = RECORD + FIELD * writer.getFields().size();
        Schema reader = aliased == null ? null : readersRecords.get(aliased.getName());
        if (aliased == null || reader == null) {
            return own;
        }
        int made = RECORD + FIELD * reader.getFields().size();
        for (Schema.Field field : reader.getFields()) {
            if (aliased.getField(field.name()) == null && field.hasDefaultValue()) {
                made += DEFAULT_LETTER * String.valueOf(field.defaultVal()).length();
            }
        }
        return Math.max(own, made);
    }

    private void collectRecords(Schema schema, Set<Schema> seen) {
        switch (schema.getType()) {
            case ARRAY -> collectRecords(schema.getElementType(), seen);
            case MAP -> collectRecords(schema.getValueType(), seen);
            case UNION -> schema.getTypes().forEach(branch -> collectRecords(branch, seen));
            case RECORD -> {
                if (seen.add(schema)) {
                    readersRecords.merge(
                            schema.getName(),
                            schema,
                            (one, other) ->
                                    one.getFields().size() < other.getFields().size() ? other : one);
                    schema.getFields().forEach(field -> collectRecords(field.schema(), seen));
                }
            }
            default -> {}
        }
    }

    private static Set<Schema> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
