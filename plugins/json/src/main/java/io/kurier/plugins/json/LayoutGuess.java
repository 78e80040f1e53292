// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.LineEnds;
import io.kurier.plugins.files.LineReader;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.Reading;
import io.kurier.plugins.files.StrictDecoder;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how the records lie in a file, because {@code .json} is the name of JSON lines as well as of documents.
 *
 * <p>A line that starts at its first column and is a whole object or array tells lines, also if other lines are broken.
 * An array that is the only line of its file is a document, like the same array printed over many lines. A file that
 * was read before stays what it was taken for.
 */
final class LayoutGuess {

    private static final int LINES_TO_LOOK_AT = 100;

    private final StrictDecoder decoder = new StrictDecoder(StandardCharsets.UTF_8);
    private final ValueParser parser;
    private final int maxBytes;

    LayoutGuess(ValueParser parser, int maxBytes) {
        this.parser = parser;
        this.maxBytes = maxBytes;
    }

    /** The layout, or {@link Layout#AUTO} if too little of the file has been written to tell. */
    Layout of(FileInput input, Position start) throws IOException {
        String name = Objects.toString(input.path().getFileName(), "").toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return Layout.LINES;
        }
        if (ValuesReader.isFrom(start)) {
            return Layout.VALUES;
        }
        if (start.line() > 0) {
            return Layout.LINES;
        }
        LineReader lines = new LineReader(input, start, LineEnds.ASCII, maxBytes, this::line);
        for (int line = 1; line <= LINES_TO_LOOK_AT; line++) {
            Reading reading = lines.next();
            if (reading == Reading.End.UNFINISHED && line == 1) {
                return Layout.AUTO;
            }
            if (reading instanceof Reading.End) {
                break;
            }
            Object whole = reading instanceof Reading.Value record ? record.value() : null;
            if (line == 1 && firstByte(input, start) == '[') {
                boolean manyLines = whole != null && lines.next() != Reading.End.COMPLETE;
                return manyLines ? Layout.LINES : Layout.VALUES;
            }
            if (whole != null) {
                return Layout.LINES;
            }
        }
        return Layout.VALUES;
    }

    /** A record is a line that is a whole object or array; what is rejected here is only no such line. */
    private @Nullable Reading line(byte[] bytes, int offset, int length, Position after) {
        if (JsonLines.isBlank(bytes, offset, length)) {
            return null;
        }
        if (bytes[offset] == '{' || bytes[offset] == '[') {
            try {
                Object value = parser.parse(decoder.decode(bytes, offset, length));
                if (value instanceof Map || value instanceof Collection) {
                    return Reading.Value.of(null, value, after);
                }
            } catch (CharacterCodingException | InvalidJsonException e) {
                return new Reading.Rejected("", "no whole value", after);
            }
        }
        return new Reading.Rejected("", "no whole value", after);
    }

    /** The first byte that is no white space; moves the input. */
    private static int firstByte(FileInput input, Position start) throws IOException {
        long back = input.position();
        input.seek(start.bytes());
        int first;
        do {
            first = input.read();
        } while (ValuesReader.isSpace(first));
        input.seek(back);
        return first;
    }
}
