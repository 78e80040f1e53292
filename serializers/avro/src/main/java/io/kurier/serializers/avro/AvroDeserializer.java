// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.support.ClientConfig;
import io.kurier.serializers.support.LimitExceededException;
import io.kurier.serializers.support.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in Avro's single-object encoding, whose schemas it was given: a record names its schema by a fingerprint
 * only.
 *
 * <p>Read as a class that Avro has generated, a record is resolved to the class's schema (Avro specification, "Schema
 * Resolution"). Read as a {@code GenericRecord}, it comes in the schema it was written with, and logical types as the
 * plain types below them.
 *
 * <p>Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <T> the type of values
 */
public final class AvroDeserializer<T> implements Deserializer<T> {

    /**
     * The name of the generated class to read, if a Kafka client makes this class by its name; {@code GenericRecord} if
     * absent. With the prefix {@code key.} or {@code value.} it is for keys or values only, and wins.
     */
    public static final String TYPE_CONFIG = "avro.type";

    /**
     * Where the schemas are that records may have been written with, beside that of the class: paths or
     * {@code classpath:} resources, separated by commas; prefixes as above. A union of records stands for each of them,
     * and the schema of a value that is no record for the record {@code io.kurier.avro.Value} with the field {@code value}.
     */
    public static final String SCHEMAS_CONFIG = "avro.schemas";

    /** The largest record in bytes that is read, {@link #DEFAULT_MAX_BYTES} if absent; prefixes as above. */
    public static final String MAX_BYTES_CONFIG = "avro.max.bytes";

    /**
     * How many times its own size a record may take in memory, {@link ReadLimits#DEFAULT_MAX_EXPANSION} if absent; one
     * below 1 MiB counts as 1 MiB. It is an estimate, on the safe side, made before anything is allocated. Prefixes as
     * above.
     */
    public static final String MAX_EXPANSION_CONFIG = "avro.max.expansion";

    /** How many records may stand within each other, {@link #DEFAULT_MAX_DEPTH} if absent; prefixes as above. */
    public static final String MAX_DEPTH_CONFIG = "avro.max.depth";

    /** 64 MiB, far above the 1 MiB that Kafka takes by default. */
    public static final int DEFAULT_MAX_BYTES = ReadLimits.DEFAULT_MAX_BYTES;

    /** A thread with the default stack of 1 MiB reads about twice as deep, and writes about as deep. */
    public static final int DEFAULT_MAX_DEPTH = 500;

    static final ReadLimits DEFAULT_LIMITS = ReadLimits.defaults("avro", DEFAULT_MAX_DEPTH);

    private @Nullable Class<?> type;
    private Map<Fingerprint, Known<T>> known;
    private ReadLimits limits;

    /** A schema that records may have been written with, and how they are read. */
    private record Known<T>(Schema writer, DatumReader<T> reader, RecordScan scan) {}

    /** Reads as {@link #configure} says. */
    public AvroDeserializer() {
        this(null, List.of(), DEFAULT_LIMITS);
    }

    /**
     * Reads a class that Avro has generated.
     *
     * @param writers schemas that records may have been written with, beside that of the class
     * @throws ConfigException if Avro has not generated the class, or a schema has another logical type in a field
     */
    public AvroDeserializer(Class<T> type, Schema... writers) {
        this(generated(type), List.of(writers), DEFAULT_LIMITS);
    }

    AvroDeserializer(@Nullable Class<?> type, Collection<Schema> writers, ReadLimits limits) {
        this.type = type;
        this.limits = limits;
        this.known = known(type, writers, limits);
    }

    /** Reads {@code GenericRecord}s that were written with one of the schemas. */
    public static AvroDeserializer<GenericRecord> generic(Schema... writers) {
        return new AvroDeserializer<>(null, List.of(writers), DEFAULT_LIMITS);
    }

