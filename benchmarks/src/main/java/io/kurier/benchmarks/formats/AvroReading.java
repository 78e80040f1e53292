// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import io.kurier.benchmarks.formats.avro.AvroOrder;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures {@link AvroDeserializer} beside Avro's own readers with a reused decoder. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AvroReading {
    /** The kind of records. */
    @Param({"generic", "specific"})
    public String records = "generic";

    private byte[][] bare = {};
    private byte[][] framed = {};
    private int next;
    private @Nullable BinaryDecoder decoder;
    private @Nullable DatumReader<IndexedRecord> reader;
    private @Nullable Deserializer<?> ofBare;
    private @Nullable Deserializer<?> ofFramed;

    /** Creates the records and the readers. */
    @Setup
    public void create() {
        SmallOrders.trustClasses();
        boolean specific = records.equals("specific");
        Schema schema = AvroOrder.getClassSchema();
        bare = written("none");
        framed = written("single-object");
        reader = specific ? new SpecificDatumReader<>(schema) : new GenericDatumReader<>(schema);
        ofBare = deserializer(specific, "none");
        ofFramed = deserializer(specific, "single-object");
    }

    private static byte[][] written(String framing) {
        try (Serializer<IndexedRecord> serializer = new AvroSerializer<>()) {
            serializer.configure(Map.of(AvroSerializer.FRAMING_CONFIG, framing), false);
            IndexedRecord[] orders = SmallOrders.avro(true);
            byte[][] written = new byte[orders.length][];
            for (int i = 0; i < orders.length; i++) {
                written[i] = Objects.requireNonNull(serializer.serialize("orders", orders[i]));
            }
            return written;
        }
    }

    private static Deserializer<?> deserializer(boolean specific, String framing) {
        Deserializer<?> deserializer = specific
                ? new AvroDeserializer<>(AvroOrder.class)
                : AvroDeserializer.generic(AvroOrder.getClassSchema());
        deserializer.configure(Map.of(AvroDeserializer.FRAMING_CONFIG, framing), false);
        return deserializer;
    }

    /** Avro alone. */
    @Benchmark
    public Object bareReader() throws IOException {
        byte[] bytes = next(bare);
        decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
        return Objects.requireNonNull(reader).read(null, decoder);
    }

    /** The deserializer of {@code avro}, without a framing. */
    @Benchmark
    public Object none() {
        return Objects.requireNonNull(Objects.requireNonNull(ofBare).deserialize("orders", next(bare)));
    }

    /** The deserializer of {@code avro}, by the fingerprint of the schema. */
    @Benchmark
    public Object singleObject() {
        return Objects.requireNonNull(Objects.requireNonNull(ofFramed).deserialize("orders", next(framed)));
    }

    private byte[] next(byte[][] records) {
        next = next + 1 == records.length ? 0 : next + 1;
        return records[next];
    }
}
