// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers for people, and rounds them for programs. */
final class Sizes {
    private static final long KILO = 1_000;
    private static final long MEGA = 1_000_000;

    private static final double WHOLE = 100;
    private static final double FOUR_DECIMALS = 1e4;

    private Sizes() {}

    /** Returns a number of bytes in B, kB or MB. */
    static String of(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        return bytes < MEGA
                ? String.format(Locale.ROOT, "%.1f kB", bytes / (double) KILO)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / (double) MEGA);
    }

    /** Returns a time in seconds, to a tenth. */
    static String of(Duration time) {
        return String.format(Locale.ROOT, "%,.1f s", time.toMillis() / (double) KILO);
    }

    /** Returns a number with a comma at each thousand. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns a share from 0 to 1 in percent, to a tenth. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * WHOLE);
    }

    /** Returns a number to four decimals, for JSON. */
    static double rounded(double number) {
        return Math.round(number * FOUR_DECIMALS) / FOUR_DECIMALS;
    }
}
