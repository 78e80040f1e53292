// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.clients;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Counts the outcomes that callbacks and dependents receive in one turn: the work that each candidate's user code does.
 * Safe for use by any thread.
 */
public final class AckCounter {
    private static final Duration MOST_WAITING = Duration.ofSeconds(30);
    private static final long BETWEEN_LOOKS_NANOS = 20_000;

    private final LongAdder stored = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile @Nullable Throwable failure;

    /** Counts one record's outcome; a failure, or null if it is stored. */
    public void outcome(@Nullable Throwable why) {
        if (why == null) {
            stored.increment();
        } else {
            failure(why);
        }
    }

    /** Counts stored records. */
    public void stored(long records) {
        stored.add(records);
    }

    /** Counts one record's failure, and nothing for null: for callbacks that have nothing to do otherwise. */
    public void failure(@Nullable Throwable why) {
        if (why != null) {
            failure = why;
            failed.increment();
        }
    }

    /** Waits until the given number of outcomes has been counted, half a minute at most. */
    public void await(int records) {
        long deadline = System.nanoTime() + MOST_WAITING.toNanos();
        while (stored.sum() + failed.sum() < records && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** Returns how many records are stored. */
    public long stored() {
        return stored.sum();
    }

    /**
     * Ends the run if a record failed.
     *
     * @throws IllegalStateException with one of the failures
     */
    public void throwIfFailed() {
        Throwable why = failure;
        if (why != null) {
            throw new IllegalStateException(failed.sum() + " records failed: " + why, why);
        }
    }
}
