// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts the thread that made it at a moment, unless it is closed before: Kafka's producer blocks for
 * {@code max.block.ms} in each call, however little of the caller's time is left. Once it is closed it interrupts no more,
 * and takes back the interrupt that it made.
 */
final class CallDeadline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallDeadline.class);

    private final Thread thread = Thread.currentThread();
    private final CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
    private boolean closed;
    private boolean hasInterrupted;

    private CallDeadline() {}

    /** Makes a call that ends at a moment of {@link System#nanoTime()}, as far as an interrupt ends it. */
    static void within(long moment, Runnable call) {
        try (CallDeadline end = nanoTime(moment)) {
            call.run();
        }
    }

    private static CallDeadline nanoTime(long moment) {
        CallDeadline end = new CallDeadline();
        CompletableFuture<?> unused = end.timer.whenComplete((ended, timeout) -> end.interruptUnlessClosed());
        try {
            // The JDK's own timer, which has one thread for all; what it calls must be short, and is.
            unused = end.timer.orTimeout(Math.max(0, moment - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (OutOfMemoryError e) { // no thread can be made for it: the call ends by itself, later
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
        timer.complete(null); // which takes it from the timer's queue
        if (hasInterrupted) {
            boolean unused = Thread.interrupted();
        }
    }
}
