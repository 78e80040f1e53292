// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes with which a line ends in a charset. Lines are found before they are decoded, so that one malformed line
 * spoils no other and positions are exact. Immutable.
 */
public final class LineEnds {

    /** The line ends of UTF-8 and of all charsets that contain ASCII. */
    public static final LineEnds ASCII = of(StandardCharsets.US_ASCII).orElseThrow();

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte[] newline;
    private final byte[] carriageReturn;

    private LineEnds(byte[] newline, byte[] carriageReturn) {
        this.newline = newline;
        this.carriageReturn = carriageReturn;
    }

    /** Returns the line ends of a charset; empty if it cannot encode them, or not always in the same way. */
    public static Optional<LineEnds> of(Charset charset) {
        try {
            byte[] newline = encodingOf('\n', charset);
            byte[] carriageReturn = encodingOf('\r', charset);
            return newline.length == 0 || newline.length != carriageReturn.length
                    ? Optional.empty()
                    : Optional.of(new LineEnds(newline, carriageReturn));
        } catch (CharacterCodingException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Encodes a character behind itself, so that a byte order mark in front is not counted. */
    private static byte[] encodingOf(char character, Charset charset) throws CharacterCodingException {
        byte[] once = encode(String.valueOf(character), charset);
        byte[] twice = encode(String.valueOf(character).repeat(2), charset);
        return Arrays.copyOfRange(twice, once.length, twice.length);
    }

    private static byte[] encode(String text, Charset charset) throws CharacterCodingException {
        ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }

    /**
     * Returns the size of a code unit in bytes. Line ends lie at multiples of it (the two bytes 0x0A 0x0A of UTF-16 are
     * none).
     */
    public int unit() {
        return newline.length;
    }

    /** Returns the index of the first newline in {@code bytes[from, to)}, checking every whole unit, or -1. */
    public int find(byte[] bytes, int from, int to) {
        if (newline.length == 1) {
            return find(bytes, from, to, newline[0]);
        }
        byte last = newline[newline.length - 1];
        for (int i = from + newline.length - 1; i < to; i += newline.length) {
            if (bytes[i] == last) {
                int start = i - newline.length + 1;
                if (Arrays.equals(bytes, start, i + 1, newline, 0, newline.length)) {
                    return start;
                }
            }
        }
        return -1;
    }

    /** Searches eight bytes at a time: a byte is zero where it equals the sought one, and zero bytes are found at once. */
    private static int find(byte[] bytes, int from, int to, byte sought) {
        long pattern = (sought & 0xFF) * ONES;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long different = (long) EIGHT.get(bytes, i) ^ pattern;
            long found = (different - ONES) & ~different & HIGH_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == sought) {
                return i;
            }
        }
        return -1;
    }

    /** Returns where the line {@code bytes[from, newline)} ends if a carriage return before its newline is left out. */
    public int withoutCarriageReturn(byte[] bytes, int from, int newlineAt) {
        int start = newlineAt - carriageReturn.length;
        return start >= from && Arrays.equals(bytes, start, newlineAt, carriageReturn, 0, carriageReturn.length)
                ? start
                : newlineAt;
    }
}
