// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.Frame;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The frames that were read, by their bytes. A look-up allocates nothing and takes no lock. What an id denotes never
 * changes, so frames are kept until there are too many, and then found again. Safe for use by any number of threads.
 */
final class FrameCache {
    /** The largest number of frames that are kept: each may hold a schema. */
    static final int KEPT = 1_000;

    /** A power of two, more than twice as much as is kept, so that probing is short. */
    private static final int SLOTS = 4_096;

    private record Entry(byte[] key, Frame frame) {}

    private volatile AtomicReferenceArray<@Nullable Entry> table = new AtomicReferenceArray<>(SLOTS);
    private int size;

    /** Returns the frame of these bytes; null if it is not kept. */
    @Nullable
    Frame get(byte[] bytes, int offset, int length) {
        AtomicReferenceArray<@Nullable Entry> entries = table;
        for (int slot = slot(bytes, offset, length); ; slot = (slot + 1) & (SLOTS - 1)) {
            Entry entry = entries.get(slot);
            if (entry == null) {
                return null;
            }
            if (Arrays.equals(entry.key(), 0, entry.key().length, bytes, offset, offset + length)) {
                return entry.frame();
            }
        }
    }

    /** Keeps a frame; returns the one that another thread has kept in the meantime, if there is one. */
    synchronized Frame put(byte[] bytes, int offset, int length, Frame frame) {
        Frame before = get(bytes, offset, length);
        if (before != null) {
            return before;
        }
        if (size == KEPT) {
            table = new AtomicReferenceArray<>(SLOTS);
            size = 0;
        }
        int slot = slot(bytes, offset, length);
        while (table.get(slot) != null) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        table.set(slot, new Entry(Arrays.copyOfRange(bytes, offset, offset + length), frame));
        size++;
        return frame;
    }

    private static int slot(byte[] bytes, int offset, int length) {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash *= 0x9E3779B9;
        return (hash >>> 16) & (SLOTS - 1);
    }

    /** Returns the number of frames that are kept. */
    synchronized int size() {
        return size;
    }
}
