// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes in a heap that is too small, keeping every future, until memory is exhausted some times, then closes, frees what it
 * kept beside the futures, and says how many of them are open.
 */
final class HeapPressureChild {
    static final String OPEN = "open futures: ";
    private static final Topic<String, String> TOPIC = Topic.of("pressure", String.class, String.class);
    private static final String VALUE = "x".repeat(1_000);
    private static final int EXHAUSTED = 3;

    /** The rest of a future's time on a machine that is busy with other things too. */
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Freed for the close; a local variable would be freed as soon as the compiler sees that nobody reads it. */
    private static volatile byte @Nullable [] reserve = new byte[8 << 20];

    private HeapPressureChild() {}

    /** Takes the brokers' addresses. */
    public static void main(String[] args) {
        Publisher publisher = Kurier.start(config(args[0]), TOPIC);
        List<CompletableFuture<Receipt>> futures = new ArrayList<>(500_000);
        List<byte[]> ballast = new ArrayList<>(10_000);
        int exhausted = 0;
        while (exhausted < EXHAUSTED && futures.size() < 400_000) {
            try {
                CompletableFuture<Receipt> future = publisher.tryPublish(TOPIC, "k", VALUE);
                futures.add(future);
                ballast.add(new byte[500]);
                future.thenRun(() -> {});
            } catch (OutOfMemoryError e) {
                exhausted++;
                ballast.clear();
            }
        }
        ballast.clear();
        reserve = null;
        boolean closed = close(publisher);
        int given = futures.size();
        int open = open(futures);
        long end = System.nanoTime() + LATEST_NANOS;
        while (open > 0 && System.nanoTime() < end) { // a close with exhausted memory ends in time, done or not
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            open = open(futures);
        }
        futures.clear(); // there may be no memory for a line before
        System.out.println(
                "exhausted " + exhausted + " times, " + given + " futures, " + (closed ? "closed" : "close failed"));
        System.out.println(OPEN + open);
        System.exit(0);
    }

    private static int open(List<CompletableFuture<Receipt>> futures) {
        int open = 0;
        for (CompletableFuture<Receipt> future : futures) {
            open += future.isDone() ? 0 : 1;
        }
        return open;
    }

    private static boolean close(Publisher publisher) {
        try {
            return publisher.close(Duration.ofSeconds(5)).open() == 0;
        } catch (OutOfMemoryError e) { // there was no memory for the report
            return false;
        }
    }

    private static Map<String, String> config(String brokers) {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", brokers);
        config.put("topics.management", "create");
        config.put("topics.pressure.value.serializer", "text");
        config.put("topics.pressure.partitions", "3");
        config.put("producer.buffer.memory", "16777216");
        return config;
    }
}
