// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs Kafka's start and stop in a thread of its own, where an interrupt of the caller cannot reach them.
 *
 * <p>Kafka's first start in a JVM reads jars while it initializes classes; an interrupt at that time would make those
 * classes unusable for the rest of the JVM's life. A stop that is cut short leaves threads and locks behind.
 */
final class UninterruptibleCall {
    private static final int FRAMES = 12;

    private UninterruptibleCall() {}

    /**
     * Runs a call and waits for it. An interrupt does not end the wait; the interrupt flag is kept.
     *
     * @throws ExecutionException with the exception that the call threw
     * @throws TimeoutException if it takes longer than the limit; it is then interrupted and left behind
     */
    static <T> T call(String name, Duration limit, Callable<T> work) throws ExecutionException, TimeoutException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            String where =
                    Arrays.stream(thread.getStackTrace()).limit(FRAMES).toList().toString();
            thread.interrupt();
            throw new TimeoutException("not done after " + limit.toSeconds() + " s, still in " + where);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
