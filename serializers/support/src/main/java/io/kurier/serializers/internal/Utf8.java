// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.util.Arrays;

/**
 * Finds bytes that are not UTF-8, since a parser such as Jackson's accepts more than UTF-8: two bytes for a character of one ({@code C0
 * 80}, which can pass a filter of bytes), unpaired surrogates (RFC 3629, section 3), and UTF-16 and UTF-32, which RFC
 * 8259, section 8.1, excludes.
 */
public final class Utf8 {
    /** The first bytes, in which a parser detects UTF-16 and UTF-32 by their zeros. */
    private static final int GUESSED_BY = 4;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Utf8() {}

    /**
     * Returns the index of the first byte that belongs to no character, counted from the offset, or -1 if there is
     * none.
     */
    public static int malformed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < Math.min(end, offset + GUESSED_BY); i++) {
            if (bytes[i] == 0) {
                return i - offset;
            }
        }
        int i = offset;
        while (i < end) {
            int size = bytes[i] >= 0 ? 1 : sizeAt(bytes, i, end);
            if (size == 0) {
                return i - offset;
            }
            i += size;
        }
        return -1;
    }

    /** Returns whether the bytes begin with the byte order mark of UTF-8, which is a valid character. */
    public static boolean beginsWithMark(byte[] bytes, int offset, int length) {
        return length >= MARK.length && Arrays.equals(MARK, 0, MARK.length, bytes, offset, offset + MARK.length);
    }

    /** Returns the number of bytes of the character beyond ASCII (Unicode, table 3-7), or 0 if it is not valid. */
    private static int sizeAt(byte[] bytes, int i, int end) {
        int lead = bytes[i] & 0xFF;
        int size = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (size == 0 || i + size > end) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int next = i + 2; next < i + size; next++) {
            if ((bytes[next] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
