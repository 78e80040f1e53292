// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.PayloadSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that records may have been written with: those that a reader was given, and those that its framing has
 * found. Safe for use by any number of threads.
 */
final class WriterSchemas<T> {
    /** Beyond that a framing makes a new schema for every record, and keeping them would fill the heap. */
    private static final int KEPT_SCHEMAS = 1_000;

    private final ReadLimits limits;
    private final @Nullable Schema expected;
    private final List<Schema> others;
    private final FastReaderBuilder readers;
    private final List<AvroPayloadSchema> known = new ArrayList<>();

    /** The readers for the given schemas. */
    private final Map<PayloadSchema, Readable<T>> readable = new ConcurrentHashMap<>();

    /** The readers for the schemas that a framing has found. */
    private final Map<PayloadSchema, Readable<T>> learnt = new ConcurrentHashMap<>();

    /** A schema that records may have been written with, and its reader. */
    record Readable<T>(Schema writer, DatumReader<T> reader, RecordScan scan) {}

    /**
     * Creates it with the given schemas.
     *
     * @param type the generated class to read, or null for generic records
     * @param others the schemas in addition to that of the class
     * @throws ConfigException if a field has different logical types in two of them
     */
    WriterSchemas(@Nullable Class<?> type, List<Schema> others, ReadLimits limits) {
        this.limits = limits;
        this.expected = type == null ? null : Schemas.of(type);
        this.others = List.copyOf(others);
        // its own readers, not those of GenericDatumReader, which a setting of the JVM could turn off
        this.readers = new FastReaderBuilder(
                type == null || expected == null ? new GenericData() : new DeclaredClasses(type, expected));
        if (expected != null) {
            add(expected);
        }
        others.forEach(this::add);
    }

    private void add(Schema writer) {
        requireSameMeaning(writer, expected);
        AvroPayloadSchema before = known.stream()
                .filter(schema -> Fingerprint.of(schema.nativeSchema()).equals(Fingerprint.of(writer)))
                .findFirst()
                .orElse(null);
        requireSameMeaning(writer, before == null ? null : before.nativeSchema());
        if (before == null) {
            AvroPayloadSchema schema = new AvroPayloadSchema(writer);
            known.add(schema);
            readable.put(schema, readable(writer));
        }
    }

    /** Returns the given schemas, each fingerprint once, the class's first. */
    List<PayloadSchema> known() {
        return List.copyOf(known);
    }

    /** Returns the given schemas without that of the class. */
    List<Schema> others() {
        return others;
    }

    /**
     * Returns the schema of records whose frame does not name it: the only one in addition to the class's, otherwise
     * the class's; null if there is none, or more than one.
     */
    @Nullable
    PayloadSchema unnamed() {
        Set<Fingerprint> named = others.stream().map(Fingerprint::of).collect(Collectors.toSet());
        List<AvroPayloadSchema> candidates = known.stream()
                .filter(schema -> named.isEmpty() || named.contains(Fingerprint.of(schema.nativeSchema())))
                .toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    /**
     * Returns the reader for records that were written with a schema.
     *
     * @throws SerializationException if a framing has found it, and it is not a schema or cannot be used for reading;
     *     its message is the end of a sentence
     */
    Readable<T> of(PayloadSchema schema) {
        Readable<T> given = readable.get(schema);
        Readable<T> found = given == null ? learnt.get(schema) : given;
        if (found != null) {
            return found;
        }
        Schema writer = schema.nativeSchema() instanceof Schema avro ? avro : Schemas.ofText(schema);
        if (writer.getType() != Schema.Type.RECORD) {
            throw new SerializationException("it was written with a schema of the type "
                    + writer.getType().getName() + ", and only records are read");
        }
        Readable<T> made;
        try {
            requireSameMeaning(writer, expected);
            made = readable(writer);
        } catch (ConfigException e) {
            throw new SerializationException("of the schema that it was written with: " + e.getMessage(), e);
        }
        if (learnt.size() >= KEPT_SCHEMAS) {
            learnt.clear();
        }
        learnt.put(schema, made);
        return made;
    }

    private Readable<T> readable(Schema writer) {
        try {
            DatumReader<T> reader = readers.createDatumReader(writer, expected == null ? writer : expected);
            return new Readable<>(writer, reader, new RecordScan(writer, expected, limits));
        } catch (IOException e) {
            throw new ConfigException("The schema " + Fingerprint.describe(writer) + " cannot be read with: " + e);
        }
    }

    private static void requireSameMeaning(Schema writer, @Nullable Schema other) {
        if (other == null) {
            return;
        }
        String clash = LogicalTypeClash.of(writer, other);
        if (clash != null) {
            throw new ConfigException("Avro would read wrong values: of the two schemas " + Fingerprint.describe(writer)
                    + " and " + Fingerprint.describe(other) + ", " + clash
                    + ". Leave one out, and give a field whose logical type changes a new name");
        }
    }
}
