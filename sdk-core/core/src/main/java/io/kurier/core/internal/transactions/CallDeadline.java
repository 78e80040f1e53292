// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts the thread that made it at a given time, unless it is closed before: Kafka's producer blocks for
 * {@code max.block.ms} in each call, however little of the caller's time is left. Once closed it does not interrupt any
 * more, and it clears an interrupt that it made.
 */
final class CallDeadline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallDeadline.class);

    private final Thread thread = Thread.currentThread();
    private final CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
    private boolean closed;
    private boolean hasInterrupted;

    private CallDeadline() {}

    /** Runs a call that ends at a time of {@link System#nanoTime()}, as far as an interrupt ends it. */
    static void within(long moment, Runnable call) {
        try (CallDeadline end = nanoTime(moment)) {
            call.run();
        }
    }

    private static CallDeadline nanoTime(long moment) {
        CallDeadline end = new CallDeadline();
        CompletableFuture<?> unused = end.timer.whenComplete((ended, timeout) -> end.interruptUnlessClosed());
        try {
            // The JDK's own timer, which has one thread for all; its tasks must be short, and this one is.
            unused = end.timer.orTimeout(Math.max(0, moment - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (OutOfMemoryError e) { // no thread can be created for it: the call ends by itself, later
            LOG.debug("No timer for {}", end.thread, e);
        }
        return end;
    }

    private synchronized void interruptUnlessClosed() {
        if (!closed) {
            hasInterrupted = true;
            thread.interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.complete(null); // which removes it from the timer's queue
        if (hasInterrupted) {
            boolean unused = Thread.interrupted();
        }
    }
}
