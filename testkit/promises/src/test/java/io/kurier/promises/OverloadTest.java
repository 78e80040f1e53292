// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.broker.proxy.FaultProxy;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A publisher with {@code publish.max.in.flight.bytes} that gets ten times what its broker takes, behind a slow line:
 * what it takes is stored soon, the rest is refused at once, and nothing grows.
 *
 * <p>The figures are printed. They are judged in the long run only ({@code -Pnightly}), since a short one on a busy
 * machine shows the machine.
 */
class OverloadTest {
    private static final Topic<String, String> TOPIC = Topic.of("load", String.class, String.class);
    private static final String VALUE = "x".repeat(1_000);
    private static final int LINE_BYTES_PER_SECOND = 2_000_000;
    private static final Duration ONE_WAY = Duration.ofMillis(10);

    /** What the line takes in 40 ms, twice the time of a round trip. */
    private static final int MOST_IN_FLIGHT = 80_000;

    private static final int UNLOADED_PER_SECOND = 200;
    private static final int MOST_UNLOADED_SECONDS = 30;
    private static final int TIMES_TOO_MUCH = 10;
    private static final int LONG_RUN_SECONDS = 60;
    private static final double MOST_TIMES_SLOWER = 2;
    private static final double LEAST_GOODPUT = 0.95;
    private static final long MOST_GROWTH_BYTES = 16_000_000;

    private final Trial trial = new Trial("OverloadTest", "promises.overload.seconds", 6);

    /** Times, in classes of a hundredth: any number of them takes the same memory. Safe for use by several threads. */
    private static final class Times {
        private static final double CLASSES_PER_E = 100;

        private final AtomicLongArray counts = new AtomicLongArray(3_000);

        void add(long nanos) {
            counts.incrementAndGet((int) Math.round(CLASSES_PER_E * Math.log(Math.max(nanos, 1))));
        }

        long count() {
            return IntStream.range(0, counts.length()).mapToLong(counts::get).sum();
        }

        /** Returns a quantile in nanoseconds, to a hundredth of it. */
        double at(double quantile) {
            long before = 0;
            long wanted = Math.round(quantile * count());
            int at = -1;
            while (before < wanted || at < 0) {
                at++;
                before += counts.get(at);
            }
            return Math.exp(at / CLASSES_PER_E);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(count() + " times, ms:");
            for (double quantile : new double[] {0.5, 0.95, 0.99, 0.999, 1}) {
                text.append(String.format(Locale.ROOT, " p%s %.3f", 100 * quantile, at(quantile) / 1e6));
            }
            return text.toString();
        }
    }

    /** What became of the messages of one load, published at a steady rate. */
    private static final class Load {
        private final Times stored = new Times();
        private final Times refused = new Times();
        private final AtomicLong otherwiseFailed = new AtomicLong();
        private final List<Long> heapBytes = new ArrayList<>();
        private final boolean looksAtHeap;
        private double seconds;

        /** Makes a load; one that looks at the heap is disturbed ten times by a collection of garbage. */
        Load(boolean looksAtHeap) {
            this.looksAtHeap = looksAtHeap;
        }

        void run(Publisher publisher, double perSecond, Duration length) {
            long between = Math.round(1e9 / perSecond);
            long begin = System.nanoTime();
            long end = begin + length.toNanos();
            long due = begin;
            long nextLook = begin;
            long now = begin;
            while (now < end) {
                if (looksAtHeap && now >= nextLook) {
                    heapBytes.add(heapAfterCollection());
                    nextLook += length.toNanos() / 10;
                    due = Math.max(due, System.nanoTime()); // the collection's pause is not made up for
                } else if (now < due) {
                    LockSupport.parkNanos(due - now);
                } else {
                    due += between;
                    publish(publisher);
                }
                now = System.nanoTime();
            }
            seconds = (System.nanoTime() - begin) / 1e9;
            publisher.flush().join();
        }

        private void publish(Publisher publisher) {
            long begin = System.nanoTime();
            CompletableFuture<Receipt> published = publisher.tryPublish(TOPIC, null, VALUE);
            if (published.isCompletedExceptionally()) {
                refused.add(System.nanoTime() - begin);
            }
            CompletableFuture<Receipt> unused =
                    published.whenComplete((receipt, failure) -> note(System.nanoTime() - begin, failure));
        }

        private void note(long nanos, @Nullable Throwable failure) {
            if (failure == null) {
                stored.add(nanos);
            } else if (!(failure instanceof PublishException why
                    && why.outcome() == Outcome.REJECTED
                    && why.retriable())) {
                otherwiseFailed.incrementAndGet();
            }
        }

