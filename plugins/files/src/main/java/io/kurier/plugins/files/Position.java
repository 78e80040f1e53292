// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * A reader's position in a file; stored as Kafka Connect's source offset, so that a restart continues exactly there.
 *
 * <p>The source offset is {@code {"position": <bytes>, "line": <line>}}, one more entry per mark, and what the task
 * adds to recognize the file ({@code file.key}, {@code file.head}). Immutable.
 *
 * @param bytes the number of bytes of the file before the position, at least 0
 * @param line the number of the last line that was read, counted from 1; 0 at the start and in formats without lines
 * @param marks what else the format needs to continue from here: strings, booleans and whole numbers, none of them
 *     named {@code position}, {@code line}, {@code file.key}, {@code file.head} or {@code file.compression}
 */
public record Position(long bytes, long line, Map<String, Object> marks) {

    /** The start of a file. */
    public static final Position START = new Position(0, 0, Map.of());

    private static final String BYTES = "position";
    private static final String LINE = "line";

    /** Checks the numbers and copies the marks. */
    public Position {
        if (bytes < 0 || line < 0) {
            throw new IllegalArgumentException("a position cannot be negative: " + bytes + " bytes, line " + line);
        }
        marks = Map.copyOf(marks);
    }

    /** Returns a position without marks. */
    public static Position of(long bytes, long line) {
        return new Position(bytes, line, Map.of());
    }

    /**
     * Returns the position in a source offset.
     *
     * @throws DataException if the offset is not one that a file connector makes
     */
    public static Position ofSourceOffset(Map<String, ?> offset) {
        Map<String, Object> marks = new HashMap<>(offset);
        long bytes = count(marks.remove(BYTES), -1);
        long line = count(marks.remove(LINE), 0);
        marks.remove(FileIdentity.KEY);
        marks.remove(FileIdentity.HEAD);
        marks.remove(FileIdentity.COMPRESSION);
        if (bytes < 0 || line < 0 || marks.containsValue(null)) {
            throw new DataException("The source offset needs \"position\", the number of bytes that were read, and may"
                    + " have \"line\", the number of lines: whole numbers that are not negative. It has the entries "
                    + offset.keySet() + ".");
        }
        return new Position(bytes, line, marks);
    }

    /** Adds the entries of the source offset to store with the record that ends here. */
    void addTo(Map<String, Object> offset) {
        offset.put(BYTES, bytes);
        if (line > 0) {
            offset.put(LINE, line);
        }
        offset.putAll(marks);
    }

    /** Returns whether a mark is set to true. */
    public boolean is(String mark) {
        return Boolean.TRUE.equals(marks.get(mark));
    }

    /**
     * Returns the whole number of a mark, whose Java type depends on how the worker stores offsets; 0 if there is none.
     */
    public long number(String mark) {
        return marks.get(mark) instanceof Number number ? number.longValue() : 0;
    }

    private static long count(@Nullable Object value, long otherwise) {
        if (value == null) {
            return otherwise;
        }
        return value instanceof Long || value instanceof Integer ? ((Number) value).longValue() : -1;
    }
}
