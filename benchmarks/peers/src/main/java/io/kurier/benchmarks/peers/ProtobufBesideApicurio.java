// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import io.apicurio.registry.serde.protobuf.ProtobufKafkaSerializer;
import io.kurier.benchmarks.formats.SmallOrders;
import io.kurier.benchmarks.formats.protobuf.ProtobufOrder;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures Kurier's {@code protobuf} beside Apicurio's serializer, each with an id of four bytes; behind it Kurier's
 * writes message indexes, Apicurio's the name of the message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ProtobufBesideApicurio {
    private ProtobufOrder[] orders = {};
    private int next;
    private @Nullable ScriptedRegistry registry;
    private @Nullable Serializer<ProtobufOrder> kurier;
    private @Nullable Serializer<ProtobufOrder> byContent;
    private @Nullable Serializer<ProtobufOrder> latest;

    /** Creates the messages and the serializers, and lets each write a message. */
    @Setup
    public void create() {
        orders = SmallOrders.protobuf();
        String schema = Resource.text("order.proto");
        registry = new ScriptedRegistry("PROTOBUF", schema);
        kurier = new ProtobufSerializer<>(ProtobufOrder.getDescriptor());
        kurier.configure(registry.keys("protobuf"), false);
        byContent = apicurio(schema, OneSchema.byContent());
        latest = apicurio(schema, OneSchema.latest());
        kurier();
        apicurio();
        apicurioLatest();
    }

    private static Serializer<ProtobufOrder> apicurio(String schema, Map<String, Object> keys) {
        Serializer<ProtobufOrder> serializer = new ProtobufKafkaSerializer<>(new OneSchema(schema));
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

    private byte[] serialized(@Nullable Serializer<ProtobufOrder> serializer) {
        return Objects.requireNonNull(Objects.requireNonNull(serializer).serialize("orders", order()));
    }

    private ProtobufOrder order() {
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
