// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.PayloadSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final ReadLimits limits;
    private final DeclaredType type;
    private final @Nullable Schema expected;
    private final List<Schema> others;
    private final List<Schema> values;
    private final GenericData model;
    private final List<AvroPayloadSchema> known = new ArrayList<>();

    /** The readers for the given schemas, by the identity of their descriptions; not changed once it is made. */
    private final Map<PayloadSchema, Readable<T>> readable = new IdentityHashMap<>();

    /** The readers for the schemas that a framing has found. */
    private final SchemaCache<Readable<T>> learnt = new SchemaCache<>();

    /** A schema that records may have been written with, and its reader. */
    record Readable<T>(Schema writer, DatumReader<T> reader, RecordScan scan) {}

    /**
     * Creates it with the given schemas.
     *
     * @param type what is read
     * @param others the schemas in addition to that of the class
     * @param values schemas that a frame may name as well, but that a record without a frame does not have
     * @throws ConfigException if a field has different logical types in two of them, or the class cannot be read
     */
    WriterSchemas(DeclaredType type, List<Schema> others, List<Schema> values, ReadLimits limits) {
        this.limits = limits;
        this.type = type;
        this.expected = type.schema();
        this.others = List.copyOf(others);
        this.values = List.copyOf(values);
        this.model = model(type);
        if (expected != null) {
            add(expected);
        }
        others.forEach(this::add);
        values.forEach(this::add);
    }

    private static GenericData model(DeclaredType type) {
        Schema schema = type.schema();
        ReflectModel reflect = type.model();
        if (reflect != null) {
            reflect.requireReadable(type.type());
            return reflect;
        }
        return switch (type.kind()) {
            case GENERATED -> schema == null ? new GenericData() : new DeclaredClasses(type.type(), schema);
            case VALUE -> LogicalConversions.readingAs(type.type());
            default -> new GenericData();
        };
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

    /** Returns the given schemas without that of the class and without {@link #values}. */
    List<Schema> others() {
        return others;
    }

    /** Returns the given schemas that only frames name. */
    List<Schema> values() {
        return values;
    }

    /**
     * Returns the schema of records whose frame does not name it: the only one in addition to the class's, otherwise
     * the class's; null if there is none, or more than one.
     */
    @Nullable
    PayloadSchema unnamed() {
        Set<Fingerprint> named = (others.isEmpty() && expected != null ? List.of(expected) : others)
                .stream().map(Fingerprint::of).collect(Collectors.toSet());
        List<AvroPayloadSchema> candidates = known.stream()
                .filter(schema -> named.contains(Fingerprint.of(schema.nativeSchema())))
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
        Readable<T> found = given == null ? learnt.get(schema, type) : given;
        if (found != null) {
            return found;
        }
        Schema writer = schema.nativeSchema() instanceof Schema avro ? avro : Schemas.ofText(schema);
        String text = schema.text();
        return learnt.getOrMake(schema, type, text == null ? writer.toString() : text, () -> learnt(writer));
    }

    private Readable<T> learnt(Schema writer) {
        try {
            requireSameMeaning(writer, expected);
            return readable(writer);
        } catch (ConfigException e) {
            throw new SerializationException("of the schema that it was written with: " + e.getMessage(), e);
        }
    }

    private Readable<T> readable(Schema writer) {
        try {
            return new Readable<>(writer, reader(writer), new RecordScan(writer, ReadAs.of(type), limits));
        } catch (IOException | RuntimeException e) {
            throw new ConfigException("The schema " + Fingerprint.describe(writer) + " cannot be read with: " + e);
        }
    }

    private DatumReader<T> reader(Schema writer) throws IOException {
        if (type.model() != null) {
            return new ReflectReader<>(writer, type.model());
        }
        // Avro's own readers, GenericDatumReader and so on, have a setting of the JVM that could turn these off. Each
        // schema has a builder of its own, since a builder keeps its readers for as long as it exists.
        boolean generated = type.kind() == DeclaredType.Kind.GENERATED;
        DatumReader<T> reader = new FastReaderBuilder(model)
                .withClassPropEnabled(generated)
                .withKeyClassEnabled(generated)
                .createDatumReader(writer, expected == null ? writer : expected);
        return (expected == null ? writer : expected).getType() == Schema.Type.RECORD
                ? reader
                : new ValueReader<>(reader, type.type() == ByteBuffer.class);
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
