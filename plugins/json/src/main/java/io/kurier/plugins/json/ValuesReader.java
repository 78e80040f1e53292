// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import io.kurier.plugins.files.internal.StrictDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * JSON values one after the other, or the elements of one array, over any number of lines.
 *
 * <p>Finds the end of a value by its brackets and quotes alone, then parses it. So its size is bounded before it is in
 * memory, the position behind it is exact, and a value that is valid JSON but refused does not end the file.
 */
final class ValuesReader implements RecordReader {

    private static final String COLUMN = "column";
    private static final String ARRAY = "array";

    private final StrictDecoder decoder = new StrictDecoder(StandardCharsets.UTF_8);
    private final FileInput input;
    private final int maxBytes;
    private final ValueParser parser;
    private final JsonRecords records;

    /** The position of the next byte. */
    private long line;

    private long column;
    /** Whether values are the elements of an array, and whether one of them was read. */
    private boolean inArray;

    private boolean behindElement;
    private boolean atStart;

    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private long valueBytes;
    private long recordLine;
    private long recordStart;

    ValuesReader(FileInput input, Position from, int maxBytes, ValueParser parser, JsonRecords records) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.parser = parser;
        this.records = records;
        this.line = Math.max(1, from.line());
        this.column = Math.max(1, from.number(COLUMN));
        this.inArray = from.is(ARRAY);
        this.behindElement = inArray;
        this.atStart = from.line() == 0;
        input.seek(from.bytes());
    }

    /** Returns whether a position is behind a value that this class read. */
    static boolean isFrom(Position position) {
        return position.number(COLUMN) > 0;
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    @Override
    public ReadResult next() throws IOException {
        int c = readBehindSpace();
        if (atStart && c == '[') {
            inArray = true;
            c = readBehindSpace();
        }
        atStart = false;
        if (inArray) {
            if (c == ']') {
                return readBehindSpace() == -1
                        ? ReadResult.End.COMPLETE
                        : broken(line, column - 1, "there is something behind the end of the array");
            }
            if (behindElement && c != -1) {
                if (c != ',') {
                    return broken(line, column - 1, "a comma or the end of the array is missing");
                }
                c = readBehindSpace();
            }
            if (c == -1) {
                return unfinished(line, column, "the file ends before the array does");
            }
        } else if (c == -1) {
            return ReadResult.End.COMPLETE;
        }
        return valueFrom(c);
    }

    @Override
    public long recordLine() {
        return recordLine;
    }

    @Override
    public long recordStart() {
        return recordStart;
    }

    private ReadResult valueFrom(int first) throws IOException {
        recordLine = line;
        recordStart = input.position() - 1;
        long startLine = line;
        long startColumn = column - 1;
        value.reset();
        valueBytes = 0;
        keep(first);
        boolean whole = switch (first) {
            case '{', '[' -> readNested();
            case '"' -> readString();
            default -> readWord();
        };
        String where = where(startLine, startColumn);
        if (!whole && !input.settled()) {
            return ReadResult.End.UNFINISHED;
        }
        boolean word = first != '{' && first != '[' && first != '"';
        if (!whole && !word && valueBytes > maxBytes) {
            return new ReadResult.Broken(where, "the file ends before the value that starts here does");
        }
        behindElement = inArray;
        Map<String, Object> marks = inArray ? Map.of(COLUMN, column, ARRAY, true) : Map.of(COLUMN, column);
        Position after = new Position(input.position(), line, marks);
        if (valueBytes > maxBytes) {
            return ReadResult.Rejected.of(where, ReadResult.tooLarge("the value has " + valueBytes, maxBytes), after);
        }
        return parsed(startLine, startColumn, after);
    }

    private ReadResult parsed(long startLine, long startColumn, Position after) {
        byte[] bytes = value.toByteArray();
        ReadResult reading = parsed(bytes, startLine, startColumn, after);
        return reading instanceof ReadResult.Rejected refused ? refused.with(bytes) : reading;
    }

    private ReadResult parsed(byte[] bytes, long startLine, long startColumn, Position after) {
        String where = where(startLine, startColumn);
        try {
            return records.of(parser.parse(decoder.decode(bytes, 0, bytes.length)), where, after);
        } catch (CharacterCodingException e) {
            return ReadResult.Rejected.of(where, "the value is not UTF-8: " + e.getMessage(), after);
        } catch (InvalidJsonException e) {
            long errorLine = startLine + e.line() - 1;
            long errorColumn = e.line() == 1 ? startColumn + e.column() - 1 : e.column();
            return e.isSyntax()
                    ? broken(errorLine, errorColumn, e.reason())
                    : ReadResult.Rejected.of(where(errorLine, errorColumn), e.reason(), after);
        }
    }

    /** Reads to the bracket that closes the one that was read; false if the file ends before. */
    private boolean readNested() throws IOException {
        int depth = 1;
        while (depth > 0) {
            int c = read();
            if (c == -1) {
                return false;
            }
            keep(c);
            switch (c) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    if (!readString()) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    /** Reads to the closing quote; false if the file ends before. */
    private boolean readString() throws IOException {
        boolean escaped = false;
        while (true) {
            int c = read();
            if (c == -1) {
                return false;
            }
            keep(c);
            if (c == '"' && !escaped) {
                return true;
            }
            escaped = c == '\\' && !escaped;
        }
    }

    /**
     * Reads a number, true, false, null or invalid text; false if it touches the end of the file and may continue
     * there.
     */
    private boolean readWord() throws IOException {
        while (true) {
            int c = input.read();
            if (c == -1) {
                return false;
            }
            input.seek(input.position() - 1);
            if (isSpace(c) || (inArray && (c == ',' || c == ']'))) {
                return true;
            }
            keep(read());
        }
    }

    private void keep(int c) {
        valueBytes++;
        if (valueBytes <= maxBytes) {
            value.write(c);
        }
    }

    private int readBehindSpace() throws IOException {
        int c = read();
        while (isSpace(c)) {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        int c = input.read();
        if (c == '\n') {
            line++;
            column = 1;
        } else if (c != -1 && (c & 0xC0) != 0x80) {
            // a continuation byte of a character is not a column of its own
            column++;
        }
        return c;
    }

    private ReadResult unfinished(long atLine, long atColumn, String reason) {
        return input.settled() ? broken(atLine, atColumn, reason) : ReadResult.End.UNFINISHED;
    }

    private static ReadResult broken(long atLine, long atColumn, String reason) {
        return new ReadResult.Broken(where(atLine, atColumn), reason + ". Nothing behind it can be read");
    }

    private static String where(long atLine, long atColumn) {
        return "line " + atLine + ", column " + atColumn;
    }
}
