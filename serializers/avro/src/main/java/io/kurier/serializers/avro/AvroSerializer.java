// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generic and specific records in Avro's single-object encoding: C3 01, the fingerprint of the record's schema,
 * the record.
 *
 * <p>Each record is written with its own schema. A serializer with a declared schema refuses records of any other.
 *
 * <p>Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <T> the type of values: {@code GenericRecord}, or a class that Avro has generated
 */
public final class AvroSerializer<T> implements Serializer<T> {
    /** A thread keeps its buffer, but not one that a rare large record has blown up. */
    private static final int KEPT_BYTES = 1 << 20;

    private final @Nullable Schema declared;
    private boolean forKey;

    /** By their schemas. Two maps because a specific record brings conversions that a generic one does not have. */
    private final ConcurrentMap<Schema, Encoding> generic = new ConcurrentHashMap<>();

    private final ConcurrentMap<Schema, Encoding> specific = new ConcurrentHashMap<>();

    private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);

    private static final class Encoding {
        final byte[] header;
        final RecordWriter writer;

        Encoding(byte[] header, RecordWriter writer) {
            this.header = header;
            this.writer = writer;
        }
    }

    private static final class Buffer extends ByteArrayOutputStream {
        final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(this, null);
    }

    /** Writes records of any schema. */
    public AvroSerializer() {
        this(null, false);
    }

    /** Writes records of one schema, by its fingerprint, and refuses others. */
    public AvroSerializer(Schema declared) {
        this(declared, false);
    }

    AvroSerializer(@Nullable Schema declared, boolean forKey) {
        this.declared = declared;
        this.forKey = forKey;
    }

    /** Has no keys; what it takes from a Kafka client is only whether it writes keys, whose maps it then orders. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        forKey = isKey;
    }

    /**
     * The record in single-object encoding.
     *
     * @throws SerializationException if it is no record, has another schema than the declared one, or does not fit its
     *     own; it names the field and does not show the value
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof IndexedRecord record)) {
            throw AvroFailure.noRecord(value.getClass());
        }
        if (record.getSchema() == null) {
            throw AvroFailure.noSchema(value.getClass());
        }
        Encoding encoding = encodingOf(record);
        Buffer buffer = buffers.get();
        boolean clean = false;
        try {
            buffer.encoder.writeFixed(encoding.header);
            encoding.writer.write(record, buffer.encoder);
            buffer.encoder.flush();
            byte[] encoded = buffer.toByteArray();
            buffer.reset();
            clean = encoded.length <= KEPT_BYTES;
            return encoded;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw AvroFailure.writing(encoding.writer.getData(), record, e);
        } finally {
            if (!clean) {
                // The encoder may hold the beginning of a record that failed.
                buffers.remove();
            }
        }
    }

    private Encoding encodingOf(IndexedRecord record) {
        ConcurrentMap<Schema, Encoding> encodings = record instanceof SpecificRecord ? specific : generic;
        Encoding known = encodings.get(record.getSchema());
        if (known != null) {
            return known;
        }
        Schema schema = record.getSchema();
        Fingerprint fingerprint = Fingerprint.of(schema);
        if (declared != null && !fingerprint.equals(Fingerprint.of(declared))) {
            throw AvroFailure.notDeclared(declared, schema);
        }
        Encoding made = new Encoding(SingleObject.header(fingerprint), new RecordWriter(record, forKey));
        encodings.put(schema, made);
        return made;
    }
}
