// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.encrypt.internal.fields.FieldTree;
import io.kurier.guards.encrypt.internal.fields.OpenedObjects;
import io.kurier.guards.encrypt.internal.fields.Place;
import io.kurier.guards.encrypt.internal.fields.SealedFields;
import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.FieldProblem;
import io.kurier.serializers.internal.GuardedValues;
import io.kurier.serializers.internal.SchemaFile;
import io.kurier.serializers.internal.WithheldException;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FrameReader;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PayloadSchema;
import io.kurier.spi.SerializerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonSchemaParser;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts named fields of the types string and bytes in Avro records, and opens them. The schema stays as it is: the
 * envelope is the new content of bytes, and in Base64 that of a string. Whether a field is null stays visible. Safe for
 * use by any number of threads.
 */
public final class AvroFields implements SealedFields {
    private static final String AVRO = "avro";
    private static final String SCHEMA = "schema";

    private final FieldTree fields;
    private final Schema schema;
    private final GuardedValues values;
    private final FrameReader frames;
    private final GenericData model = new GenericData(); // without logical types

    private AvroFields(FieldTree fields, Schema schema, GuardedValues values) {
        this.fields = fields;
        this.schema = schema;
        this.values = values;
        this.frames = values.frames(List.of(new Known(schema)));
    }

    /** The schema of the values for their framing. */
    private record Known(Schema nativeSchema) implements PayloadSchema {
        @Override
        public String format() {
            return AVRO;
        }

        @Override
        public @Nullable String fullName() {
            return nativeSchema.getType() == Schema.Type.RECORD ? nativeSchema.getFullName() : null;
        }

        @Override
        public String text() {
            return nativeSchema.toString();
        }
    }

    /**
     * Returns what encrypts the fields of a topic whose serializer writes Avro.
     *
     * @throws ConfigException if the schema of the values is not known, a field of it cannot be encrypted, or the
     *     serializer's framing cannot be read
     */
    public static AvroFields sealing(FieldTree fields, GuardSettings settings, SerializerSettings serializer) {
        Schema schema = schema(serializer);
        for (FieldPath path : fields.paths()) {
            FieldProblem problem = SchemaFields.problem(path, schema);
            if (problem != null) {
                throw new ConfigException("the field " + path + " cannot be encrypted: " + problem.reason());
            }
        }
        GuardedValues values = new GuardedValues(settings, AVRO, AvroFields.class, Set.of());
        try {
            return new AvroFields(fields, schema, values);
        } catch (RuntimeException e) {
            values.close();
            throw e;
        }
    }

    /** Returns the only schema that the serializer writes with: of its key, otherwise of the generated class. */
    private static Schema schema(SerializerSettings serializer) {
        Object location = serializer.config().values().get(SCHEMA);
        Type type = serializer.type();
        if (location instanceof String text && !text.isBlank()) {
            return ofFile(text.strip());
        }
        if (type instanceof Class<?> declared
                && SpecificRecord.class.isAssignableFrom(declared)
                && !Modifier.isAbstract(declared.getModifiers())) {
            return SpecificData.get().getSchema(declared);
        }
        throw new ConfigException("the schema of the values is not known at the start, so it cannot be checked whether"
                + " the fields can be encrypted: code declares " + type.getTypeName()
                + ". Declare a class that Avro has"
                + " generated, or set topics." + serializer.alias() + ".value.serializer." + SCHEMA);
    }

    private static Schema ofFile(String location) {
        try {
            return JsonSchemaParser.parseInternal(new String(SchemaFile.read(SCHEMA, location), UTF_8));
        } catch (AvroRuntimeException e) {
            throw new ConfigException(SCHEMA, location, "the file is no Avro schema in JSON (.avsc)");
        }
    }

    /** Returns what opens the fields of records that a deserializer has made. */
    public static OpenedObjects opening(FieldTree fields) {
        Class<?> records = IndexedRecord.class; // a library that is missing is noticed now
        return (value, change) -> {
            if (!(records.isInstance(value) || value instanceof List || value instanceof Map)) {
                throw new SerializationException("they are opened in records of Avro, of generated classes and"
                        + " GenericRecord, and the deserializer has returned the class "
                        + value.getClass().getName() + ". Read generated classes or GenericRecord");
            }
            new AvroRecords(change).within(value, fields, Place.WHOLE);
            return value;
        };
    }

    @Override
    public byte[] seal(EncodedRecord record, byte[] value, Function<byte[], FieldChange> changes) {
        int frame = Math.min(
                frames.read(record.topic(), record.headers(), value, 0, value.length)
                        .length(),
                value.length);
        Object decoded = decoded(value, frame);
        new AvroRecords(changes.apply(Arrays.copyOf(value, frame))).within(decoded, fields, Place.WHOLE);
        return encoded(decoded, value, frame);
    }

    private Object decoded(byte[] value, int frame) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, frame, value.length - frame, null);
            Object decoded = new GenericDatumReader<Object>(schema, schema, model).read(null, decoder);
            if (decoder.isEnd()) {
                return decoded;
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw notOfSchema(e);
        }
        throw notOfSchema(null);
    }

    private SerializationException notOfSchema(@Nullable Throwable cause) {
        return new SerializationException(
                "the value is not written with the schema " + schema.getFullName(),
                cause == null ? null : new WithheldException(cause));
    }

    private byte[] encoded(Object decoded, byte[] value, int frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(value.length);
        out.write(value, 0, frame);
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(schema, model).write(decoded, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw notOfSchema(e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        values.close();
    }
}
