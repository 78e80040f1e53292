// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import java.util.concurrent.TimeUnit;

/**
 * Chooses the messages that are timed: every message, and under high load one in 32, scattered so that no periodic
 * pattern can coincide with the choice. High load begins when a thousand messages come within a tenth of a second, and
 * ends when they no longer do. Threads that overwrite each other's numbers shift its beginning or end a little.
 */
final class LoadSampler {
    private static final int MANY = 1_000;
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int ONE_IN_LOG2 = 5;
    private static final int ONE_IN = 1 << ONE_IN_LOG2;

    /** The golden ratio in 64 bits, as in {@code SplittableRandom}: its multiples are spread evenly. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private static final int MESSAGES = 0;
    private static final int FIRST_AT = 1;
    private static final int LAST_AT = 2;

    private final PaddedCounters numbers = new PaddedCounters(1);
    private volatile boolean goesOn;

    /**
     * Whether a message is chosen.
     *
     * @param number the number of the message; two messages at a time may have the same
     */
    boolean chooses(long number) {
        return !goesOn || isChosenUnderLoad(number);
    }

    private static boolean isChosenUnderLoad(long number) {
        long mixed = number * GOLDEN;
        return ((mixed ^ (mixed >>> Integer.SIZE)) * GOLDEN) >>> (Long.SIZE - ONE_IN_LOG2) == 0;
    }

    /** Records that a chosen message has come, at a time of {@link System#nanoTime()}. */
    void sees(long now) {
        boolean silence = now - numbers.sum(LAST_AT) > SOON_NANOS;
        numbers.set(LAST_AT, now);
        if (silence) {
            goesOn = false;
            beginAnew(now);
            return;
        }
        numbers.add(MESSAGES, 1);
        if (numbers.sum(MESSAGES) >= MANY) {
            goesOn = now - numbers.sum(FIRST_AT) < (goesOn ? ONE_IN * SOON_NANOS : SOON_NANOS);
            beginAnew(now);
        }
    }

    private void beginAnew(long now) {
        numbers.set(MESSAGES, 0);
        numbers.set(FIRST_AT, now);
    }
}
