// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.LineEnds;
import io.kurier.plugins.files.LineReader;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import io.kurier.plugins.files.internal.StrictDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One JSON value per line. A line that is not valid is rejected alone. */
final class JsonLines {

    private final StrictDecoder decoder = new StrictDecoder(StandardCharsets.UTF_8);
    private final ValueParser parser;
    private final JsonRecords records;

    JsonLines(ValueParser parser, JsonRecords records) {
        this.parser = parser;
        this.records = records;
    }

    RecordReader reader(FileInput input, Position from, int maxBytes) {
        return new LineReader(input, from, LineEnds.ASCII, maxBytes, this::line);
    }

    private @Nullable ReadResult line(byte[] bytes, int offset, int length, Position after) {
        if (isBlank(bytes, offset, length)) {
            return null;
        }
        String where = "line " + after.line();
        try {
            return records.of(parser.parse(decoder.decode(bytes, offset, length)), where, after);
        } catch (CharacterCodingException e) {
            return ReadResult.Rejected.of(where, "the line is not UTF-8: " + e.getMessage(), after);
        } catch (InvalidJsonException e) {
            return ReadResult.Rejected.of(where, e.reason() + " (column " + e.column() + ")", after);
        }
    }

    /** Returns whether a line has only JSON's white space. */
    static boolean isBlank(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
