// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.internal.SchemaFrames;
import io.kurier.spi.Framing;
import io.kurier.spi.Preparable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generic and specific records, plain classes by Avro's reflect model, and values of primitive types, by default
 * in Avro's single-object encoding: C3 01, the fingerprint of the schema, the value.
 *
 * <p>Each record is written with its own schema. With a declared schema, a record of another one is written under the
 * declared schema if Avro's schema resolution loses nothing, and refused otherwise.
 *
 * <p>Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <T> the type of values: {@code GenericRecord}, a class that Avro has generated, a plain class, a primitive type
 */
public final class AvroSerializer<T> implements Serializer<T>, Preparable {
    /**
     * The name of the framing, which identifies the schema that wrote a record; {@code single-object} if absent, {@code
     * none} for the record alone, or that of a plugin, whose keys are set as {@code avro.framing.NAME.KEY}. With the
     * prefix {@code key.} or {@code value.} it is for keys or values only, and takes precedence.
     */
    public static final String FRAMING_CONFIG = AvroFormat.FRAMING_KEY;

    /**
     * The location of the only schema under which values are written: a path or a {@code classpath:} resource; any
     * schema, if absent. It may be of any type, such as an array or a union. A deserializer knows it too. The class of
     * the values, if it is not generated, is declared by {@link AvroDeserializer#TYPE_CONFIG}. Prefixes as above.
     */
    public static final String SCHEMA_CONFIG = "avro.schema";

    /**
     * Whether all fields of a plain class that are not primitive in Java may be null, as in Avro's {@code
     * ReflectData.AllowNull}; false if absent, when only those are that are annotated with {@code
     * org.apache.avro.reflect.Nullable}. Prefixes as above.
     */
    public static final String REFLECT_NULLABLE_CONFIG = AvroFormat.NAME + "." + AvroFormat.REFLECT_NULLABLE;

    /** A buffer is kept for the next record, unless a rare large record has made it larger than this. */
    private static final int KEPT_BYTES = 1 << 20;

    /**
     * The maximum number of buffers that are kept. Thread-local buffers would be one for each of a hundred thousand
     * virtual threads.
     */
    private static final int KEPT_BUFFERS = 32;

    private Declaration declaration;
    private boolean forKey;
    private ReadLimits limits;
    private Framing framing;

    /** The topic of records of the declared schema, which a publisher knows at its start; null if it is not known. */
    private final @Nullable String topic;

    private Encodings encodings;

    /** Buffers by the ids of the threads that use them; a buffer in use is not in the array. */
    private final AtomicReferenceArray<@Nullable Buffer> buffers = new AtomicReferenceArray<>(KEPT_BUFFERS);

    private static final class Buffer extends ByteArrayOutputStream {
        final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(this, null);
    }

    /** Creates a serializer of values that have schemas of their own, and of values of primitive types. */
    public AvroSerializer() {
        this(Declaration.NONE, false, AvroFormat.LIMITS);
    }

    /**
     * Creates a serializer of one schema, which may be of any type.
     *
     * @param declared the schema under which all values are written
     */
    public AvroSerializer(Schema declared) {
        this(new Declaration(DeclaredType.UNKNOWN, declared), false, AvroFormat.LIMITS);
    }

    /**
     * Creates a serializer of one class: one that Avro has generated, a plain class or Java record, or the class of a
     * primitive type.
     *
     * @param type the class, whose schema is declared
     * @throws ConfigException if Avro cannot write the class, or the class has no schema
     */
    public AvroSerializer(Class<T> type) {
        this(Declaration.of(DeclaredType.of(type, false), SCHEMA_CONFIG, ""), false, AvroFormat.LIMITS);
    }

    AvroSerializer(Declaration declaration, boolean forKey, ReadLimits limits) {
        this(declaration, forKey, limits, SingleObject.INSTANCE, null);
    }

    AvroSerializer(
            Declaration declaration, boolean forKey, ReadLimits limits, Framing framing, @Nullable String topic) {
        this.declaration = declaration;
        this.forKey = forKey;
        this.limits = limits;
        this.framing = framing;
        this.topic = topic;
        this.encodings = new Encodings(declaration, forKey, limits, framing);
    }

    /**
     * Takes from a Kafka client's configuration the limits of {@link AvroDeserializer}, since it does not write what a
     * reader with the same settings refuses, and the framing, the class and the schema, if they are set. A serializer of
     * keys also orders the entries of maps.
     *
     * @throws ConfigException if a limit is not a positive number, there is no such framing, class or file, Avro cannot
     *     write the class, or cannot write it under the schema without loss
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        forKey = isKey;
        limits = limits.with(config);
        SingleObjectPlugin.framings().of(config).ifPresent(configured -> framing = configured);
        declaration = Declaration.of(config, declaration);
        encodings = new Encodings(declaration, forKey, limits, framing);
    }

    /**
     * Returns the record in its frame; null for null.
     *
     * @throws SerializationException if the value has no schema, cannot be written under the declared one without loss,
     *     does not fit its own, or exceeds a limit of reading; it names the field and does not show the value
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : bytes(topic, null, value);
    }

    /** Returns the record in its frame, and adds the headers of the framing; see {@link #serialize(String, Object)}. */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Headers headers, @Nullable T value) {
        return value == null ? null : bytes(topic, headers, value);
    }

    private byte[] bytes(String topic, @Nullable Headers headers, T value) {
        Encoding encoding = encodings.of(value);
        byte[] prefix = encoding.frames().prefix(topic, headers);
        int place = (int) (Thread.currentThread().getId() % KEPT_BUFFERS);
        Buffer kept = buffers.getAndSet(place, null);
        Buffer buffer = kept == null ? new Buffer() : kept;
        byte[] encoded;
        try {
            buffer.encoder.writeFixed(prefix);
            encoding.writer().write(value, buffer.encoder);
            buffer.encoder.flush();
            encoded = buffer.toByteArray();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The buffer is not kept: its encoder may contain the beginning of the record.
            throw AvroFailure.writing(encoding, value, e);
        }
        if (encoded.length <= KEPT_BYTES) {
            buffer.reset();
            buffers.set(place, buffer);
        }
        try {
            limits.checkSize(encoded.length);
            encoding.scan().check(encoded, prefix.length, encoded.length - prefix.length);
        } catch (LimitExceededException e) {
            throw AvroFailure.unreadable(encoding.schema(), e);
        } catch (StackOverflowError e) {
            throw AvroFailure.writing(encoding, value, e);
        }
        return encoded;
    }

    /**
     * Requests what the framing of the declared schema needs. Without a declared schema the first record of each schema
     * requests it.
     */
    @Override
    public CompletionStage<?> prepare() {
        Schema declared = declaration.schema();
        return declared == null || topic == null
                ? CompletableFuture.completedFuture(null)
                : new SchemaFrames(framing, new AvroPayloadSchema(declared)).prepare(topic);
    }

    @Override
    public void close() {
        framing.close();
    }

    /** Returns the number of schemas that are kept. */
    int schemas() {
        return encodings.schemas();
    }
}
