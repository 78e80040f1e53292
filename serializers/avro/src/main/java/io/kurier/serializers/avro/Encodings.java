// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.internal.SchemaFrames;
import io.kurier.spi.Framing;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The encodings of the values that a serializer has written. Safe for use by any number of threads. */
final class Encodings {
    private final Declaration declaration;
    private final boolean forKey;
    private final ReadLimits limits;
    private final Framing framing;

    /** By the schema of a record or a generic value, and its class if that is a generated one. */
    private final SchemaCache<Encoding> known = new SchemaCache<>();

    /** By the type of the schema, for values whose class determines it. */
    private final AtomicReferenceArray<@Nullable Encoding> primitives =
            new AtomicReferenceArray<>(Schema.Type.values().length);

    /** That of values without a schema of their own; null if no schema is declared. */
    private final @Nullable Encoding declared;

    Encodings(Declaration declaration, boolean forKey, ReadLimits limits, Framing framing) {
        this.declaration = declaration;
        this.forKey = forKey;
        this.limits = limits;
        this.framing = framing;
        Schema schema = declaration.schema();
        this.declared = schema == null ? null : declared(schema);
    }

    /**
     * Returns the encoding of a value.
     *
     * @throws SerializationException if the value has no schema, or one that cannot be written under the declared one
     */
    Encoding of(Object value) {
        if (value instanceof IndexedRecord record) {
            return of(record, record.getSchema(), record instanceof SpecificRecord ? record.getClass() : GENERIC);
        }
        if (declared != null) {
            return declared;
        }
        if (value instanceof GenericContainer container) {
            return of(container, container.getSchema(), GENERIC);
        }
        Schema schema = DeclaredType.plainSchema(value.getClass());
        if (schema == null) {
            throw AvroFailure.noSchema(value.getClass());
        }
        Encoding made = primitives.get(schema.getType().ordinal());
        if (made == null) {
            made = whole(schema);
            primitives.set(schema.getType().ordinal(), made);
        }
        return made;
    }

    private static final Class<?> GENERIC = GenericData.class;

    private Encoding of(GenericContainer value, @Nullable Schema schema, Class<?> variant) {
        if (schema == null) {
            throw AvroFailure.schemaIsNull(value.getClass());
        }
        Encoding found = known.get(schema, variant);
        return found != null ? found : known.getOrMake(schema, variant, schema.toString(), () -> made(value, schema));
    }

    private Encoding made(GenericContainer value, Schema schema) {
        SpecificData model = LogicalConversions.of(value.getClass());
        DatumWriter<Object> writer = schema.getType() == Schema.Type.RECORD
                ? new RecordWriter(schema, model, forKey)
                : new ValueWriter(schema, model, forKey, framing.writesBytesWithoutLength());
        Schema target = declaration.schema();
        if (target == null) {
            return encoding(schema, model, writer, schema);
        }
        if (Fingerprint.of(schema).equals(Fingerprint.of(target))) {
            requireSameMeaning(schema, target);
            return encoding(schema, model, writer, target);
        }
        if (target.isUnion() && hasBranch(target, schema)) {
            return encoding(target, model, new ValueWriter(target, model, forKey, false), target);
        }
        String problem = Resolution.problem(schema, target);
        if (problem != null) {
            throw AvroFailure.notDeclared(target, schema, problem);
        }
        requireSameMeaning(schema, target);
        return encoding(schema, model, new ResolvingWriter(writer, schema, target, forKey), target);
    }

    /** Returns whether a union has the schema itself, so that nothing has to be resolved. */
    private static boolean hasBranch(Schema union, Schema schema) {
        Integer index = union.getIndexNamed(schema.getFullName());
        if (index == null || !Fingerprint.of(union.getTypes().get(index)).equals(Fingerprint.of(schema))) {
            return false;
        }
        requireSameMeaning(schema, union.getTypes().get(index));
        return true;
    }

    private static void requireSameMeaning(Schema schema, Schema target) {
        String clash = LogicalTypeClash.of(schema, target);
        if (clash != null) {
            throw AvroFailure.meansSomethingElse(schema, clash);
        }
    }

    private Encoding declared(Schema schema) {
        ReflectModel model = declaration.type().model();
        if (model == null) {
            return whole(schema);
        }
        if (declaration.isByName()) {
            return encoding(schema, model, new ReflectWriter(schema, model, forKey), schema);
        }
        DatumWriter<Object> own = new ReflectWriter(model.schema(), model, forKey);
        return encoding(model.schema(), model, new ResolvingWriter(own, model.schema(), schema, forKey), schema);
    }

    private Encoding whole(Schema schema) {
        SpecificData model = LogicalConversions.ofGeneric();
        DatumWriter<Object> writer = new ValueWriter(schema, model, forKey, framing.writesBytesWithoutLength());
        return encoding(schema, model, writer, schema);
    }

    /** Returns an encoding whose values have one schema and are written under another one, or the same. */
    private Encoding encoding(Schema schema, GenericData model, DatumWriter<Object> writer, Schema target) {
        return new Encoding(
                schema,
                model,
                new SchemaFrames(framing, new AvroPayloadSchema(target)),
                writer,
                new RecordScan(target, ReadAs.GENERIC, limits));
    }

    /** Returns the number of schemas that are kept. */
    int schemas() {
        return known.size();
    }
}
