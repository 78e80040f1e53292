// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The values that were sent to one partition: 24 bytes for each record, because a demo of a large file has millions.
 * Sorted by offset, in which receipts arrive with rare exceptions. First all are added, then all are removed. Not safe
 * for use by several threads.
 */
final class PartitionLedger {
    private static final int FIRST_CAPACITY = 256;

    private long[] offsets = new long[FIRST_CAPACITY];
    private long[] high = new long[FIRST_CAPACITY];
    private long[] low = new long[FIRST_CAPACITY];
    private int size;
    private final BitSet struckOut = new BitSet();

    /** Adds a record; returns false if there is one at that offset already, which is kept. */
    boolean add(long offset, ContentHash value) {
        int at = size == 0 || offsets[size - 1] < offset ? size : Arrays.binarySearch(offsets, 0, size, offset);
        if (at >= 0 && at < size) {
            return false;
        }
        int free = at < 0 ? -at - 1 : at;
        if (size == offsets.length) {
            int capacity = Math.addExact(size, size >> 1);
            offsets = Arrays.copyOf(offsets, capacity);
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
        }
        for (long[] column : new long[][] {offsets, high, low}) {
            System.arraycopy(column, free, column, free + 1, size - free);
        }
        offsets[free] = offset;
        high[free] = value.high();
        low[free] = value.low();
        size++;
        return true;
    }

    /** Removes a record and returns its hash; null if there is none left at that offset. */
    @Nullable
    ContentHash strikeOut(long offset) {
        int at = Arrays.binarySearch(offsets, 0, size, offset);
        if (at < 0 || struckOut.get(at)) {
            return null;
        }
        struckOut.set(at);
        return new ContentHash(high[at], low[at]);
    }

    /** Passes the offsets that were not removed to the action, in their order. */
    void forEachLeft(LongConsumer action) {
        for (int at = struckOut.nextClearBit(0); at < size; at = struckOut.nextClearBit(at + 1)) {
            action.accept(offsets[at]);
        }
    }
}
