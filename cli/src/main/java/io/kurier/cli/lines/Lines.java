// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.lines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an input, one at a time: ended by a line feed, or a carriage return and a line feed. A line that is longer
 * than a limit is skipped without being held. Used by one thread.
 */
public final class Lines {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int next;
    private int end;
    private long number;
    private long bytes;

    /**
     * A line.
     *
     * @param number from 1
     * @param content the bytes without the line's end; null if there are more than the limit
     * @param bytes the size in the input, with the line's end
     */
    public record Line(long number, byte @Nullable [] content, long bytes) {}

    /**
     * Creates the lines of a stream, which the caller closes.
     *
     * @param longest the most bytes of a line, without its end
     */
    public Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Returns the number of the last line, from 1; 0 before the first. */
    public long number() {
        return number;
    }

    /**
     * Returns the next line; null at the end of the input.
     *
     * @throws IOException of the stream
     */
    public @Nullable Line next() throws IOException {
        begun.reset();
        bytes = 0;
        boolean isTooLong = false;
        while (true) {
            if (next == end) {
                end = in.read(buffer);
                next = 0;
                if (end < 0) {
                    end = 0;
                    return bytes == 0 ? null : line(isTooLong);
                }
            }
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            bytes += next - from;
            isTooLong |= bytes > longest + 1L; // a carriage return may be one of them
            if (!isTooLong) {
                begun.write(buffer, from, next - from);
            }
            if (next < end) {
                next++;
                bytes++;
                return line(isTooLong);
            }
        }
    }

    private Line line(boolean isTooLong) {
        number++;
        byte[] content = begun.toByteArray();
        int length = content.length > 0 && content[content.length - 1] == '\r' ? content.length - 1 : content.length;
        if (isTooLong || length > longest) {
            return new Line(number, null, bytes);
        }
        return new Line(number, length == content.length ? content : java.util.Arrays.copyOf(content, length), bytes);
    }
}
