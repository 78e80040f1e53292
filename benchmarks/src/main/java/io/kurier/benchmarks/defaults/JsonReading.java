// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.kurier.serializers.json.JsonDeserializer;
import java.io.IOException;
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

/**
 * Measures what Kurier's deserializer adds to Jackson: the same orders, by {@link JsonDeserializer} and by the bare
 * {@link ObjectReader} on which an application's own deserializer would be built.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class JsonReading {
    private final ObjectReader reader = new ObjectMapper().readerFor(Order.class);
    private final Deserializer<Order> deserializer = new JsonDeserializer<>(Order.class);
    private byte[][] orders = {};
    private int next;

    /** Creates the records. */
    @Setup
    public void create() {
        Order[] made = Orders.make();
        orders = new byte[made.length][];
        try (OrderJson json = new OrderJson()) {
            for (int i = 0; i < made.length; i++) {
                orders[i] = json.serialize("orders", made[i]);
            }
        }
    }

    /** Jackson alone. */
    @Benchmark
    public Order bareReader() throws IOException {
        return reader.readValue(order());
    }

    /** The deserializer of {@code json}. */
    @Benchmark
    public Order jsonDeserializer() {
        return Objects.requireNonNull(deserializer.deserialize("orders", order()));
    }

    private byte[] order() {
        next = next + 1 == orders.length ? 0 : next + 1;
        return orders[next];
    }
}
