// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads through the bytes of a record that is checked before it is deserialized, or of which one field is read, and
 * allocates nothing. Not safe for use by several threads.
 */
public final class ByteCursor {
    /** A varint of 64 bits takes at most ten bytes, in Avro and in Protobuf. */
    private static final int MAX_VARINT_BITS = 64;

    private final byte[] bytes;
    private int position;
    private final int end;

    /** Creates a cursor at the beginning of a range of an array. */
    public ByteCursor(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** Returns the number of bytes that are left. */
    public int remaining() {
        return end - position;
    }

    /**
     * Reads a whole number of 64 bits, least significant bits first, seven in each byte.
     *
     * @throws IOException if it ends too early or is longer than ten bytes
     */
    public long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
            if (position == end) {
                throw new EOFException();
            }
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number has more than ten bytes");
    }

    /**
     * Skips bytes.
     *
     * @throws IOException if there are fewer bytes, or {@code count} is negative
     */
    public void skip(long count) throws IOException {
        if (count < 0 || count > remaining()) {
            throw new EOFException();
        }
        position += (int) count;
    }

    /**
     * Returns a cursor over the next bytes, and skips them in this one.
     *
     * @throws IOException if there are fewer bytes, or {@code count} is negative
     */
    public ByteCursor slice(long count) throws IOException {
        int from = position;
        skip(count);
        return new ByteCursor(bytes, from, position - from);
    }

    /**
     * Returns a copy of the next bytes, and skips them.
     *
     * @throws IOException if there are fewer bytes, or {@code count} is negative
     */
    public byte[] copy(long count) throws IOException {
        int from = position;
        skip(count);
        return Arrays.copyOfRange(bytes, from, position);
    }
}