        double storedPerSecond() {
            return stored.count() / seconds;
        }

        long growth() {
            int half = heapBytes.size() / 2;
            long before = heapBytes.subList(1, half).stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElseThrow();
            long after = heapBytes.subList(half, heapBytes.size()).stream()
                    .mapToLong(Long::longValue)
                    .min()
                    .orElseThrow();
            return after - before;
        }

        private static long heapAfterCollection() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void refusesEarlyWhatTheBrokerCannotTake() {
        try (FaultProxy line = FaultProxy.start(trial.seed());
                LocalBroker broker =
                        LocalBroker.builder().advertisedPort(line.port()).start()) {
            line.target(broker.port());
            line.latency(ONE_WAY, Duration.ZERO);
            Load unloaded = new Load(false);
            Load overloaded = new Load(true);
            double taken;
            CloseReport report;
            Duration length = Duration.ofSeconds(trial.kills());
            try (Publisher publisher = publisher(line, Map.of("publish.max.in.flight.bytes", "" + MOST_IN_FLIGHT))) {
                new Load(false).run(publisher, UNLOADED_PER_SECOND, Duration.ofSeconds(2)); // warms up
                unloaded.run(
                        publisher,
                        UNLOADED_PER_SECOND,
                        Duration.ofSeconds(Math.min(trial.kills(), MOST_UNLOADED_SECONDS)));
                line.bandwidth(LINE_BYTES_PER_SECOND);
                taken = takenPerSecond(line);
                overloaded.run(publisher, TIMES_TOO_MUCH * taken, length);
                report = publisher.close(Duration.ofSeconds(60));
            }
            double slower = overloaded.stored.at(0.99) / unloaded.stored.at(0.99);
            double goodput = overloaded.storedPerSecond() / taken;
            trial.note("the broker takes " + Math.round(taken) + " records/s of a flood");
            trial.note("to the acknowledgment, unloaded: " + unloaded.stored);
            trial.note("to the acknowledgment, ten times too much: " + overloaded.stored);
            trial.note("refusals: " + overloaded.refused);
            trial.note(String.format(
                    Locale.ROOT,
                    "p99 %.2f times the unloaded one, goodput %.3f, heap grown by %,d bytes",
                    slower,
                    goodput,
                    overloaded.growth()));

            assertThat(unloaded.refused.count()).as("unloaded, %s", trial).isZero();
            assertThat(overloaded.refused.count()).as("overloaded, %s", trial).isPositive();
            assertThat(overloaded.otherwiseFailed).as("%s", trial).hasValue(0);
            assertThat(report.unknown() + report.notStored()).as("%s", trial).isZero();
            if (trial.kills() >= LONG_RUN_SECONDS) {
                assertThat(slower).as("p99, %s", trial).isLessThanOrEqualTo(MOST_TIMES_SLOWER);
                assertThat(goodput).as("goodput, %s", trial).isGreaterThanOrEqualTo(LEAST_GOODPUT);
                assertThat(overloaded.refused.at(0.999))
                        .as("refusals, %s", trial)
                        .isLessThan(TimeUnit.MILLISECONDS.toNanos(1));
                assertThat(overloaded.growth()).as("heap, %s", trial).isLessThan(MOST_GROWTH_BYTES);
            }
        }
    }

    /** What the line and the broker take of a publisher that is never refused for too much in flight. */
    private static double takenPerSecond(FaultProxy line) {
        AtomicLong stored = new AtomicLong();
        try (Publisher flood = publisher(line, Map.of())) {
            long begin = System.nanoTime();
            long from = begin + TimeUnit.SECONDS.toNanos(1);
            long end = begin + TimeUnit.SECONDS.toNanos(4);
            while (System.nanoTime() < end) {
                CompletableFuture<Void> unused = flood.publish(TOPIC, null, VALUE)
                        .thenAccept(receipt -> {
                            long now = System.nanoTime();
                            if (now >= from && now < end) {
                                stored.incrementAndGet();
                            }
                        });
            }
            return stored.get() / ((end - from) / 1e9);
        }
    }

    private static Publisher publisher(FaultProxy line, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "bootstrap.servers",
                line.address(),
                "topics.management",
                "create",
                "topics.load.partitions",
                "1",
                "topics.load.value.serializer",
                "text",
                "profile",
                "latency",
                "producer.compression.type",
                "none",
                "producer.buffer.memory",
                "1000000"));
        keys.putAll(more);
        return Kurier.start(keys, TOPIC);
    }
}
