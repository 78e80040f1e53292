// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.waits;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.benchmarks.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The durations and results of many calls of {@code tryPublish}. The first calls of a cold JVM are among them.
 *
 * @param nanos how long each took, in nanoseconds and ascending order
 * @param rejected how many returned a future that was {@link Outcome#REJECTED} when the call returned
 * @param threw how many threw, which none may
 */
record Calls(long[] nanos, long rejected, long threw) {
    /** The upper limit of the 99th percentile. */
    static final Duration LIMIT = Duration.ofMillis(5);

    /** The topic that the calls publish to. */
    static final Topic<byte[], byte[]> TOPIC = Topic.of("waits", byte[].class, byte[].class);

    private static final byte[] VALUE = new byte[100];

    /** Makes calls one after the other in this thread. */
    static Calls here(Publisher publisher, int count) {
        LongAdder rejected = new LongAdder();
        LongAdder threw = new LongAdder();
        return new Calls(sorted(call(publisher, count, rejected, threw)), rejected.sum(), threw.sum());
    }

    /** Makes calls from several concurrent tasks. */
    static Calls by(ExecutorService executor, int tasks, Publisher publisher, int count)
            throws InterruptedException, ExecutionException {
        LongAdder rejected = new LongAdder();
        LongAdder threw = new LongAdder();
        List<Future<long[]>> parts = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            parts.add(executor.submit(() -> call(publisher, count / tasks, rejected, threw)));
        }
        List<long[]> done = new ArrayList<>();
        for (Future<long[]> part : parts) {
            done.add(part.get());
        }
        long[] all = done.stream().flatMapToLong(Arrays::stream).toArray();
        return new Calls(sorted(all), rejected.sum(), threw.sum());
    }

    private static long[] call(Publisher publisher, int count, LongAdder rejected, LongAdder threw) {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            CompletableFuture<Receipt> future = null;
            try {
                future = publisher.tryPublish(TOPIC, null, VALUE);
            } catch (RuntimeException e) {
                threw.increment();
            }
            nanos[i] = System.nanoTime() - start;
            if (future != null && outcome(future) == Outcome.REJECTED) {
                rejected.increment();
            }
        }
        return nanos;
    }

    /** Returns the outcome of a failed future; null if it is stored or not done yet. */
    static @Nullable Outcome outcome(CompletableFuture<Receipt> future) {
        if (!future.isCompletedExceptionally()) {
            return null;
        }
        try {
            future.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof PublishException failure ? failure.outcome() : null;
        }
    }

    /** Returns a percentile in microseconds. */
    double micros(double share) {
        return Statistics.percentile(nanos, share) / 1e3;
    }

    /** Returns whether no call threw, all were refused, and the 99th percentile stays below the limit. */
    boolean areWell() {
        return threw == 0 && rejected == nanos.length && Statistics.percentile(nanos, 0.99) < LIMIT.toNanos();
    }

    private static long[] sorted(long[] values) {
        Arrays.sort(values);
        return values;
    }
}
