// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import io.kurier.Outcome;

/** Counts the messages of one topic by outcome, their bytes and their times. Safe for use by any number of threads. */
public final class TopicCounts {
    private static final int ACCEPTED = 0;
    private static final int REJECTED = 1;
    private static final int STORED = 0;
    private static final int STORED_BYTES = 1;
    private static final int NOT_STORED = 2;
    private static final int UNKNOWN = 3;
    private static final int CALLERS = 8;

    private final PaddedCounters byCallers = new PaddedCounters(CALLERS);
    private final PaddedCounters byKafka = new PaddedCounters(1);
    private final LatencyHistogram times = new LatencyHistogram();

    /**
     * Counts a message that was passed to the publisher.
     *
     * @return whether the time to its acknowledgment is to be measured
     */
    public boolean accepted() {
        return times.wants(byCallers.add(ACCEPTED, 1));
    }

    /**
     * Counts a stored message.
     *
     * @param bytes the size of its encoded value in bytes
     */
    public void stored(long bytes) {
        stored(1, bytes);
    }

    /**
     * Counts stored messages.
     *
     * @param messages how many
     * @param bytes the total size of their encoded values in bytes
     */
    public void stored(long messages, long bytes) {
        byKafka.add(STORED, messages);
        byKafka.add(STORED_BYTES, bytes);
    }

    /** Counts a failed message. */
    public void failed(Outcome outcome) {
        switch (outcome) {
            case REJECTED -> byCallers.add(REJECTED, 1);
            case NOT_STORED -> byKafka.add(NOT_STORED, 1);
            case UNKNOWN -> byKafka.add(UNKNOWN, 1);
        }
    }

    /** Returns the current counts; messages without an outcome are in {@code accepted} only. */
    public OutcomeCounts now() {
        // accepted is read last: a message that is settled meanwhile must not make more outcomes than messages
        long storedNow = byKafka.sum(STORED);
        long rejectedNow = byCallers.sum(REJECTED);
        long notStoredNow = byKafka.sum(NOT_STORED);
        long unknownNow = byKafka.sum(UNKNOWN);
        return new OutcomeCounts(byCallers.sum(ACCEPTED), storedNow, rejectedNow, notStoredNow, unknownNow);
    }

    /** The total size of the stored values in bytes. */
    public long storedBytes() {
        return byKafka.sum(STORED_BYTES);
    }

    /** The histogram of the times that stored messages took. */
    public LatencyHistogram times() {
        return times;
    }
}
