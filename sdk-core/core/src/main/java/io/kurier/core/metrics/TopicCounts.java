// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.metrics;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import java.util.concurrent.atomic.LongAdder;

/** Counts the messages of one topic by outcome, their bytes and their times. Safe for use by any number of threads. */
public final class TopicCounts {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder notStored = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder storedBytes = new LongAdder();
    private final AckTimes times = new AckTimes();

    /** A message was given to the publisher. */
    public void accepted() {
        accepted.increment();
    }

    /**
     * A message is stored.
     *
     * @param bytes the size of its encoded value
     */
    public void stored(long bytes) {
        stored.increment();
        storedBytes.add(bytes);
    }

    /** A message failed. */
    public void failed(Outcome outcome) {
        switch (outcome) {
            case REJECTED -> rejected.increment();
            case NOT_STORED -> notStored.increment();
            case UNKNOWN -> unknown.increment();
        }
    }

    /** The counts at this moment; messages on their way are in {@code accepted} only. */
    public CloseReport now() {
        // accepted last: a message that settles meanwhile must not make more outcomes than messages
        long storedNow = stored.sum();
        long rejectedNow = rejected.sum();
        long notStoredNow = notStored.sum();
        long unknownNow = unknown.sum();
        return new CloseReport(accepted.sum(), storedNow, rejectedNow, notStoredNow, unknownNow);
    }

    /** The bytes of the values that are stored. */
    public long storedBytes() {
        return storedBytes.sum();
    }

    /** How long stored messages took. */
    public AckTimes times() {
        return times;
    }
}
