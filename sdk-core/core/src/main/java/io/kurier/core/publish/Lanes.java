// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.CloseReport;
import io.kurier.Topic;
import io.kurier.core.metrics.PublisherMetrics;
import io.kurier.core.route.Route;
import io.kurier.core.route.Routes;
import io.kurier.core.time.Durations;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The lanes of all topics, and the threads that complete futures: user code must never run on Kafka's I/O thread. */
final class Lanes {
    private static final String THREAD = "kurier-completions-";

    /** No topic can have this name. */
    private static final String NO_TOPIC = "(undeclared)";

    private static final Duration MOST_SETTLING = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_NANOS = 100_000;

    private final Map<String, Lane> byAlias = new HashMap<>();
    private final Lane undeclared;
    private final List<Lane> all;
    private final AtomicInteger threads = new AtomicInteger();

    // As many threads as topics have something to complete at one moment; none while nothing happens.
    // What comes after the close, from callers that are refused or from an I/O thread that a close did not wait for,
    // has
    // a thread for itself: neither of the two may run user code.
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            this::thread,
            (late, closedPool) -> thread(late).start());

    Lanes(Routes routes, Collection<PublishListener> listeners, PublisherMetrics metrics) {
        List<PublishListener> told = List.copyOf(listeners);
        for (Route route : routes.all()) {
            byAlias.put(
                    route.alias(), new Lane(route.alias(), routes, route, metrics.topic(route.topic()), told, pool));
        }
        undeclared = new Lane(NO_TOPIC, routes, null, metrics.topic(NO_TOPIC), told, pool);
        all = new ArrayList<>(byAlias.values());
        all.add(undeclared);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, THREAD + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** The lane of a topic; topics that are not declared share one. */
    Lane of(@Nullable Topic<?, ?> topic) {
        Lane lane = topic == null ? null : byAlias.get(topic.alias());
        return lane == null ? undeclared : lane;
    }

    /** The topic that code declares under an alias, or null. */
    @Nullable
    Topic<?, ?> declared(String alias) {
        Lane lane = byAlias.get(alias);
        return lane == null ? null : lane.declared();
    }

    /** Runs something that may block. */
    CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, pool);
    }

    /** Completes when all that stands in the queues now is done. */
    CompletableFuture<Void> caughtUp() {
        return CompletableFuture.allOf(all.stream().map(Lane::caughtUp).toArray(CompletableFuture<?>[]::new));
    }

    /**
     * The counts, once callers that are inside {@code publish} at this moment have been refused. One that a plugin
     * holds for longer than five seconds is counted as unknown: nobody can say what it will do.
     */
    CloseReport settle() {
        long deadline = System.nanoTime() + MOST_SETTLING.toNanos();
        while (true) {
            CloseReport counts = sum();
            if (counts.open() == 0 || System.nanoTime() - deadline > 0) {
                return new CloseReport(
                        counts.accepted(),
                        counts.stored(),
                        counts.rejected(),
                        counts.notStored(),
                        counts.unknown() + counts.open());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private CloseReport sum() {
        return all.stream()
                .map(lane -> lane.counts().now())
                .reduce(
                        new CloseReport(0, 0, 0, 0, 0),
                        (a, b) -> new CloseReport(
                                a.accepted() + b.accepted(),
                                a.stored() + b.stored(),
                                a.rejected() + b.rejected(),
                                a.notStored() + b.notStored(),
                                a.unknown() + b.unknown()));
    }

    /** Waits until the queues are worked off, at most the time given. What user code still holds goes on alone. */
    void close(Duration timeout) {
        pool.shutdown();
        if (Thread.currentThread().getName().startsWith(THREAD)) {
            return; // a dependent closes its own publisher: its queue cannot end before it does
        }
        try {
            pool.awaitTermination(Durations.nanos(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
