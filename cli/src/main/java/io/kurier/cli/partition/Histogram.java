// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import org.jspecify.annotations.Nullable;

/** Counts the keys of each partition. Used by one thread. */
public final class Histogram {
    private final long[] counts;
    private long total;

    /** Creates a histogram without keys. */
    public Histogram(int partitions) {
        counts = new long[partitions];
    }

    /** Counts a key. */
    public void add(int partition) {
        counts[partition]++;
        total++;
    }

    /** Returns the number of partitions. */
    public int partitions() {
        return counts.length;
    }

    /** Returns the number of keys. */
    public long total() {
        return total;
    }

    /** Returns the number of keys of a partition. */
    public long keys(int partition) {
        return counts[partition];
    }

    /** Returns the share of a partition in all keys, from 0 to 1; 0 if there are none. */
    public double share(int partition) {
        return total == 0 ? 0 : (double) counts[partition] / total;
    }

    /** Returns the partition that has the most keys, the first of those that have as many. */
    public int largest() {
        int largest = 0;
        for (int i = 1; i < counts.length; i++) {
            largest = counts[i] > counts[largest] ? i : largest;
        }
        return largest;
    }

    /** Compares the counts with an even spread; null if there are too few keys, or one partition only. */
    public @Nullable ChiSquare chiSquare() {
        return ChiSquare.of(counts, total);
    }
}
