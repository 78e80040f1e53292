// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import io.kurier.ArrayHeaders;
import io.kurier.benchmarks.formats.protobuf.ProtobufOrder;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures {@link ProtobufSerializer} beside {@code toByteArray}, on which an application's own would be built. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ProtobufWriting {
    private ProtobufOrder[] orders = {};
    private int next;
    private final Serializer<ProtobufOrder> none = serializer("none");
    private final Serializer<ProtobufOrder> confluent = serializer("confluent");
    private final Serializer<ProtobufOrder> confluentHeader = serializer("confluent-header");
    private final Serializer<ProtobufOrder> apicurio = serializer("apicurio");

    private static Serializer<ProtobufOrder> serializer(String framing) {
        Serializer<ProtobufOrder> serializer = new ProtobufSerializer<>(ProtobufOrder.getDescriptor());
        serializer.configure(Framed.by(ProtobufSerializer.FRAMING_CONFIG, framing), false);
        return serializer;
    }

    /** Creates the messages. */
    @Setup
    public void create() {
        orders = SmallOrders.protobuf();
    }

    /** Protobuf alone. */
    @Benchmark
    public byte[] toByteArray() {
        return order().toByteArray();
    }

    /** The serializer of {@code protobuf}, without a framing. */
    @Benchmark
    public byte[] none() {
        return Objects.requireNonNull(none.serialize("orders", order()));
    }

    /** The serializer of {@code protobuf}, with the id of the schema and the message indexes before the payload. */
    @Benchmark
    public byte[] confluent() {
        return Objects.requireNonNull(confluent.serialize("orders", order()));
    }

    /** The serializer of {@code protobuf}, with the GUID of the schema in a header, and the record's headers. */
    @Benchmark
    public byte[] confluentHeader() {
        return Objects.requireNonNull(confluentHeader.serialize("orders", new ArrayHeaders(), order()));
    }

    /** The serializer of {@code protobuf}, with Apicurio's content id and the message's name before the payload. */
    @Benchmark
    public byte[] apicurio() {
        return Objects.requireNonNull(apicurio.serialize("orders", order()));
    }

    private ProtobufOrder order() {
        next = next + 1 == orders.length ? 0 : next + 1;
        return orders[next];
    }
}
