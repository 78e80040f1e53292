// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One quantity over all turns.
 *
 * @param median the median, or the mean of the two in the middle
 * @param min the smallest value
 * @param max the largest value
 */
public record Spread(double median, double min, double max) {

    static <T> Spread of(List<T> turns, ToDoubleFunction<T> quantity) {
        double[] sorted = turns.stream().mapToDouble(quantity).sorted().toArray();
        return new Spread(
                Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                        .average()
                        .orElse(Double.NaN),
                sorted[0],
                sorted[sorted.length - 1]);
    }
}
