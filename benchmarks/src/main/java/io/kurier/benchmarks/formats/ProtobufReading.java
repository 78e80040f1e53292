// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kurier.benchmarks.formats.protobuf.ProtobufOrder;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
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

/** Measures {@link ProtobufDeserializer} beside {@code parseFrom}, on which an application's own would be built. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ProtobufReading {
    private byte[][] orders = {};
    private int next;
    private final Deserializer<ProtobufOrder> deserializer = new ProtobufDeserializer<>(ProtobufOrder.class);

    /** Creates the records. */
    @Setup
    public void create() {
        ProtobufOrder[] messages = SmallOrders.protobuf();
        orders = new byte[messages.length][];
        for (int i = 0; i < messages.length; i++) {
            orders[i] = messages[i].toByteArray();
        }
    }

    /** Protobuf alone. */
    @Benchmark
    public ProtobufOrder parseFrom() throws InvalidProtocolBufferException {
        return ProtobufOrder.parseFrom(order());
    }

    /** The deserializer of {@code protobuf}, without a framing. */
    @Benchmark
    public ProtobufOrder none() {
        return Objects.requireNonNull(deserializer.deserialize("orders", order()));
    }

    private byte[] order() {
        next = next + 1 == orders.length ? 0 : next + 1;
        return orders[next];
    }
}
