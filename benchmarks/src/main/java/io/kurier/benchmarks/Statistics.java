// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import java.util.Arrays;
import java.util.List;

/** The statistics of the reports. */
public final class Statistics {
    private Statistics() {}

    /**
     * Returns the middle value; of an even number of values, the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static double median(List<Double> values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * A candidate compared with its baseline: the ratio of the medians, and the smallest and the largest ratio of a
     * round, in which both ran close to each other.
     *
     * @param ofMedians the median of the candidate's values divided by the median of the baseline's
     * @param smallest the smallest ratio of one round
     * @param largest the largest ratio of one round
     */
    public record Ratio(double ofMedians, double smallest, double largest) {}

    /** Returns the ratio of values to those of the same rounds of a baseline. */
    public static Ratio ratio(List<Double> values, List<Double> baseline) {
        if (values.size() != baseline.size()) {
            throw new IllegalArgumentException(values.size() + " rounds beside " + baseline.size());
        }
        double[] each = new double[values.size()];
        for (int round = 0; round < each.length; round++) {
            each[round] = values.get(round) / baseline.get(round);
        }
        Arrays.sort(each);
        return new Ratio(median(values) / median(baseline), each[0], each[each.length - 1]);
    }

    /**
     * Returns the smallest value that at least the given share of all values does not exceed (the nearest rank).
     *
     * @param sorted the values in ascending order, at least one
     * @param share above 0, at most 1; 0.99 for the 99th percentile
     */
    public static long percentile(long[] sorted, double share) {
        if (sorted.length == 0 || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("no percentile " + share + " of " + sorted.length + " values");
        }
        // half a millionth less: 0.99 * 100 is a little above 99 in binary
        return sorted[(int) Math.ceil(share * sorted.length - 5e-7) - 1];
    }

    private static double[] sorted(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
