// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * A stream of keys of which few are frequent: that of rank {@code r} is drawn in proportion to {@code 1 / r^exponent}.
 * Keys are numbers of 19 digits as text, other ones with another seed. Used by one thread.
 */
final class ZipfKeys {
    private final byte[][] keys;
    private final double[] upTo;
    private final Random random;

    /**
     * Creates the keys.
     *
     * @param count the number of different keys
     * @param exponent above 0
     */
    ZipfKeys(int count, double exponent, long seed) {
        random = new Random(seed);
        keys = new byte[count][];
        upTo = new double[count];
        long first = 1_000_000_000_000_000_000L + random.nextInt(Integer.MAX_VALUE);
        double sum = 0;
        for (int rank = 0; rank < count; rank++) {
            keys[rank] = Long.toString(first + rank).getBytes(StandardCharsets.US_ASCII);
            sum += Math.pow(rank + 1, -exponent);
            upTo[rank] = sum;
        }
    }

    /** Draws a key. */
    byte[] next() {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return keys[found < 0 ? -found - 1 : found];
    }

    /** Returns each key once, in the order of the ranks. */
    byte[][] all() {
        return keys.clone();
    }
}
