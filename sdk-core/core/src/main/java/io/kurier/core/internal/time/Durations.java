// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.time;

import java.time.Duration;

/**
 * Bounds durations so that deadlines can be computed with them: a negative one becomes zero, a huge one some 146 years.
 */
public final class Durations {
    /** Half of the largest {@code long}, so that neither adding a time nor a second more makes it overflow. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private Durations() {}

    /** Returns the duration, at least zero and at most some 146 years. */
    public static Duration bounded(Duration duration) {
        if (duration.isNegative()) {
            return Duration.ZERO;
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    /** Returns its nanoseconds, at least 0; {@link System#nanoTime()} plus this does not overflow as a deadline. */
    public static long nanos(Duration duration) {
        return bounded(duration).toNanos();
    }
}
