// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.util.Random;

/** Decides whether a fault hits the next request of its kind. Used by one thread at a time. */
final class Rule {
    private final double probability;
    private final Random random;
    private int left;

    private Rule(int left, double probability, Random random) {
        this.left = left;
        this.probability = probability;
        this.random = random;
    }

    static Rule always() {
        return next(Integer.MAX_VALUE);
    }

    static Rule next(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("a fault strikes one request or more, not " + requests);
        }
        return new Rule(requests, 1, new Random(0));
    }

    /** Returns a rule whose choices depend on the random numbers alone: they are the same with the same seed. */
    static Rule chance(double probability, Random random) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is 0 to 1, not " + probability);
        }
        return new Rule(Integer.MAX_VALUE, probability, random);
    }

    boolean strikes() {
        if (left == 0 || random.nextDouble() >= probability) {
            return false;
        }
        if (left != Integer.MAX_VALUE) {
            left--;
        }
        return true;
    }
}
