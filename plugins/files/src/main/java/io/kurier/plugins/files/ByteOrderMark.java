// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mark at the start of a file that tells its charset (Unicode Standard, section 23.8): formats leave it out where it
 * is of the charset that they read, and refuse the file where it is of another one, since each of its lines would be
 * wrong. Immutable.
 *
 * @param charset the charset: {@code UTF-8}, {@code UTF-16BE}, {@code UTF-16LE}, {@code UTF-32BE} or {@code UTF-32LE}
 * @param bytes how many bytes the mark takes
 */
public record ByteOrderMark(String charset, int bytes) {

    /** The mark of UTF-16LE is how that of UTF-32LE begins, so the longer ones come first. */
    private static final List<Map.Entry<String, int[]>> MARKS = List.of(
            Map.entry("UTF-32BE", new int[] {0, 0, 0xFE, 0xFF}),
            Map.entry("UTF-32LE", new int[] {0xFF, 0xFE, 0, 0}),
            Map.entry("UTF-8", new int[] {0xEF, 0xBB, 0xBF}),
            Map.entry("UTF-16BE", new int[] {0xFE, 0xFF}),
            Map.entry("UTF-16LE", new int[] {0xFF, 0xFE}));

    /**
     * Looks for a mark, and leaves the input somewhere.
     *
     * @param input a file, at any position
     * @return null if the file begins with none
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

    /** The charset to configure for such files: that of either byte order, where there are two. */
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
