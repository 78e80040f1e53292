// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into lines, for all formats with one record per line.
 *
 * <p>A line ends with a line feed or with a carriage return and a line feed. The last line of a settled file needs no
 * line end; its position has the mark {@code open}, so that a line end that is written later belongs to it and does not
 * become an empty line. A line that is too long is skipped in constant memory.
 */
public final class LineReader implements RecordReader {

    /** Makes a record from a line. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Handles a line.
         *
         * @param bytes a buffer that holds the line; must not be changed or kept
         * @param offset where the line starts in it
         * @param length the length of the line in bytes, without its line end
         * @param after where the line ends in the file, and its number
         * @return the record, or the reason why there is none, to which the reader adds the line; null to skip the line
         */
        @Nullable
        ReadResult line(byte[] bytes, int offset, int length, Position after);
    }

    private static final String OPEN = "open";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileInput input;
    private final LineEnds ends;
    private final int maxBytes;
    private final Handler handler;
    private Position position;

    private byte[] buffer;
    /** The bytes from here to {@link #end} are the current line and what was read behind it. */
    private int start;
    /** There is no newline before this index. */
    private int searched;

    private int end;
    private long recordStart;

    /**
     * Reads the lines of a file.
     *
     * @param input the file
     * @param from where the first line to read starts, or where the last line that was read ended
     * @param ends how lines end
     * @param maxBytes the maximum length of a line in bytes, without its line end
     * @param handler makes the records
     */
    public LineReader(FileInput input, Position from, LineEnds ends, int maxBytes, Handler handler) {
        this.input = input;
        this.position = from;
        this.ends = ends;
        this.maxBytes = maxBytes;
        this.handler = handler;
        this.buffer = new byte[BUFFER_BYTES];
        input.seek(from.bytes());
    }

    @Override
    public long recordStart() {
        return recordStart;
    }

    @Override
    public ReadResult next() throws IOException {
        while (true) {
            ReadResult reading = line();
            if (reading != null) {
                return reading;
            }
        }
    }

    private @Nullable ReadResult line() throws IOException {
        boolean tooLong = false;
        while (true) {
            int newline = ends.find(buffer, searched, end);
            if (newline >= 0) {
                int contentEnd = ends.withoutCarriageReturn(buffer, start, newline);
                searched = newline + ends.unit();
                return line(contentEnd, tooLong, Map.of());
            }
            searched += (end - searched) / ends.unit() * ends.unit();
            // a carriage return at the end may belong to the line's end, so it does not count yet
            if (searched - start > maxBytes + ends.unit()) {
                tooLong = true;
                start = searched;
            }
            if (!fill()) {
                return lastLine(tooLong);
            }
        }
    }

    private @Nullable ReadResult lastLine(boolean tooLong) {
        if (input.position() == position.bytes()) {
            return ReadResult.End.COMPLETE;
        }
        if (!input.settled()) {
            return ReadResult.End.UNFINISHED;
        }
        searched = end;
        return line(end, tooLong, Map.of(OPEN, true));
    }

    /**
     * Passes the line from {@link #start} to {@code contentEnd} to the handler; the next one starts at
     * {@link #searched}.
     */
    private @Nullable ReadResult line(int contentEnd, boolean tooLong, Map<String, Object> marks) {
        boolean continued = position.is(OPEN);
        long number = continued ? position.line() : position.line() + 1;
        long length = filePosition(contentEnd) - position.bytes();
        int offset = start;
        recordStart = position.bytes();
        position = new Position(filePosition(searched), number, marks);
        start = searched;
        boolean fits = !tooLong && length <= maxBytes;
        if (continued) {
            return length == 0 ? null : withContent(rejected(continuedReason()), offset, fits ? (int) length : -1);
        }
        if (!fits) {
            return rejected(ReadResult.tooLarge("the line has " + length, maxBytes));
        }
        ReadResult reading = handler.line(buffer, offset, (int) length, position);
        return reading instanceof ReadResult.Rejected refused && refused.content() == null
                ? withContent(refused, offset, (int) length)
                : reading;
    }

    private ReadResult withContent(ReadResult.Rejected refused, int offset, int length) {
        return length < 0 ? refused : refused.with(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    private ReadResult.Rejected rejected(String reason) {
        return ReadResult.Rejected.of("line " + position.line(), reason, position);
    }

    private static String continuedReason() {
        return "the line was published as the last one of the file, which had no line end and had not changed for"
                + " scan.interval.ms; then more was written to the same line. Write whole lines, or raise"
                + " scan.interval.ms";
    }

    private long filePosition(int index) {
        return input.position() - (end - index);
    }

    private boolean fill() throws IOException {
        if (end == buffer.length) {
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                searched -= start;
                start = 0;
            } else {
                int enough = maxBytes + BUFFER_BYTES;
                buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, Math.max(enough, end + 1L)));
            }
        }
        int count = input.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }
}
