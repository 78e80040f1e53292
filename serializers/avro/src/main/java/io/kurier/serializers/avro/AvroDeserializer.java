// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.NoFraming;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records and other values. The default framing is Avro's single-object encoding, in which a record names its schema only by a
 * fingerprint, so the schemas must be given. Another framing may find schemas by itself.
 *
 * <p>What is read as a class, a generated or a plain one, is resolved to the class's schema (Avro specification, "Schema
 * Resolution"). Everything else has the schema that it was written with, and logical types as their underlying plain
 * types: a record is a {@code GenericRecord}, a text by itself a {@code String}, bytes by themselves a {@code byte[]}.
 *
 * <p>Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <T> the type of values
 */
public final class AvroDeserializer<T> implements Deserializer<T> {

    /**
     * The name of the class to read, if a Kafka client makes this class by its name, and of the class that {@link
     * AvroSerializer} writes: one that Avro has generated, a plain class or Java record, the class of a primitive type,
     * such as {@code java.lang.String}, or of a logical one; {@code GenericRecord} if absent. With the prefix {@code
     * key.} or {@code value.} it is for keys or values only, and takes precedence.
     */
    public static final String TYPE_CONFIG = "avro.type";

    /**
     * The locations of the schemas that records may have been written with, in addition to that of the class: paths or
     * {@code classpath:} resources, separated by commas; prefixes as above. A union of records means each of them. The
     * schema of a value that is not a record also means the record {@code io.kurier.avro.Value} with the field {@code
     * value}, and without a framing only that, unless the declared class is that of such a value.
     */
    public static final String SCHEMAS_CONFIG = "avro.schemas";

    /**
     * The name of the framing that records were written with, {@code single-object} if absent; see {@link
     * AvroSerializer#FRAMING_CONFIG}. Records without one ({@code none}) were all written with one schema: the one of
     * {@link #SCHEMAS_CONFIG}, or that of the class.
     */
    public static final String FRAMING_CONFIG = AvroFormat.FRAMING_KEY;

    /** The largest record in bytes that is read, {@link #DEFAULT_MAX_BYTES} if absent; prefixes as above. */
    public static final String MAX_BYTES_CONFIG = "avro.max.bytes";

    /**
     * How many times its own size a record may take in memory, {@link ReadLimits#DEFAULT_MAX_EXPANSION} if absent; one
     * below 1 MiB counts as 1 MiB. It is an estimate, on the safe side, made before anything is allocated. Prefixes as
     * above.
     */
    public static final String MAX_EXPANSION_CONFIG = "avro.max.expansion";

    /** The maximum nesting of records, {@link #DEFAULT_MAX_DEPTH} if absent; prefixes as above. */
    public static final String MAX_DEPTH_CONFIG = "avro.max.depth";

    /** 64 MiB, far above the 1 MiB that Kafka accepts by default. */
    public static final int DEFAULT_MAX_BYTES = ReadLimits.DEFAULT_MAX_BYTES;

    /** A thread with the default stack of 1 MiB reads about twice as deep, and writes about as deep. */
    public static final int DEFAULT_MAX_DEPTH = AvroFormat.MAX_DEPTH;

    /** The largest number of bytes that a length takes. */
    private static final int MOST_LENGTH_BYTES = 5;

    private DeclaredType type;
    private ReadLimits limits;
    private Framing framing;
    private FrameReader frames;
    private WriterSchemas<T> writers;

    /** The schema of records whose frame names none; null if there is no schema, or more than one. */
    private @Nullable PayloadSchema unnamed;

    /** Creates a deserializer, to be set up by {@link #configure}. */
    public AvroDeserializer() {
        this(DeclaredType.UNKNOWN, List.of(), List.of(), AvroFormat.LIMITS, SingleObject.INSTANCE);
    }

    /**
     * Creates a deserializer of a class: one that Avro has generated, a plain class or Java record, or the class of a
     * primitive or logical type.
     *
     * @param type the class
     * @param writers schemas that values may have been written with, in addition to that of the class
     * @throws ConfigException if Avro cannot read the class, or a schema has another logical type in a field
     */
    public AvroDeserializer(Class<T> type, Schema... writers) {
        this(readable(type), List.of(writers), List.of(), AvroFormat.LIMITS, SingleObject.INSTANCE);
    }

    private static DeclaredType readable(Class<?> type) {
        DeclaredType declared = DeclaredType.of(type, false);
        if (declared.kind() == DeclaredType.Kind.ANY) {
            throw new ConfigException(type.getName() + " does not say which class to read. Name a class that Avro has"
                    + " generated or a plain one, or read GenericRecords by AvroDeserializer.generic");
        }
        return declared;
    }

    AvroDeserializer(DeclaredType type, List<Schema> others, List<Schema> values, ReadLimits limits, Framing framing) {
        this.type = type;
        this.limits = limits;
        this.framing = framing;
        this.writers = new WriterSchemas<>(type, others, values, limits);
        this.unnamed = unnamed(writers, framing);
        this.frames = framing.reader(writers.known());
    }

    private static @Nullable PayloadSchema unnamed(WriterSchemas<?> writers, Framing framing) {
        PayloadSchema unnamed = writers.unnamed();
        if (unnamed == null && framing == NoFraming.INSTANCE) {
            throw new ConfigException("Avro without a framing does not say with which schema a record was written, and "
                    + (writers.known().isEmpty() ? "no schema is known" : "there are several")
                    + ". Let schemas (" + SCHEMAS_CONFIG
                    + " in a Kafka client's configuration) name the only one, or read"
                    + " a class that Avro has generated from it");
        }
        return unnamed;
    }

