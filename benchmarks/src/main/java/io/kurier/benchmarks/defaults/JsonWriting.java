// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.module.blackbird.BlackbirdModule;
import io.kurier.TypeRef;
import io.kurier.serializers.json.JsonDefaults;
import io.kurier.serializers.json.JsonSerializer;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures what Kurier's serializer adds to Jackson: the same orders as JSON, by {@link JsonSerializer} and by the bare
 * {@link ObjectWriter} on which an application's own serializer would be built.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class JsonWriting {
    private final Order[] orders = Orders.make();
    private int next;

    /** How Jackson reads properties: by reflection, or by the accessors that its Blackbird module generates. */
    @Param({"reflection", "blackbird"})
    public String accessors = "reflection";

    private @Nullable ObjectWriter writer;
    private @Nullable Serializer<Order> serializer;

    /** Creates the writers, each with the settings that its users begin with. */
    @Setup
    public void create() {
        ObjectMapper mapper = new ObjectMapper();
        JsonMapper.Builder defaults = JsonDefaults.builder();
        if (accessors.equals("blackbird")) {
            mapper.registerModule(new BlackbirdModule());
            defaults.addModule(new BlackbirdModule());
        }
        writer = mapper.writerFor(Order.class);
        serializer = new JsonSerializer<>(new TypeRef<Order>() {}, defaults.build());
    }

    /** Jackson alone. */
    @Benchmark
    public byte[] bareWriter() throws JsonProcessingException {
        return Objects.requireNonNull(writer).writeValueAsBytes(order());
    }

    /** The serializer of {@code json}. */
    @Benchmark
    public byte[] jsonSerializer() {
        return Objects.requireNonNull(Objects.requireNonNull(serializer).serialize("orders", order()));
    }

    private Order order() {
        next = next + 1 == orders.length ? 0 : next + 1;
        return orders[next];
    }
}
