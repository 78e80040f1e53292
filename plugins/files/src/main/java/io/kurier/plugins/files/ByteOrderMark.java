// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The byte order mark at the start of a file, which names the file's charset (Unicode Standard, section 23.8). A format
 * skips the mark if it is of the charset that the format reads. It refuses the file if the mark is of another charset,
 * since each line would be wrong. Immutable.
 *
 * @param charset the charset: {@code UTF-8}, {@code UTF-16BE}, {@code UTF-16LE}, {@code UTF-32BE} or {@code UTF-32LE}
 * @param bytes the length of the mark in bytes
 */
public record ByteOrderMark(String charset, int bytes) {

    /** The mark of UTF-32LE begins with that of UTF-16LE, so the longer ones come first. */
    private static final List<Map.Entry<String, int[]>> MARKS = List.of(
            Map.entry("UTF-32BE", new int[] {0, 0, 0xFE, 0xFF}),
            Map.entry("UTF-32LE", new int[] {0xFF, 0xFE, 0, 0}),
            Map.entry("UTF-8", new int[] {0xEF, 0xBB, 0xBF}),
            Map.entry("UTF-16BE", new int[] {0xFE, 0xFF}),
            Map.entry("UTF-16LE", new int[] {0xFF, 0xFE}));

    /**
     * Returns the byte order mark of a file, and leaves the input at an undefined position.
     *
     * @param input a file, at any position
     * @return the mark; null if the file begins with none
     * @throws IOException if the file cannot be read
     */
    public static @Nullable ByteOrderMark of(FileInput input) throws IOException {
        input.seek(0);
        byte[] start = input.readNBytes(4);
        for (Map.Entry<String, int[]> mark : MARKS) {
            if (startsWith(start, mark.getValue())) {
                return new ByteOrderMark(mark.getKey(), mark.getValue().length);
            }
        }
        return null;
    }

    /** Returns the charset to configure for such files: the one of either byte order, where there are two. */
    public String family() {
        return charset.startsWith("UTF-8") ? charset : charset.substring(0, "UTF-16".length());
    }

    private static boolean startsWith(byte[] start, int[] mark) {
        if (start.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((start[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
