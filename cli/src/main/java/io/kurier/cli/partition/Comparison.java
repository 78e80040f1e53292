// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import org.jspecify.annotations.Nullable;

/** Counts the keys that two placements put on the same partition, and on different ones. Used by one thread. */
public final class Comparison {
    /** The most partitions on a side for which there is a table. */
    private static final int MOST_IN_TABLE = 12;

    private final long @Nullable [][] table;
    private long stayed;
    private long moved;

    /** Creates a comparison of two numbers of partitions. */
    public Comparison(int from, int to) {
        table = Math.max(from, to) <= MOST_IN_TABLE ? new long[from][to] : null;
    }

    /** Counts a key. */
    public void add(int from, int to) {
        if (from == to) {
            stayed++;
        } else {
            moved++;
        }
        if (table != null) {
            table[from][to]++;
        }
    }

    /** Returns the number of keys that stay on their partition. */
    public long stayed() {
        return stayed;
    }

    /** Returns the number of keys that move. */
    public long moved() {
        return moved;
    }

    /** Returns the number of keys. */
    public long total() {
        return stayed + moved;
    }

    /** Returns the keys by the partition that they have and the one that they get; null for more than 12 of either. */
    public long @Nullable [][] table() {
        return table;
    }
}
