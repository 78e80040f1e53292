// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.core.internal.time.Durations;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits how much of a value of several records waits for acknowledgments. A producer has few requests in flight, so
 * records beyond those are not sent any sooner if they are passed to it earlier; they would fill its buffer and the
 * heap, and a collector would have to keep them.
 *
 * <p>It is an optimization and never the reason of a failure: if no acknowledgment comes for a while, it ends, and the
 * producer's buffer is the only limit.
 *
 * <p>One thread passes records to the producer and waits; any thread reports acknowledgments.
 */
final class AcknowledgmentWindow {
    /** Some times what five requests with one record of up to 1 MiB each have in flight. */
    private static final long MOST_BYTES = 8L << 20;

    /** Of larger records, more bytes are in flight. */
    private static final int FEWEST_RECORDS = 8;

    private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(5).toNanos();
    /** After this time, it checks again whether the publisher is closed. */
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private long bytes;
    private int records;
    private @Nullable Thread waiting;
    private boolean ended; // used by the waiting thread only

    /** Called when a record is about to be passed to the producer. */
    synchronized void passed(int recordBytes) {
        bytes += recordBytes;
        records++;
    }

    /** Called when the outcome of a record is known. */
    synchronized void answered(int recordBytes) {
        bytes -= recordBytes;
        records--;
        if (waiting != null && !isFull()) {
            LockSupport.unpark(waiting);
        }
    }

    /**
     * Waits until another record can be passed on. Returns earlier, and at once from then on, if the time is over or
     * the thread is interrupted; the interrupt flag is kept.
     *
     * @param longest how long the caller's thread may wait
     * @param isOfNoUse whether no more records need to be sent
     */
    void await(Duration longest, AtomicBoolean closed, BooleanSupplier isOfNoUse) {
        if (ended || !beginsWait()) {
            return;
        }
        try {
            long deadline = System.nanoTime() + Math.min(Durations.nanos(longest), LONGEST_WAIT_NANOS);
            while (isStillFull() && !closed.get() && !isOfNoUse.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || Thread.currentThread().isInterrupted()) {
                    ended = true;
                    return;
                }
                LockSupport.parkNanos(this, Math.min(left, LONGEST_PAUSE_NANOS));
            }
        } finally {
            endWait();
        }
    }

    private synchronized boolean beginsWait() {
        if (isFull()) {
            waiting = Thread.currentThread();
        }
        return waiting != null;
    }

    private synchronized void endWait() {
        waiting = null;
    }

    private synchronized boolean isStillFull() {
        return isFull();
    }

    private boolean isFull() {
        return bytes >= MOST_BYTES && records >= FEWEST_RECORDS;
    }
}