    /**
     * Takes the class, the schemas and the limits from a Kafka client's configuration, if they are there.
     *
     * @throws ConfigException if there is no such class or file, the class is not one that Avro has generated, a file
     *     is no schema, a limit is not a positive number, or no schema is known after all
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        List<Schema> writers = new ArrayList<>();
        known.values().forEach(before -> writers.add(before.writer()));
        for (String location : config.list(SCHEMAS_CONFIG)) {
            writers.addAll(Schemas.readWriters(config.keyFor(SCHEMAS_CONFIG), location));
        }
        config.classNamed(TYPE_CONFIG).ifPresent(configured -> {
            if (!Schemas.isGenerated(configured)) {
                throw new ConfigException(
                        config.keyFor(TYPE_CONFIG),
                        configured.getName(),
                        "it is no class that Avro has generated. Leave the key out to read GenericRecords");
            }
            type = configured;
        });
        limits = limits.with(config);
        known = known(type, writers, limits);
        if (known.isEmpty()) {
            throw new ConfigException("No schema is known to read Avro with: set " + TYPE_CONFIG
                    + " to a class that Avro has generated, or " + SCHEMAS_CONFIG + " to schema files");
        }
    }

    /**
     * The record.
     *
     * @throws SerializationException if it exceeds a limit, is not in single-object encoding, written with a schema that is
     *     not known, or does not fit it; it does not show the bytes
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] encoded) {
        return encoded == null ? null : read(encoded, 0, encoded.length);
    }

    /** The record that remains in the buffer, which is left as it is. */
    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer encoded) {
        if (encoded == null) {
            return null;
        }
        if (encoded.hasArray()) {
            return read(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
        }
        refuseAbove(encoded.remaining());
        byte[] copy = new byte[encoded.remaining()];
        encoded.duplicate().get(copy);
        return read(copy, 0, copy.length);
    }

    private T read(byte[] bytes, int offset, int length) {
        refuseAbove(length);
        if (!SingleObject.isHeader(bytes, offset, length)) {
            throw AvroFailure.reading(name(), SingleObject.whyNot(bytes, offset, length));
        }
        Fingerprint fingerprint = SingleObject.fingerprint(bytes, offset);
        Known<T> written = known.get(fingerprint);
        if (written == null) {
            throw AvroFailure.unknown(
                    name(),
                    fingerprint,
                    known.values().stream().map(Known::writer).toList());
        }
        return body(written, bytes, offset + SingleObject.HEADER_BYTES, length - SingleObject.HEADER_BYTES);
    }

    private T body(Known<T> written, byte[] bytes, int offset, int length) {
        T value;
        int surplus;
        try {
            written.scan.check(bytes, offset, length);
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
            value = written.reader.read(null, decoder);
            surplus = decoder.remainingBytes();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw AvroFailure.reading(name(), written.writer, type == null ? null : Schemas.of(type), e);
        }
        if (surplus > 0) {
            throw AvroFailure.reading(
                    name(),
                    surplus + " bytes follow the record, which was written as "
                            + Fingerprint.describe(written.writer)
                            + ". A Kafka record holds one: write the others into records of their own");
        }
        return value;
    }

    private void refuseAbove(int length) {
        try {
            limits.checkSize(length);
        } catch (LimitExceededException e) {
            throw AvroFailure.reading(name(), String.valueOf(e.getMessage()));
        }
    }

    private String name() {
        return type == null ? "GenericRecord" : type.getTypeName();
    }

    private static Class<?> generated(Class<?> type) {
        if (!Schemas.isGenerated(type)) {
            throw new ConfigException(
                    type.getName() + " is no class that Avro has generated. Name such a class, or read"
                            + " GenericRecords by AvroDeserializer.generic");
        }
        return type;
    }

    private static <T> Map<Fingerprint, Known<T>> known(
            @Nullable Class<?> type, Collection<Schema> writers, ReadLimits limits) {
        Map<Fingerprint, Known<T>> known = new LinkedHashMap<>();
        Schema expected = type == null ? null : Schemas.of(type);
        // its own readers, not those of GenericDatumReader, which a setting of the JVM could turn off
        FastReaderBuilder readers = new FastReaderBuilder(
                type == null || expected == null ? new GenericData() : new DeclaredClasses(type, expected));
        List<Schema> all = new ArrayList<>(writers);
        if (expected != null) {
            all.add(0, expected);
        }
        for (Schema writer : all) {
            requireSameMeaning(writer, expected);
            Known<T> before = known.get(Fingerprint.of(writer));
            requireSameMeaning(writer, before == null ? null : before.writer);
            known.computeIfAbsent(Fingerprint.of(writer), fingerprint -> {
                try {
                    DatumReader<T> reader = readers.createDatumReader(writer, expected == null ? writer : expected);
                    return new Known<>(writer, reader, new RecordScan(writer, expected, limits));
                } catch (IOException e) {
                    throw new ConfigException(
                            "The schema " + Fingerprint.describe(writer) + " cannot be read with: " + e);
                }
            });
        }
        return known;
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
