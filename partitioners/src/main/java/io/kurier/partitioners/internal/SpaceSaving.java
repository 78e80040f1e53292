// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners.internal;

/**
 * Finds the most frequent keys of a stream in constant memory: the Space-Saving algorithm (Metwally, Agrawal and El
 * Abbadi, 2005). Each of {@code capacity} counters belongs to a key; a key without a counter takes the smallest one over,
 * with its count. So a key that occurs more than {@code total / capacity} times always has a counter, and no count is
 * too high by more than that. Used by one thread at a time.
 */
public final class SpaceSaving {
    private final long[] keys;
    private final long[] counts;

    /** By how much a count may be too high: the count that the key took over. */
    private final long[] errors;

    private int used;
    private long total;

    /**
     * Creates an empty sketch.
     *
     * @param capacity the number of counters, at least 1; each takes 24 bytes, and adding a key looks at all of them
     */
    public SpaceSaving(int capacity) {
        keys = new long[capacity];
        counts = new long[capacity];
        errors = new long[capacity];
    }

    /** Receives one key that has a counter. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called once for each counter.
         *
         * @param key the hash of the key
         * @param atLeast how often the key occurred at least
         * @param atMost how often it occurred at most
         */
        void visit(long key, long atLeast, long atMost);
    }

    /**
     * Counts one occurrence.
     *
     * @param key a hash of the key by which keys differ, of 64 bits
     */
    public void add(long key) {
        total++;
        int least = 0;
        for (int i = 0; i < used; i++) {
            if (keys[i] == key) {
                counts[i]++;
                return;
            }
            if (counts[i] < counts[least]) {
                least = i;
            }
        }
        if (used < keys.length) {
            least = used;
            used++;
        } else {
            errors[least] = counts[least];
        }
        keys[least] = key;
        counts[least]++;
    }

    /** Returns the number of occurrences that were counted, less those that {@link #halve} has taken away. */
    public long total() {
        return total;
    }

    /** Returns whether each count is exact: no key has taken over the counter of another. */
    public boolean isExact() {
        for (int i = 0; i < used; i++) {
            if (errors[i] > 0) {
                return false;
            }
        }
        return true;
    }

    /** Passes on all keys that have a counter, in no order. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < used; i++) {
            visitor.visit(keys[i], counts[i] - errors[i], counts[i]);
        }
    }

    /** Halves all counts, so that what is counted from now on weighs twice as much as what was counted before. */
    public void halve() {
        total /= 2;
        for (int i = 0; i < used; i++) {
            counts[i] /= 2;
            errors[i] /= 2;
        }
    }
}
