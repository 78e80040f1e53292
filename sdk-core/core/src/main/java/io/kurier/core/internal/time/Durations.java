// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.time;

import java.time.Duration;

/** Makes every duration one with which deadlines can be computed: a negative one is zero, a huge one some 146 years. */
public final class Durations {
    /** Half of what a {@code long} holds, so that neither a moment nor a second more makes it overflow. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private Durations() {}

    /** The duration, at least zero and at most some 146 years. */
    public static Duration bounded(Duration duration) {
        if (duration.isNegative()) {
            return Duration.ZERO;
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    /** Its nanoseconds, at least 0; {@link System#nanoTime()} plus this does not overflow as a deadline. */
    public static long nanos(Duration duration) {
        return bounded(duration).toNanos();
    }
}
