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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generic and specific records, by default in Avro's single-object encoding: C3 01, the fingerprint of the
 * record's schema, the record.
 *
 * <p>Each record is written with its own schema. A serializer with a declared schema refuses records of any other.
 *
 * <p>Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <T> the type of values: {@code GenericRecord}, or a class that Avro has generated
 */
public final class AvroSerializer<T> implements Serializer<T>, Preparable {
    /**
     * The name of the framing, which identifies the schema that wrote a record; {@code single-object} if absent, {@code
     * none} for the record alone, or that of a plugin, whose keys are set as {@code avro.framing.NAME.KEY}. With the
     * prefix {@code key.} or {@code value.} it is for keys or values only, and takes precedence.
     */
    public static final String FRAMING_CONFIG = AvroFormat.FRAMING_KEY;

    /** A buffer is kept for the next record, unless a rare large record has made it larger than this. */
    private static final int KEPT_BYTES = 1 << 20;

    /**
     * The maximum number of buffers that are kept. Thread-local buffers would be one for each of a hundred thousand
     * virtual threads.
     */
    private static final int KEPT_BUFFERS = 32;

    /** Beyond that each record has a new schema, and keeping them would fill the heap. */
    private static final int KEPT_SCHEMAS = 1_000;

    private final @Nullable Schema declared;
    private boolean forKey;
    private ReadLimits limits;
    private Framing framing;

    /** The topic of records of the declared schema, which a publisher knows at its start; null if it is not known. */
    private final @Nullable String topic;

    /** Encodings by schema. Two maps because a specific record has conversions that a generic one does not have. */
    private final ConcurrentMap<Schema, Encoding> generic = new ConcurrentHashMap<>();

    private final ConcurrentMap<Schema, Encoding> specific = new ConcurrentHashMap<>();

    /** Buffers by the ids of the threads that use them; a buffer in use is not in the array. */
    private final AtomicReferenceArray<@Nullable Buffer> buffers = new AtomicReferenceArray<>(KEPT_BUFFERS);

    private static final class Encoding {
        final SchemaFrames frames;
        final RecordWriter writer;
        final RecordScan scan;

        Encoding(SchemaFrames frames, RecordWriter writer, RecordScan scan) {
            this.frames = frames;
            this.writer = writer;
            this.scan = scan;
        }
    }

    private static final class Buffer extends ByteArrayOutputStream {
        final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(this, null);
    }

    /** Creates a serializer of records of any schema. */
    public AvroSerializer() {
        this(null, false, AvroFormat.LIMITS);
    }

    /** Creates a serializer of records of one schema, by its fingerprint, that refuses others. */
    public AvroSerializer(Schema declared) {
        this(declared, false, AvroFormat.LIMITS);
    }

    AvroSerializer(@Nullable Schema declared, boolean forKey, ReadLimits limits) {
        this(declared, forKey, limits, SingleObject.INSTANCE, null);
    }

    AvroSerializer(
            @Nullable Schema declared, boolean forKey, ReadLimits limits, Framing framing, @Nullable String topic) {
        this.declared = declared;
        this.forKey = forKey;
        this.limits = limits;
        this.framing = framing;
        this.topic = topic;
    }

    /**
     * Takes from a Kafka client's configuration the limits of {@link AvroDeserializer}, since it does not write what a
     * reader with the same settings refuses, and the framing. A serializer of keys also orders the entries of maps.
     *
     * @throws ConfigException if a limit is not a positive number, or there is no such framing
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        forKey = isKey;
        limits = limits.with(config);
        SingleObjectPlugin.framings().of(config).ifPresent(configured -> framing = configured);
        generic.clear();
        specific.clear();
    }

    /**
     * Returns the record in its frame; null for null.
     *
     * @throws SerializationException if the value is not a record, has another schema than the declared one, does not
     *     fit its own, or exceeds a limit of reading; it names the field and does not show the value
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
        if (!(value instanceof IndexedRecord record)) {
            throw AvroFailure.noRecord(value.getClass());
        }
        if (record.getSchema() == null) {
            throw AvroFailure.noSchema(value.getClass());
        }
        Encoding encoding = encodingOf(record);
        byte[] prefix = encoding.frames.prefix(topic, headers);
        int place = (int) (Thread.currentThread().getId() % KEPT_BUFFERS);
        Buffer kept = buffers.getAndSet(place, null);
        Buffer buffer = kept == null ? new Buffer() : kept;
        byte[] encoded;
        try {
            buffer.encoder.writeFixed(prefix);
            encoding.writer.write(record, buffer.encoder);
            buffer.encoder.flush();
            encoded = buffer.toByteArray();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The buffer is not kept: its encoder may contain the beginning of the record.
            throw AvroFailure.writing(encoding.writer.getData(), record, e);
        }
        if (encoded.length <= KEPT_BYTES) {
            buffer.reset();
            buffers.set(place, buffer);
        }
        try {
            limits.checkSize(encoded.length);
            encoding.scan.check(encoded, prefix.length, encoded.length - prefix.length);
        } catch (LimitExceededException e) {
            throw AvroFailure.unreadable(record.getSchema(), e);
        } catch (StackOverflowError e) {
            throw AvroFailure.writing(encoding.writer.getData(), record, e);
        }
        return encoded;
    }

    private Encoding encodingOf(IndexedRecord record) {
        ConcurrentMap<Schema, Encoding> encodings = record instanceof SpecificRecord ? specific : generic;
        Encoding known = encodings.get(record.getSchema());
        if (known != null) {
            return known;
        }
        Schema schema = record.getSchema();
        if (declared != null && !Fingerprint.of(schema).equals(Fingerprint.of(declared))) {
            throw AvroFailure.notDeclared(declared, schema);
        }
        String clash = declared == null ? null : LogicalTypeClash.of(schema, declared);
        if (clash != null) {
            throw AvroFailure.meansSomethingElse(schema, clash);
        }
        Encoding made = new Encoding(
                new SchemaFrames(framing, new AvroPayloadSchema(schema)),
                new RecordWriter(record, forKey),
                new RecordScan(schema, null, limits));
        if (encodings.size() >= KEPT_SCHEMAS) {
            encodings.clear();
        }
        encodings.put(schema, made);
        return made;
    }

    /**
     * Requests what the framing of the declared schema needs. Without a declared schema the first record of each schema
     * requests it.
     */
    @Override
    public CompletionStage<?> prepare() {
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
        return generic.size() + specific.size();
    }
}
