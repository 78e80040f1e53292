// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import java.io.IOException;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes one record of the lines that belong together.
 *
 * <p>Only the line behind a record shows that it is complete. So the last record of a file waits until another begins,
 * or until the file has settled. A line that is rejected ends the record before it. Positions are those between records.
 */
final class MultilineReader implements RecordReader {

    private final FileInput input;
    private final RecordReader lines;
    private final Multiline rule;
    private final int maxBytes;

    /** What was read behind the record that was returned last. */
    private @Nullable ReadResult pending;

    private final StringBuilder text = new StringBuilder();
    private int count;
    private long startLine;
    private long start;
    private Position end;
    private boolean tooLarge;
    private long pendingStart;
    private long recordLine;
    private long recordStart;

    /**
     * Creates a reader.
     *
     * @param input the file
     * @param lines reads its lines, each a record with a string or rejected
     * @param from where the first line to read starts
     * @param maxBytes the maximum size of a record in the file in bytes
     */
    MultilineReader(FileInput input, RecordReader lines, Position from, Multiline rule, int maxBytes) {
        this.input = input;
        this.lines = lines;
        this.end = from;
        this.rule = rule;
        this.maxBytes = maxBytes;
    }

    @Override
    public long recordLine() {
        return recordLine;
    }

    @Override
    public long recordStart() {
        return recordStart;
    }

    @Override
    public ReadResult next() throws IOException {
        while (true) {
            ReadResult reading = pending;
            pending = null;
            if (reading == null) {
                reading = lines.next();
                pendingStart = lines.recordStart();
            }
            if (reading instanceof ReadResult.Value line) {
                String content = (String) line.value();
                if (count > 0 && (count == rule.maxLines() || !rule.continues(content))) {
                    pending = line;
                    return record();
                }
                add(content, line.after());
            } else if (count == 0 || reading == ReadResult.End.UNFINISHED) {
                return reading;
            } else if (reading == ReadResult.End.COMPLETE && !input.settled()) {
                return ReadResult.End.UNFINISHED;
            } else {
                pending = reading;
                return record();
            }
        }
    }

    private void add(String line, Position after) {
        if (count == 0) {
            start = pendingStart;
            startLine = after.line();
            tooLarge = false;
        }
        count++;
        end = after;
        tooLarge |= end.bytes() - start > maxBytes;
        if (tooLarge) {
            text.setLength(0);
            return;
        }
        if (count > 1) {
            text.append('\n');
        }
        text.append(line);
    }

    private ReadResult record() {
        String value = text.toString();
        text.setLength(0);
        count = 0;
        recordLine = startLine;
        recordStart = start;
        return tooLarge
                ? ReadResult.Rejected.of(
                        "line " + startLine,
                        ReadResult.tooLarge(
                                "the lines up to line " + end.line() + " have " + (end.bytes() - start), maxBytes),
                        end)
                : ReadResult.Value.of(Schema.STRING_SCHEMA, value, end);
    }
}
