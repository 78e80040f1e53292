// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

/**
 * How many records arrive until the first of several partitions has a full batch, if the keys send each record to any of
 * them: a request is sent then, with the batches of the others as they are. If records arrive at random times, the
 * partitions fill independently, and the expected number is q times the integral of P(Poisson(x) &lt; m)^q over x from 0,
 * for q partitions and m records of a full batch.
 */
final class FirstFullBatch {
    private static final int STEPS = 500;

    private static final int BISECTIONS = 60;

    /** A probability that does not matter. */
    private static final double TAIL = 1e-9;

    /** Standard deviations above m beyond which a partition is certainly full. */
    private static final int FAR = 10;

    private static final double NEGLIGIBLE = 1e-12;

    private final int full;
    private final double partitions;
    private final double logOfFactorial;

    private FirstFullBatch(int full, double partitions) {
        this.full = full;
        this.partitions = partitions;
        double sum = 0;
        for (int i = 2; i <= full; i++) {
            sum += Math.log(i);
        }
        logOfFactorial = sum;
    }

    /**
     * Returns the expected number of records.
     *
     * @param full how many records a full batch has, at least 1
     * @param partitions how many partitions fill, at least 1; an average, so it need not be whole
     */
    static double records(int full, double partitions) {
        return full == 1 || partitions <= 1 ? full : new FirstFullBatch(full, partitions).integrated();
    }

    private double integrated() {
        double from = lastAbove(1 - TAIL);
        double step = (lastAbove(TAIL) - from) / STEPS;
        double sum = from + step * allOpen(from) / 2;
        for (int i = 1; i <= STEPS; i++) {
            sum += step * allOpen(from + i * step);
        }
        return Math.max(1, partitions * sum);
    }

    /** Returns where the probability, which only falls, is as given; by bisection. */
    private double lastAbove(double probability) {
        double low = 0;
        double high = full + FAR * Math.sqrt(full);
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (allOpen(middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the probability that none is full, if each has so many records on average. */
    private double allOpen(double average) {
        if (average == 0) {
            return 1;
        }
        double term = Math.exp(full * Math.log(average) - average - logOfFactorial);
        if (average < full) {
            return Math.exp(partitions * Math.log1p(-Math.min(1, sumUpwards(term, average))));
        }
        return Math.pow(Math.min(1, sumDownwards(term, average)), partitions);
    }

    private double sumUpwards(double first, double average) {
        double sum = 0;
        double term = first;
        for (int i = full + 1; term > NEGLIGIBLE * sum; i++) {
            sum += term;
            term *= average / i;
        }
        return sum;
    }

    private double sumDownwards(double atFull, double average) {
        double sum = 0;
        double term = atFull;
        for (int i = full; i > 0; i--) {
            term *= i / average;
            sum += term;
            if (term < NEGLIGIBLE * sum) {
                break;
            }
        }
        return sum;
    }
}
