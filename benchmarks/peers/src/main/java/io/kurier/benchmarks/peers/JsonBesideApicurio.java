// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import io.kurier.benchmarks.formats.SmallOrders;
import io.kurier.serializers.json.JsonSerializer;
import java.util.Arrays;
import java.util.HashMap;
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

/** Measures Kurier's {@code json} beside Apicurio's serializer of JSON Schema; both validate each value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class JsonBesideApicurio {
    private static final String SCHEMA = "order.schema.json";

    private final JsonOrder[] orders =
            Arrays.stream(SmallOrders.protobuf()).map(JsonOrder::of).toArray(JsonOrder[]::new);
    private int next;
    private @Nullable ScriptedRegistry registry;
    private @Nullable ApicurioJson loader;
    private @Nullable Serializer<Object> kurier;
    private @Nullable Serializer<Object> latest;

    /** Creates the serializers, and lets each write a value. */
    @Setup
    public void create() {
        String schema = Resource.text(SCHEMA);
        registry = new ScriptedRegistry("JSON", schema);
        Map<String, String> keys = new HashMap<>(registry.keys("json"));
        keys.put(JsonSerializer.SCHEMA_CONFIG, "classpath:" + Resource.path(SCHEMA));
        kurier = new JsonSerializer<>();
        kurier.configure(keys, false);
        loader = new ApicurioJson();
        latest = loader.serializer(new OneSchema(schema));
        latest.configure(OneSchema.latest(), false);
        kurier();
        apicurio();
    }

    /** Kurier's serializer. */
    @Benchmark
    public byte[] kurier() {
        return serialized(kurier);
    }

    /** Apicurio's serializer, which takes the latest version of the artifact, since objects have no schema of their own. */
    @Benchmark
    public byte[] apicurio() {
        return serialized(latest);
    }

    private byte[] serialized(@Nullable Serializer<Object> serializer) {
        return Objects.requireNonNull(Objects.requireNonNull(serializer).serialize("orders", order()));
    }

    /** Writes a value with the serializer of Apicurio or of Kurier. */
    byte[] write(JsonOrder order, boolean byApicurio) {
        Serializer<Object> serializer = byApicurio ? latest : kurier;
        return Objects.requireNonNull(Objects.requireNonNull(serializer).serialize("orders", order));
    }

    private JsonOrder order() {
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
        Objects.requireNonNull(latest).close();
        Objects.requireNonNull(loader).close();
        Objects.requireNonNull(registry).close();
    }
}
