// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Counts messages by outcome. Safe for use by any number of threads. */
final class Tally {
    private static final Duration MOST_SETTLING = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_NANOS = 100_000;

    private final LongAdder accepted = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder notStored = new LongAdder();
    private final LongAdder unknown = new LongAdder();

    void accepted() {
        accepted.increment();
    }

    void stored() {
        stored.increment();
    }

    void failed(Outcome outcome) {
        switch (outcome) {
            case REJECTED -> rejected.increment();
            case NOT_STORED -> notStored.increment();
            case UNKNOWN -> unknown.increment();
        }
    }

    /**
     * The counts, once callers that are inside {@code publish} at this moment have been refused. One that a plugin
     * holds for longer than five seconds is counted as unknown: nobody can say what it will do.
     */
    CloseReport settle() {
        long deadline = System.nanoTime() + MOST_SETTLING.toNanos();
        while (true) {
            long all = accepted.sum();
            CloseReport counts = new CloseReport(all, stored.sum(), rejected.sum(), notStored.sum(), unknown.sum());
            long open = all - counts.stored() - counts.rejected() - counts.notStored() - counts.unknown();
            if (open == 0 || System.nanoTime() - deadline > 0) {
                return new CloseReport(
                        all, counts.stored(), counts.rejected(), counts.notStored(), counts.unknown() + open);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }
}
