// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Confluent's message indexes, the path to a Protobuf message from the top of its file: the number of steps, then each
 * step, as zigzag varints. The path {@code [0]} is the single byte 0, and is also read in its long form, 02 00.
 */
final class MessageIndexes {
    /** A varint of 32 bits takes at most five bytes. */
    private static final int MAX_VARINT_BYTES = 5;

    private static final List<Integer> FIRST = List.of(0);

    private MessageIndexes() {}

    static byte[] bytes(List<Integer> path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (path.equals(FIRST)) {
            out.write(0);
        } else {
            write(path.size(), out);
            path.forEach(step -> write(step, out));
        }
        return out.toByteArray();
    }

    private static void write(int value, ByteArrayOutputStream out) {
        int left = (value << 1) ^ (value >> 31);
        while ((left & ~0x7F) != 0) {
            out.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    /**
     * Returns the number of bytes that a path takes, without allocating anything.
     *
     * @throws SerializationException if the bytes are no path; the message is the end of a sentence
     */
    static int length(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int position = next(bytes, offset, end);
        int steps = value(bytes, offset, position);
        if (steps < 0 || steps > end - position) {
            throw new SerializationException("the message indexes after the id of its schema claim to be " + steps
                    + ", which do not fit into the record");
        }
        for (int step = 0; step < steps; step++) {
            position = next(bytes, position, end);
        }
        return position - offset;
    }

    /** Returns the path in bytes of which {@link #length} has returned the number. */
    static List<Integer> path(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int position = next(bytes, offset, end);
        List<Integer> path = new ArrayList<>();
        while (position < end) {
            int after = next(bytes, position, end);
            path.add(value(bytes, position, after));
            position = after;
        }
        return path.isEmpty() ? FIRST : List.copyOf(path);
    }

    /** Returns the position after the varint. */
    private static int next(byte[] bytes, int position, int end) {
        for (int i = position; i < end && i < position + MAX_VARINT_BYTES; i++) {
            if (bytes[i] >= 0) {
                return i + 1;
            }
        }
        throw new SerializationException(
                end - position < MAX_VARINT_BYTES
                        ? "it ends within the message indexes after the id of its schema"
                        : "one of the message indexes after the id of its schema has more than 32 bits");
    }

    private static int value(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = to - 1; i >= from; i--) {
            value = (value << 7) | (bytes[i] & 0x7F);
        }
        return (value >>> 1) ^ -(value & 1);
    }
}
