// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.path;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.benchmarks.Values;
import io.kurier.core.Kurier;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the cost of a publish before and after Kafka: from the call to the completed future, with nothing in
 * between.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PublishPath {
    private static final Topic<byte[], byte[]> BYTES = Topic.of("bytes", byte[].class, byte[].class);
    private static final Topic<byte[], byte[]> KEYED = Topic.of("keyed", byte[].class, byte[].class);
    private static final Topic<byte[], Order> ORDERS = Topic.of("orders", byte[].class, Order.class);

    private final byte[] key = "customer-4711".getBytes(StandardCharsets.UTF_8);
    private final byte[] value = Values.ofSize(100)[0];
    private final byte[] trace = "00-4bf92f3577b34da6a3ce929d0e0e4736".getBytes(StandardCharsets.UTF_8);
    private final Order order = new Order("4711", "espresso machine", 2, 39_900);
    private final LongAdder completed = new LongAdder();
    private final BiConsumer<Receipt, @Nullable Throwable> dependent = (receipt, failure) -> completed.increment();

    /** Which thread acknowledges. */
    @Param({"caller", "other"})
    public String acknowledgedBy = "caller";

    private @Nullable Publisher started;

    /** The value that a publisher of JSON gets. */
    public record Order(String id, String item, int count, long cents) {}

    /** Starts a publisher over a transport that needs no broker. */
    @Setup
    public void start() {
        started = Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "topics.bytes.key.serializer", "bytes",
                        "topics.bytes.value.serializer", "bytes",
                        "topics.keyed.key.serializer", "bytes",
                        "topics.keyed.value.serializer", "bytes",
                        "topics.keyed.partitioner", "murmur2",
                        "topics.orders.key.serializer", "bytes",
                        "topics.orders.value.serializer", "json"))
                .topics(BYTES, KEYED, ORDERS)
                .transport(config -> new InstantTransport(acknowledgedBy.equals("other")))
                .start();
    }

    /** Completes all futures, so that none are left to the next iteration. */
    @TearDown(Level.Iteration)
    public void flush() {
        publisher().flush().join();
    }

    /** Closes the publisher. */
    @TearDown
    public void close() {
        publisher().close();
    }

    /** The lower bound: a future that is completed at once. */
    @Benchmark
    public CompletableFuture<Object> emptyFuture() {
        CompletableFuture<Object> future = new CompletableFuture<>();
        future.complete(value);
        return future;
    }

    /** Bytes, without a dependent. */
    @Benchmark
    public CompletableFuture<Receipt> bytes() {
        return publisher().publish(BYTES, null, value);
    }

    /** Bytes, and one dependent that counts. */
    @Benchmark
    public CompletableFuture<Receipt> bytesWithDependent() {
        return publisher().publish(BYTES, null, value).whenComplete(dependent);
    }

    /** Bytes with two headers. */
    @Benchmark
    public CompletableFuture<Receipt> bytesWithHeaders() {
        return publisher()
                .publish(Message.of(BYTES, null, value)
                        .withHeader("traceparent", trace)
                        .withHeader("tenant", key));
    }

    /** Bytes with a key, partitioned by it. */
    @Benchmark
    public CompletableFuture<Receipt> keyedByMurmur2() {
        return publisher().publish(KEYED, key, value);
    }

    /** A value that is serialized as JSON. */
    @Benchmark
    public CompletableFuture<Receipt> json() {
        return publisher().publish(ORDERS, key, order);
    }

    private Publisher publisher() {
        return Objects.requireNonNull(started);
    }
}
