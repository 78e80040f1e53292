// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects a record's bytes with as few copies as possible: Jackson's generator has a buffer of its own and passes most
 * values on at once, which then needs one array of exactly their size.
 */
public final class TextBuffer extends OutputStream {
    private byte[] bytes;
    private int count;
    private boolean grown;

    /**
     * Creates a buffer.
     *
     * @param prefix the first bytes, which are not changed
     */
    public TextBuffer(byte[] prefix) {
        bytes = prefix;
        count = prefix.length;
    }

    @Override
    public void write(int letter) {
        write(new byte[] {(byte) letter}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        if (length > bytes.length - count) {
            int needed = Math.addExact(count, length);
            // twice the size from the second time on, so that the copies of a large value add up to its size
            bytes = Arrays.copyOf(bytes, grown ? Math.max(needed, doubled(bytes.length)) : needed);
            grown = true;
        }
        System.arraycopy(from, offset, bytes, count, length);
        count += length;
    }

    private static int doubled(int size) {
        return (int) Math.min(2L * size, Integer.MAX_VALUE - 8); // some JVMs have no larger arrays
    }

    /** Returns all bytes, to be kept by the caller; nothing may be written afterwards. */
    public byte[] toByteArray() {
        return grown && count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }
}
