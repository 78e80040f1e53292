// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Longs with cache lines of their own, for values that are written with every message.
 *
 * <p>Callers write some, Kafka's I/O thread writes others, and both read the fields beside them. As objects of 24
 * bytes, such as a {@code LongAdder}, they shared cache lines: every write of one thread made the other reload data
 * that it needs for the next message. Safe for use by any number of threads.
 */
final class PaddedCounters {
    /** The distance in longs: two lines of 64 bytes, since processors fetch them in pairs. */
    private static final int DISTANCE = 16;

    private final int stripes;
    private final AtomicLongArray longs;

    /**
     * Makes counters of value zero.
     *
     * @param stripes a power of two: the number of places over which each sum is spread, for threads that write it at
     *     the same time
     */
    PaddedCounters(int stripes) {
        this.stripes = stripes;
        this.longs = new AtomicLongArray((stripes + 2) * DISTANCE);
    }

    /** Adds to the sum in a slot, from 0 to 15. */
    void add(int slot, long more) {
        int stripe = (int) Thread.currentThread().getId() & (stripes - 1);
        longs.getAndAdd((stripe + 1) * DISTANCE + slot, more);
    }

    /** Sets a sum that has one stripe to a number. */
    void set(int slot, long number) {
        longs.setOpaque(DISTANCE + slot, number);
    }

    /** Returns the sum in a slot. */
    long sum(int slot) {
        long sum = 0;
        for (int stripe = 1; stripe <= stripes; stripe++) {
            sum += longs.get(stripe * DISTANCE + slot);
        }
        return sum;
    }
}
