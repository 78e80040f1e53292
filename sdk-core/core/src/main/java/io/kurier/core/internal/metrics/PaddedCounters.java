// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Longs with cache lines of their own, for values that are written with every message.
 *
 * <p>Callers write some, Kafka's I/O thread writes others, and both read the fields beside them. As objects of 24
 * bytes, such as a {@code LongAdder}, they shared cache lines: every write of one thread made the other reload data
 * that it needs for the next message. Safe for use by any number of threads.
 *
 * <p>A stripe belongs to the first thread that adds to it, for ever. The owner adds without an atomic instruction, which
 * would take some 20 cycles, to longs that only it writes; other threads add atomically to longs beside them.
 */
public final class PaddedCounters {
    /** The elements of an array: an {@code AtomicLongArray} would be one load more for each of them. */
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /** The distance in longs: two lines of 64 bytes, since processors fetch them in pairs. */
    private static final int DISTANCE = 16;

    /** Where in a stripe the id of its owner is, after the owner's sums; 0 if there is none. */
    private static final int OWNER = 7;

    /** Where in a stripe the sums of the other threads begin. */
    private static final int OTHERS = 8;

    private final int stripes;
    private final long[] longs;

    /**
     * Makes counters of value zero.
     *
     * @param stripes a power of two: the number of places over which each sum is spread, for threads that write it at
     *     the same time
     */
    public PaddedCounters(int stripes) {
        this.stripes = stripes;
        this.longs = new long[(stripes + 2) * DISTANCE];
    }

    /**
     * Adds to the sum in a slot, from 0 to 6.
     *
     * @return what the calling thread, or all threads that share its place, have added to the slot so far
     */
    public long add(int slot, long more) {
        long thread = Thread.currentThread().getId();
        int stripe = (((int) thread & (stripes - 1)) + 1) * DISTANCE;
        long owner = longs[stripe + OWNER];
        if (owner == thread || (owner == 0 && LONGS.compareAndSet(longs, stripe + OWNER, 0L, thread))) {
            long sum = longs[stripe + slot] + more;
            LONGS.setRelease(longs, stripe + slot, sum);
            return sum;
        }
        return (long) LONGS.getAndAdd(longs, stripe + OTHERS + slot, more) + more;
    }

    /** Sets a sum that has one stripe to a number. */
    void set(int slot, long number) {
        LONGS.setOpaque(longs, DISTANCE + slot, number);
        LONGS.setOpaque(longs, DISTANCE + OTHERS + slot, 0L);
    }

    /** Returns the sum in a slot. */
    public long sum(int slot) {
        long sum = 0;
        for (int stripe = 1; stripe <= stripes; stripe++) {
            sum += (long) LONGS.getAcquire(longs, stripe * DISTANCE + slot);
            sum += (long) LONGS.getAcquire(longs, stripe * DISTANCE + OTHERS + slot);
        }
        return sum;
    }
}
