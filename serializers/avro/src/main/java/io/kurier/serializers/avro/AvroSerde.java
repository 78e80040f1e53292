// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;

/**
 * {@link AvroSerializer} and {@link AvroDeserializer} as a serde, for Kafka Streams.
 *
 * <p>{@code configure} configures both, by their own keys; both are safe for use by any number of threads after that.
 *
 * @param <T> the type of values
 */
public final class AvroSerde<T> extends Serdes.WrapperSerde<T> {

    /**
     * Creates a serde for Kafka Streams, which makes it by its name ({@code default.value.serde}) and configures it;
     * {@link AvroDeserializer#TYPE_CONFIG} or {@link AvroDeserializer#SCHEMAS_CONFIG} has to be set.
     */
    public AvroSerde() {
        super(new AvroSerializer<>(), new AvroDeserializer<>());
    }

    /**
     * Creates a serde of a class that Avro has generated.
     *
     * @param type the generated class
     * @param writers schemas that records may have been written with, in addition to that of the class
     * @throws org.apache.kafka.common.config.ConfigException if Avro has not generated the class, or a schema has
     *     another logical type in a field
     */
    public AvroSerde(Class<T> type, Schema... writers) {
        super(new AvroSerializer<>(), new AvroDeserializer<>(type, writers));
    }

    private AvroSerde(AvroSerializer<T> serializer, AvroDeserializer<T> deserializer) {
        super(serializer, deserializer);
    }

    /**
     * Returns a serde of generic records.
     *
     * @param written the schema of the records that are written; others are refused
     * @param earlier further schemas that records may have been written with; a record that is read has the one that
     *     wrote it
     */
    public static AvroSerde<GenericRecord> generic(Schema written, Schema... earlier) {
        Schema[] read = Stream.concat(Stream.of(written), Stream.of(earlier)).toArray(Schema[]::new);
        return new AvroSerde<>(new AvroSerializer<>(written), AvroDeserializer.generic(read));
    }
}
