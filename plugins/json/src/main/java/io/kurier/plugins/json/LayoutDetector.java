// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.Position;
import java.io.IOException;
import java.util.Locale;

/**
 * Determines how the records are arranged in a file, because {@code .json} is the name of JSON lines as well as of
 * documents.
 *
 * <p>The file is read as JSON values one after the other. A value that continues past the end of its line, and is valid
 * to its end, makes the file a document. Without one, lines that are each a whole object or array make it lines. Where
 * the text is not JSON, the line in which the value began counts as broken and the next line is checked by itself, so
 * that a truncated line hides no other. A file with a mistake is taken for lines only if more than half of its lines
 * are whole, since a document with a mistake has some that are whole by chance. While a file is still being written and
 * may be the beginning of a document, nothing is decided. A file that was read before keeps its layout.
 *
 * <p>The memory is constant, and the number of lines and bytes that are read is limited. Used once, by one thread.
 */
final class LayoutDetector {

    /** How many lines are checked, and over how many lines a value must continue to be taken for valid. */
    private static final int LINES_TO_LOOK_AT = 100;

    private static final long BYTES_TO_LOOK_AT = 1 << 20;

    /** What was found between the start of a line and the end of this or of a later line. */
    private enum Found {
        /** A line of white space. */
        BLANK,
        /** A line that is an object or an array and starts at its first column. */
        WHOLE,
        /** A line that is another value, or is indented. */
        VALUE,
        /** A line that has several values. */
        SEVERAL,
        /** A value that continues past the end of its line. */
        DOCUMENT,
        /** A line that is not JSON, or that begins a value that is not. */
        BROKEN,
        /** The end of a file that is still being written, within a line. */
        UNFINISHED,
        /** More than may be checked, without a mistake. */
        LONG,
        /** Nothing more in the file. */
        END
    }

    private final FileInput input;
    private final Position start;
    private long bytesLeft;

    /** If the value that was read last continues past the end of its line, the start of the next line; otherwise -1. */
    private long secondLine = -1;

    /**
     * Creates a detector.
     *
     * @param input the file
     * @param start where to begin reading, behind a byte order mark
     * @param maxBytes the maximum size of a record in bytes; the limit of the check is three times as many, or 1 MiB if
     *     that is more
     */
    LayoutDetector(FileInput input, Position start, int maxBytes) {
        this.input = input;
        this.start = start;
        this.bytesLeft = Math.max(BYTES_TO_LOOK_AT, 3L * maxBytes);
    }

    /** Returns the layout, or {@link Layout#AUTO} if too little of the file is written to determine it. */
    Layout layout() throws IOException {
        String name = input.name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return Layout.LINES;
        }
        if (ValuesReader.isFrom(start)) {
            return Layout.VALUES;
        }
        if (start.line() > 0) {
            return Layout.LINES;
        }
        input.seek(start.bytes());
        boolean array = behindSpace() == '[';
        input.seek(start.bytes());
        return array ? ofArray() : ofValues();
    }

    /** An array that continues past the end of its line, or is alone in its file, is a document. */
    private Layout ofArray() throws IOException {
        Found found;
        do {
            found = next();
        } while (found == Found.BLANK);
        if (secondLine >= 0) {
            return Layout.VALUES;
        }
        return switch (found) {
            case WHOLE, VALUE -> {
                if (behindSpace() != -1) {
                    yield Layout.LINES;
                }
                yield input.settled() ? Layout.VALUES : Layout.AUTO;
            }
            case UNFINISHED -> Layout.AUTO;
            case LONG, SEVERAL -> Layout.VALUES;
            default -> {
                input.seek(start.bytes());
                yield ofValues();
            }
        };
    }

    private Layout ofValues() throws IOException {
        int lines = 0;
        int whole = 0;
        boolean several = false;
        boolean broken = false;
        while (lines < LINES_TO_LOOK_AT) {
            Found found = next();
            boolean goesOn = secondLine >= 0;
            if (found == Found.DOCUMENT || (found == Found.LONG && goesOn && !broken)) {
                return Layout.VALUES;
            }
            if (found == Found.UNFINISHED && (goesOn || lines == 0)) {
                return Layout.AUTO;
            }
            if (found == Found.UNFINISHED || found == Found.LONG || found == Found.END) {
                break;
            }
            lines += found == Found.BLANK ? 0 : 1;
            whole += found == Found.WHOLE ? 1 : 0;
            several |= found == Found.SEVERAL;
            broken |= found == Found.BROKEN;
        }
        if (!broken) {
            return whole > 0 && !several ? Layout.LINES : Layout.VALUES;
        }
        if (2 * whole > lines) {
            return Layout.LINES;
        }
        return input.settled() || lines == LINES_TO_LOOK_AT ? Layout.VALUES : Layout.AUTO;
    }

    /**
     * Checks the text from the start of a line. Afterwards the position is the start of another line, unless the check
     * is complete.
     */
    private Found next() throws IOException {
        JsonGrammar grammar = new JsonGrammar();
        secondLine = -1;
        boolean atMargin = true;
        int linesCrossed = 0;
        for (long column = 0; bytesLeft > 0; column++) {
            int c = read();
            if (c == -1) {
                return column == 0 ? Found.END : atEnd(grammar, atMargin);
            }
            if (!grammar.accept(c)) {
                return broken(c);
            }
            if (column == 0) {
                atMargin = !ValuesReader.isSpace(c);
            }
            if (secondLine >= 0 && grammar.values() > 0 && !grammar.isInside()) {
                return Found.DOCUMENT;
            }
            if (c == '\n') {
                if (!grammar.isInside()) {
                    return line(grammar, atMargin);
                }
                linesCrossed++;
                if (linesCrossed == LINES_TO_LOOK_AT) {
                    return Found.DOCUMENT;
                }
                if (secondLine < 0) {
                    secondLine = input.position();
                }
            }
        }
        return Found.LONG;
    }

    private Found atEnd(JsonGrammar grammar, boolean atMargin) throws IOException {
        if (!input.settled()) {
            return Found.UNFINISHED;
        }
        grammar.end();
        return grammar.isInside() ? broken('\n') : line(grammar, atMargin);
    }

    private static Found line(JsonGrammar grammar, boolean atMargin) {
        if (grammar.values() == 0) {
            return Found.BLANK;
        }
        if (grammar.values() > 1) {
            return Found.SEVERAL;
        }
        return atMargin && grammar.endedContainer() ? Found.WHOLE : Found.VALUE;
    }

    /** Moves behind the line in which the invalid value began. */
    private Found broken(int last) throws IOException {
        if (secondLine >= 0) {
            input.seek(secondLine);
        } else {
            int c = last;
            while (c != '\n' && c != -1 && bytesLeft > 0) {
                c = read();
            }
        }
        return Found.BROKEN;
    }

    private int behindSpace() throws IOException {
        int c;
        do {
            c = read();
        } while (ValuesReader.isSpace(c) && bytesLeft > 0);
        return c;
    }

    private int read() throws IOException {
        bytesLeft--;
        return input.read();
    }
}