    /** Returns a deserializer of {@code GenericRecord}s that were written with one of the schemas. */
    public static AvroDeserializer<GenericRecord> generic(Schema... writers) {
        return new AvroDeserializer<>(
                DeclaredType.UNKNOWN, List.of(writers), List.of(), AvroFormat.LIMITS, SingleObject.INSTANCE);
    }

    /**
     * Takes the class, the schemas, the framing and the limits from a Kafka client's configuration, if they are set.
     *
     * @throws ConfigException if there is no such class or file, Avro cannot read the class, a file is not a schema, a
     *     limit is not a positive number, there is no such framing, or no schema is known
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        List<Schema> others = new ArrayList<>(writers.others());
        List<Schema> values = new ArrayList<>(writers.values());
        DeclaredType before = type;
        type = DeclaredType.of(config, before);
        if (type != before && before.schema() != null) {
            others.add(before.schema());
        }
        config.text(AvroSerializer.SCHEMA_CONFIG)
                .ifPresent(location ->
                        type.addWriter(Schemas.read(config.keyFor(AvroSerializer.SCHEMA_CONFIG), location), others));
        for (String location : config.list(SCHEMAS_CONFIG)) {
            type.addWriters(Schemas.read(config.keyFor(SCHEMAS_CONFIG), location), others, values);
        }
        limits = limits.with(config);
        SingleObjectPlugin.framings().of(config).ifPresent(configured -> framing = configured);
        writers = new WriterSchemas<>(type, others, values, limits);
        unnamed = unnamed(writers, framing);
        frames = framing.reader(writers.known());
        if (framing == SingleObject.INSTANCE && writers.known().isEmpty()) {
            throw new ConfigException("No schema is known to read Avro with: set " + TYPE_CONFIG
                    + " to a class that Avro has generated, or " + SCHEMAS_CONFIG + " to schema files");
        }
    }

    /**
     * Returns the record; null for null.
     *
     * @throws SerializationException if it exceeds a limit, is not in its framing, is written with an unknown schema,
     *     or does not fit its schema; it does not show the bytes
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] encoded) {
        return encoded == null ? null : read(topic, null, encoded, 0, encoded.length);
    }

    /** Returns the record of a Kafka record with headers; see {@link #deserialize(String, byte[])}. */
    @Override
    public @Nullable T deserialize(String topic, @Nullable Headers headers, byte @Nullable [] encoded) {
        return encoded == null ? null : read(topic, headers, encoded, 0, encoded.length);
    }

    /** Returns the record between the buffer's position and limit, and does not change the buffer. */
    @Override
    public @Nullable T deserialize(String topic, @Nullable Headers headers, @Nullable ByteBuffer encoded) {
        if (encoded == null) {
            return null;
        }
        if (encoded.hasArray()) {
            return read(
                    topic, headers, encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
        }
        refuseAbove(encoded.remaining());
        byte[] copy = new byte[encoded.remaining()];
        encoded.duplicate().get(copy);
        return read(topic, headers, copy, 0, copy.length);
    }

    private @Nullable T read(String topic, @Nullable Headers headers, byte[] bytes, int offset, int length) {
        refuseAbove(length);
        WriterSchemas.Readable<T> written;
        int before;
        try {
            Frame frame = frames.read(topic, headers, bytes, offset, length);
            PayloadSchema schema = frame.schema() == null ? unnamed : frame.schema();
            if (schema == null) {
                throw new SerializationException("its framing does not say with which schema it was written");
            }
            written = writers.of(schema);
            before = Math.min(frame.length(), length);
        } catch (SerializationException e) {
            throw AvroFailure.reading(name(), String.valueOf(e.getMessage()), e.getCause());
        }
        return body(written, bytes, offset + before, length - before);
    }

    private @Nullable T body(WriterSchemas.Readable<T> written, byte[] bytes, int offset, int length) {
        if (written.writer().getType() == Schema.Type.BYTES && framing.writesBytesWithoutLength()) {
            byte[] whole = withLength(bytes, offset, length);
            return value(written, whole, 0, whole.length);
        }
        return value(written, bytes, offset, length);
    }

    /** Returns bytes as Avro writes them. */
    private static byte[] withLength(byte[] bytes, int offset, int length) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(length + MOST_LENGTH_BYTES);
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(whole, null);
            encoder.writeBytes(bytes, offset, length);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array has no errors
        }
        return whole.toByteArray();
    }

    private @Nullable T value(WriterSchemas.Readable<T> written, byte[] bytes, int offset, int length) {
        T value;
        int surplus;
        try {
            written.scan().check(bytes, offset, length);
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
            value = written.reader().read(null, decoder);
            surplus = decoder.remainingBytes();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw AvroFailure.reading(name(), written.writer(), type.schema(), e);
        }
        if (surplus > 0) {
            throw AvroFailure.reading(
                    name(),
                    surplus + " bytes follow the record, which was written as "
                            + Fingerprint.describe(written.writer())
                            + ". A Kafka record holds one: write the others into records of their own");
        }
        return value;
    }

    @Override
    public void close() {
        framing.close();
    }

    private void refuseAbove(int length) {
        try {
            limits.checkSize(length);
        } catch (LimitExceededException e) {
            throw AvroFailure.reading(name(), String.valueOf(e.getMessage()));
        }
    }

    private String name() {
        return type.name();
    }
}
