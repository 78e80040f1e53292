// SPDX-License-Identifier: Apache-2.0
package com.example.framing;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

/** Zigzag varints, in which the path to a Protobuf message is written: the number of steps, and each step. */
final class Varints {
    private Varints() {}

    static void write(ByteArrayOutputStream out, int value) {
        int left = (value << 1) ^ (value >> 31);
        while ((left & ~0x7F) != 0) {
            out.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    /** How many bytes the path takes. */
    static int pathBytes(byte[] bytes, int offset, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        read(in);
        return in.position() - offset;
    }

    /** The path; empty if there are no bytes. */
    static List<Integer> path(byte[] bytes, int offset, int length) {
        return length == 0 ? List.of() : read(ByteBuffer.wrap(bytes, offset, length));
    }

    private static List<Integer> read(ByteBuffer in) {
        try {
            int steps = next(in);
            List<Integer> path = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                path.add(next(in));
            }
            return steps == 0 ? List.of(0) : path;
        } catch (BufferUnderflowException e) {
            throw new SerializationException("it ends within the path to its message");
        }
    }

    private static int next(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte each = in.get();
            value |= (each & 0x7F) << shift;
            if (each >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new SerializationException("the path to its message has a number of more than 32 bits");
    }
}
