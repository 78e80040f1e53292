// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.kurier.benchmarks.formats.SmallOrders;
import io.kurier.serializers.avro.AvroSerializer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.IndexedRecord;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures Kurier's {@code avro} beside Apicurio's serializer, each with an id of four bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AvroBesideApicurio {
    /** The kind of records. */
    @Param({"generic", "specific"})
    public String records = "generic";

    private IndexedRecord[] orders = {};
    private int next;
    private @Nullable ScriptedRegistry registry;
    private @Nullable Serializer<IndexedRecord> kurier;
    private @Nullable Serializer<IndexedRecord> byContent;
    private @Nullable Serializer<IndexedRecord> latest;

    /** Creates the records and the serializers, and lets each write a record. */
    @Setup
    public void create() {
        SmallOrders.trustClasses();
        orders = SmallOrders.avro(records.equals("specific"));
        String schema = orders[0].getSchema().toString();
        registry = new ScriptedRegistry("AVRO", schema);
        kurier = new AvroSerializer<>();
        kurier.configure(registry.keys("avro"), false);
        byContent = apicurio(schema, OneSchema.byContent());
        latest = apicurio(schema, OneSchema.latest());
        kurier();
        apicurio();
        apicurioLatest();
    }

    private static Serializer<IndexedRecord> apicurio(String schema, Map<String, Object> keys) {
        Serializer<IndexedRecord> serializer = new AvroKafkaSerializer<>(new OneSchema(schema));
        serializer.configure(keys, false);
        return serializer;
    }

    /** Kurier's serializer. */
    @Benchmark
    public byte[] kurier() {
        return serialized(kurier);
    }

    /** Apicurio's serializer as it is by default, which looks a schema up by its content. */
    @Benchmark
    public byte[] apicurio() {
        return serialized(byContent);
    }

    /** Apicurio's serializer that takes the latest version of the artifact. */
    @Benchmark
    public byte[] apicurioLatest() {
        return serialized(latest);
    }

    private byte[] serialized(@Nullable Serializer<IndexedRecord> serializer) {
        return Objects.requireNonNull(Objects.requireNonNull(serializer).serialize("orders", order()));
    }

    private IndexedRecord order() {
        next = next + 1 == orders.length ? 0 : next + 1;
        return orders[next];
    }

    /** Returns how many requests Kurier's serializer has sent. */
    int requests() {
        return Objects.requireNonNull(registry).requests();
    }

    /** Ends the serializers and the registry. */
    @TearDown
    public void close() {
        Objects.requireNonNull(kurier).close();
        Objects.requireNonNull(byContent).close();
        Objects.requireNonNull(latest).close();
        Objects.requireNonNull(registry).close();
    }
}
