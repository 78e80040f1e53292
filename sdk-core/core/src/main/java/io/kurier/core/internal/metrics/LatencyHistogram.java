// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram of the time that messages took from the call to the acknowledgment: quantiles of the last one to two
 * minutes, to within an eighth of their value. Recording allocates nothing. Safe for use by any number of threads.
 *
 * <p>Reading the clock twice per message cost 3% under a high load of small messages, so a {@link LoadSampler} then
 * chooses one message in 32 to be timed.
 */
public final class LatencyHistogram {
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Each power of two is divided into eight buckets. */
    private static final int STEPS_LOG2 = 3;

    /** Shorter times fall into the first bucket. */
    private static final int SHORTEST_LOG2 = 10;

    private static final int BUCKETS = (63 - SHORTEST_LOG2) << STEPS_LOG2;

    private volatile Window window;
    private final LoadSampler flood = new LoadSampler();

    /** The buckets of the current minute, and those of the minute before. */
    private record Window(long since, AtomicLongArray running, AtomicLongArray before) {
        boolean isOver(long now) {
            return now - since >= WINDOW_NANOS;
        }

        /** Returns the window at a time, whole minutes later, so that a message is kept for at most two minutes. */
        Window next(long now) {
            long minutes = (now - since) / WINDOW_NANOS;
            return new Window(
                    since + minutes * WINDOW_NANOS,
                    new AtomicLongArray(BUCKETS),
                    minutes == 1 ? running : new AtomicLongArray(0));
        }
    }

    LatencyHistogram() {
        this(System.nanoTime());
    }

    /** Starts at the given time of {@link System#nanoTime()}. */
    LatencyHistogram(long now) {
        window = new Window(now, new AtomicLongArray(BUCKETS), new AtomicLongArray(0));
    }

    /** Whether the message with a number is to be timed. */
    boolean wants(long number) {
        return flood.chooses(number);
    }

    /**
     * Records a stored message that was to be timed.
     *
     * @param nanos how long it took from the call to the acknowledgment, in nanoseconds
     * @param now {@link System#nanoTime()}, which the caller has just read
     */
    public void record(long nanos, long now) {
        (window.isOver(now) ? current(now) : window).running.getAndIncrement(bucket(nanos));
        flood.sees(now);
    }

    /**
     * Returns the time within which a share of the messages was acknowledged.
     *
     * @param share from 0 to 1, for example 0.99
     * @return milliseconds, or NaN if no message was acknowledged in the last minutes
     */
    public double millisWithin(double share) {
        return millisWithin(share, System.nanoTime());
    }

    double millisWithin(double share, long now) {
        Window seen = current(now);
        long total = 0;
        long[] counts = new long[BUCKETS];
        for (AtomicLongArray part : new AtomicLongArray[] {seen.before, seen.running}) {
            for (int i = 0; i < part.length(); i++) {
                counts[i] += part.get(i);
                total += part.get(i);
            }
        }
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        for (int i = 0; i < BUCKETS; i++) {
            wanted -= counts[i];
            if (wanted <= 0) {
                return upperEnd(i) / 1e6;
            }
        }
        return Double.NaN;
    }

    private synchronized Window current(long now) {
        if (window.isOver(now)) {
            window = window.next(now);
        }
        return window;
    }

    private static int bucket(long nanos) {
        if (nanos < 1L << SHORTEST_LOG2) {
            return 0;
        }
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        int step = (int) (nanos >>> (power - STEPS_LOG2)) & ((1 << STEPS_LOG2) - 1);
        return ((power - SHORTEST_LOG2) << STEPS_LOG2) + step;
    }

    private static double upperEnd(int bucket) {
        int power = (bucket >> STEPS_LOG2) + SHORTEST_LOG2;
        int step = bucket & ((1 << STEPS_LOG2) - 1);
        return Math.scalb(1 + (step + 1) / (double) (1 << STEPS_LOG2), power);
    }
}
