// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ByteCursor;
import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.FieldPayloads;
import io.kurier.serializers.internal.FieldProblem;
import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.NoFraming;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.Frame;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field of Avro values by skipping what is before it, in the schema that wrote the value: the declared one, or
 * the one that the value's frame names.
 */
final class AvroFieldReader implements FieldReader {
    private final FieldPath path;
    private final ReadLimits limits;
    private final FieldPayloads payloads;

    /** The steps of the declared schema; null if each value is written with its own. */
    private final @Nullable FieldSteps declared;

    /** The steps of values whose frame names no schema; null if that schema is not known. */
    private final @Nullable FieldSteps unnamed;

    /** By the identity of the schemas' descriptions; not changed once it is made. */
    private final Map<PayloadSchema, FieldSteps> known;

    /** The steps of the schemas that the framing has found. */
    private final SchemaCache<FieldSteps> learnt = new SchemaCache<>();

    private AvroFieldReader(
            FieldPath path,
            ReadLimits limits,
            FieldPayloads payloads,
            @Nullable FieldSteps declared,
            @Nullable FieldSteps unnamed,
            Map<PayloadSchema, FieldSteps> known) {
        this.path = path;
        this.limits = limits;
        this.payloads = payloads;
        this.declared = declared;
        this.unnamed = unnamed;
        this.known = known;
    }

    /**
     * Returns the reader of values that are all written with one schema.
     *
     * @param framings makes the framing, which need not know any schema
     * @throws ConfigException if the schema has no such field
     */
    static AvroFieldReader ofDeclared(FieldPath path, Schema schema, ReadLimits limits, Supplier<Framing> framings) {
        FieldSteps steps = new FieldSteps(path, schema);
        FieldProblem problem = steps.problem();
        if (problem != null) {
            throw problem.atStart();
        }
        FieldPayloads payloads =
                new FieldPayloads(path, limits, framings.get(), List.of(new AvroPayloadSchema(schema)));
        return new AvroFieldReader(path, limits, payloads, steps, null, Map.of());
    }

    /**
     * Returns the reader of values that are written with schemas of their own.
     *
     * @param writers the schemas that are known; a field that one of them does not have is missing from its values
     * @param named further schemas, which a value has only if its frame says so
     * @param framings makes the framing
     * @throws ConfigException if schemas are known and none has such a field, or the framing names none and not exactly
     *     one is known
     */
    static AvroFieldReader of(
            FieldPath path, List<Schema> writers, List<Schema> named, ReadLimits limits, Supplier<Framing> framings) {
        Map<Fingerprint, AvroPayloadSchema> schemas = new LinkedHashMap<>();
        writers.forEach(schema -> schemas.putIfAbsent(Fingerprint.of(schema), new AvroPayloadSchema(schema)));
        AvroPayloadSchema only =
                schemas.size() == 1 ? schemas.values().iterator().next() : null;
        named.forEach(schema -> schemas.putIfAbsent(Fingerprint.of(schema), new AvroPayloadSchema(schema)));
        Map<PayloadSchema, FieldSteps> known = new IdentityHashMap<>();
        schemas.values().forEach(schema -> known.put(schema, new FieldSteps(path, schema.nativeSchema())));
        checkOne(schemas.values(), known);
        Framing framing = framings.get();
        if (only == null && framing == NoFraming.INSTANCE) {
            throw new ConfigException("the field " + path + " cannot be read: Avro without a framing does not say with"
                    + " which schema a value was written, and "
                    + (writers.isEmpty() ? "no schema is known" : "there are several")
                    + ". Declare a class, or set schema to the only one");
        }
        if (schemas.isEmpty() && framing == SingleObject.INSTANCE) {
            throw new ConfigException("the field " + path + " cannot be read: a value names its schema only by a"
                    + " fingerprint, and no schema is known. Declare a class, or set schema or schemas");
        }
        FieldPayloads payloads = new FieldPayloads(path, limits, framing, schemas.values());
        return new AvroFieldReader(path, limits, payloads, null, only == null ? null : known.get(only), known);
    }

    private static void checkOne(Collection<AvroPayloadSchema> schemas, Map<PayloadSchema, FieldSteps> known) {
        FieldProblem first = null;
        for (AvroPayloadSchema schema : schemas) {
            FieldProblem problem = Objects.requireNonNull(known.get(schema)).problem();
            if (problem == null) {
                return;
            }
            first = first == null ? problem : first;
        }
        if (first != null) {
            throw first.atStart();
        }
    }

    @Override
    public byte @Nullable [] read(EncodedRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return null;
        }
        Frame frame = payloads.frame(record, value);
        FieldSteps steps = declared == null ? of(frame.schema()) : declared;
        ByteCursor payload = new ByteCursor(value, frame.length(), value.length - frame.length());
        try {
            return steps.read(new SchemaCursor(payload, limits));
        } catch (EOFException e) {
            throw path.unreadable("the record ends too early", e);
        } catch (IOException e) {
            throw path.unreadable("the bytes are no such record: " + e.getMessage(), e);
        } catch (LimitExceededException e) {
            throw path.unreadable(String.valueOf(e.getMessage()), null);
        } catch (StackOverflowError e) {
            throw path.unreadable("its records are nested so deeply that the thread's stack is full", null);
        }
    }

    private FieldSteps of(@Nullable PayloadSchema schema) {
        FieldSteps found = schema == null ? unnamed : known.get(schema);
        if (found == null && schema != null) {
            found = learnt.get(schema, this);
        }
        if (found != null) {
            return found;
        }
        if (schema == null) {
            throw path.unreadable("its framing does not say with which schema it was written", null);
        }
        try {
            Schema writer = schema.nativeSchema() instanceof Schema avro ? avro : Schemas.ofText(schema);
            String text = schema.text();
            return learnt.getOrMake(
                    schema, this, text == null ? writer.toString() : text, () -> new FieldSteps(path, writer));
        } catch (SerializationException e) {
            throw path.unreadable(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    @Override
    public void close() {
        payloads.close();
    }
}
