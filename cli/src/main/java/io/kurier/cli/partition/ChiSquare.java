// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import org.jspecify.annotations.Nullable;

/**
 * Pearson's chi-square test of counts against an even spread.
 *
 * @param value the sum of the squared differences from the even count, each divided by it
 * @param degreesOfFreedom one less than the number of counts
 * @param p how probable a value as large as this one is, or a larger one, if each key goes to each partition with the
 *     same probability; by the approximation of Wilson and Hilferty (1931), which is exact to about 0.01 for 1 degree
 *     of freedom, and better for more
 */
public record ChiSquare(double value, int degreesOfFreedom, double p) {
    /** The even count below which the test says nothing. */
    public static final int FEWEST_KEYS = 5;

    private static final double SIGNIFICANT = 0.01;
    private static final double TWO_NINTHS = 2.0 / 9;

    /** Returns the test's result; null if there is one count only, or there are fewer than 5 keys for each. */
    static @Nullable ChiSquare of(long[] counts, long total) {
        double even = (double) total / counts.length;
        if (counts.length == 1 || even < FEWEST_KEYS) {
            return null;
        }
        double sum = 0;
        for (long count : counts) {
            sum += (count - even) * (count - even) / even;
        }
        int degrees = counts.length - 1;
        return new ChiSquare(sum, degrees, upperTail(sum, degrees));
    }

    /** Returns whether the differences are those that chance gives in 99 of 100 cases. */
    public boolean isWithinChance() {
        return p >= SIGNIFICANT;
    }

    static double upperTail(double value, int degrees) {
        double variance = TWO_NINTHS / degrees;
        return upperTail((Math.cbrt(value / degrees) - (1 - variance)) / Math.sqrt(variance));
    }

    /** The upper tail of the normal distribution: Abramowitz and Stegun, 26.2.17, whose error is below 7.5e-8. */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double sum = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double tail = sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        return z < 0 ? 1 - tail : tail;
    }
}
