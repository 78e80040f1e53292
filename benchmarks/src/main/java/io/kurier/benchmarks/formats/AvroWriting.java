// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import io.kurier.serializers.avro.AvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
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

/**
 * Measures {@link AvroSerializer} beside Avro's own writers with a reused encoder, in each framing: small records, as
 * generic and as generated ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AvroWriting {
    /** The kind of records. */
    @Param({"generic", "specific"})
    public String records = "generic";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BinaryEncoder direct = EncoderFactory.get().directBinaryEncoder(out, null);
    private final BinaryEncoder buffered = EncoderFactory.get().binaryEncoder(out, null);
    private IndexedRecord[] orders = {};
    private int next;
    private @Nullable DatumWriter<IndexedRecord> writer;
    private @Nullable Serializer<IndexedRecord> bare;
    private @Nullable Serializer<IndexedRecord> framed;

    /** Creates the records and the writers. */
    @Setup
    public void create() {
        SmallOrders.trustClasses();
        orders = SmallOrders.avro(records.equals("specific"));
        Schema schema = orders[0].getSchema();
        writer = records.equals("specific") ? new SpecificDatumWriter<>(schema) : new GenericDatumWriter<>(schema);
        bare = serializer("none");
        framed = serializer("single-object");
    }

    private static Serializer<IndexedRecord> serializer(String framing) {
        Serializer<IndexedRecord> serializer = new AvroSerializer<>();
        serializer.configure(Map.of(AvroSerializer.FRAMING_CONFIG, framing), false);
        return serializer;
    }

    /** Avro alone, without a buffer. */
    @Benchmark
    public byte[] directEncoder() throws IOException {
        return written(direct);
    }

    /** Avro alone, with a buffer. */
    @Benchmark
    public byte[] bufferedEncoder() throws IOException {
        return written(buffered);
    }

    /** The serializer of {@code avro}, without a framing. */
    @Benchmark
    public byte[] none() {
        return serialized(Objects.requireNonNull(bare));
    }

    /** The serializer of {@code avro}, with the fingerprint of the schema. */
    @Benchmark
    public byte[] singleObject() {
        return serialized(Objects.requireNonNull(framed));
    }

    private byte[] written(BinaryEncoder encoder) throws IOException {
        out.reset();
        Objects.requireNonNull(writer).write(order(), encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private byte[] serialized(Serializer<IndexedRecord> serializer) {
        return Objects.requireNonNull(serializer.serialize("orders", order()));
    }

    private IndexedRecord order() {
        next = next + 1 == orders.length ? 0 : next + 1;
        return orders[next];
    }
}
