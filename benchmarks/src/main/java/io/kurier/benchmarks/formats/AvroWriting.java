// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.avro.AvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.header.Headers;
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
    private @Nullable Serializer<IndexedRecord> none;
    private @Nullable Serializer<IndexedRecord> singleObject;
    private @Nullable Serializer<IndexedRecord> confluent;
    private @Nullable Serializer<IndexedRecord> confluentHeader;
    private @Nullable Serializer<IndexedRecord> apicurio;

    /** Creates the records and the writers. */
    @Setup
    public void create() {
        SmallOrders.trustClasses();
        orders = SmallOrders.avro(records.equals("specific"));
        Schema schema = orders[0].getSchema();
        writer = records.equals("specific") ? new SpecificDatumWriter<>(schema) : new GenericDatumWriter<>(schema);
        none = serializer("none");
        singleObject = serializer("single-object");
        confluent = serializer("confluent");
        confluentHeader = serializer("confluent-header");
        apicurio = serializer("apicurio");
    }

    private static Serializer<IndexedRecord> serializer(String framing) {
        Serializer<IndexedRecord> serializer = new AvroSerializer<>();
        serializer.configure(Framed.by(AvroSerializer.FRAMING_CONFIG, framing), false);
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
        return serialized(none);
    }

    /** The serializer of {@code avro}, with the fingerprint of the schema. */
    @Benchmark
    public byte[] singleObject() {
        return serialized(singleObject);
    }

    /** The serializer of {@code avro}, with the id of the schema before the payload. */
    @Benchmark
    public byte[] confluent() {
        return serialized(confluent);
    }

    /** The serializer of {@code avro}, with the GUID of the schema in a header, and the record's headers. */
    @Benchmark
    public byte[] confluentHeader() {
        return serialized(confluentHeader, new ArrayHeaders());
    }

    /** The serializer of {@code avro}, with Apicurio's content id before the payload. */
    @Benchmark
    public byte[] apicurio() {
        return serialized(apicurio);
    }

    private byte[] written(BinaryEncoder encoder) throws IOException {
        out.reset();
        Objects.requireNonNull(writer).write(order(), encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private byte[] serialized(@Nullable Serializer<IndexedRecord> serializer) {
        return Objects.requireNonNull(Objects.requireNonNull(serializer).serialize("orders", order()));
    }

    private byte[] serialized(@Nullable Serializer<IndexedRecord> serializer, Headers headers) {
        return Objects.requireNonNull(Objects.requireNonNull(serializer).serialize("orders", headers, order()));
    }

    private IndexedRecord order() {
        next = next + 1 == orders.length ? 0 : next + 1;
        return orders[next];
    }
}
