// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.core.route.Route;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Completes futures on threads of Kurier's own. A dependent runs on the thread that completes its future; were that
 * Kafka's I/O thread, one that blocks would stop every topic, and one that publishes again could deadlock.
 *
 * <p>Each topic has a queue that one thread at a time works off, so futures of a topic complete in the order of their
 * acknowledgments, and a dependent that blocks holds its own topic only.
 */
final class Completions {
    private final ConcurrentMap<Route, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger threads = new AtomicInteger();

    // As many threads as topics have something to complete at one moment; none while nothing happens.
    // After the close there is no I/O thread to protect any more, and the caller completes what is left itself.
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            this::thread,
            (late, closedPool) -> late.run());

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "kurier-completions-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    Lane of(Route route) {
        Lane lane = lanes.get(route);
        return lane == null ? lanes.computeIfAbsent(route, added -> new Lane()) : lane;
    }

    /** Runs something that may block. */
    CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, pool);
    }

    /** Completes when all that stands in the queues now is done. */
    CompletableFuture<Void> caughtUp() {
        return CompletableFuture.allOf(lanes.values().stream()
                .map(lane -> {
                    CompletableFuture<Void> reached = new CompletableFuture<>();
                    lane.add(() -> reached.complete(null));
                    return reached;
                })
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Waits until the queues are worked off, at most the time given. What user code still holds goes on alone. */
    void close(Duration timeout) {
        pool.shutdown();
        if (Thread.currentThread().getName().startsWith("kurier-completions-")) {
            return; // a dependent closes its own publisher: its queue cannot end before it does
        }
        try {
            pool.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The queue of one topic. */
    final class Lane implements Runnable {
        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger size = new AtomicInteger();

        void add(Runnable completion) {
            waiting.add(completion);
            if (size.getAndIncrement() == 0) {
                pool.execute(this);
            }
        }

        @Override
        public void run() {
            int taken;
            do {
                taken = size.get();
                for (int i = 0; i < taken; i++) {
                    waiting.remove().run();
                }
            } while (size.addAndGet(-taken) != 0);
        }
    }
}
