// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows behind the header line of a CSV file, each as a map of column names to strings, in the header's order.
 *
 * <p>The last row of a settled file needs no line end. Its position has the mark {@code open}, so that a line end that
 * is written later belongs to it and does not become an empty row.
 */
final class CsvReader implements RecordReader {
    static final String UNCLOSED = "a quotation mark opens a field here, and none closes it up to the end of the file."
            + " Nothing behind it can be told apart. Close it, or write quotation marks inside of a field twice";

    private static final String OPEN = "open";
    /** Two pairs of quotation marks, a colon and a comma around the name and the value of a field. */
    private static final int JSON_BYTES = 6;

    private final FileInput input;
    private final CsvRow row;
    private final List<String> columns;
    private final int key;
    private final long namesBytes;
    private final int maxBytes;
    private Position position;
    private long unpacked;
    private long recordLine;
    private long recordStart;

    /**
     * Reads rows.
     *
     * @param input the file
     * @param from where a row starts, or where the last row that was read ended
     * @param row finds the rows
     * @param columns the names in the header line
     * @param key the index of the column whose field becomes the key; -1 for records without keys
     * @param namesBytes the size of the names in bytes
     * @param maxBytes the maximum size of a row in bytes, in the file and as a JSON object
     */
    CsvReader(
            FileInput input, Position from, CsvRow row, List<String> columns, int key, long namesBytes, int maxBytes) {
        this.input = input;
        this.position = from;
        this.row = row;
        this.columns = columns;
        this.key = key;
        this.namesBytes = namesBytes;
        this.maxBytes = maxBytes;
        input.seek(from.bytes());
    }

    @Override
    public ReadResult next() throws IOException {
        while (true) {
            ReadResult reading = row();
            if (reading != null) {
                return reading;
            }
        }
    }

    @Override
    public long recordLine() {
        return recordLine;
    }

    @Override
    public long recordStart() {
        return recordStart;
    }

    /** Each row repeats the names of its fields, which the file has once. */
    @Override
    public long unpackedBytes() {
        return unpacked;
    }

    private @Nullable ReadResult row() throws IOException {
        if (input.atEnd()) {
            return ReadResult.End.COMPLETE;
        }
        CsvRow.End end = row.read(input);
        if (end != CsvRow.End.LINE && !input.settled()) {
            return ReadResult.End.UNFINISHED;
        }
        boolean continued = position.is(OPEN);
        long first = continued ? position.line() : position.line() + 1;
        String where = "line " + first;
        if (end == CsvRow.End.FILE_IN_QUOTES) {
            return new ReadResult.Broken(where, UNCLOSED);
        }
        recordLine = first;
        recordStart = position.bytes();
        boolean open = end == CsvRow.End.FILE;
        position = new Position(
                position.bytes() + row.bytes(),
                first + row.lines() - (open ? 0 : 1),
                open ? Map.of(OPEN, true) : Map.of());
        if (row.isBlank() && (continued || columns.size() > 1)) {
            return null;
        }
        String fault = continued ? continuedReason() : fault();
        return fault == null ? value(where) : rejected(where, fault);
    }

    private @Nullable String fault() {
        String fault = row.fault();
        if (fault != null) {
            return fault;
        }
        if (row.fields() != columns.size()) {
            return "the row has " + row.fields() + " fields, but the header line names " + columns.size()
                    + " columns. Write a delimiter between all fields, and fields with delimiters or line ends in"
                    + " quotation marks";
        }
        return jsonBytes() > maxBytes
                ? ReadResult.tooLarge("the row as a JSON object would have about " + jsonBytes(), maxBytes)
                : null;
    }

    private ReadResult value(String where) {
        Map<String, String> value = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            try {
                value.put(columns.get(i), row.field(i));
            } catch (CharacterCodingException e) {
                return rejected(
                        where,
                        "field " + (i + 1) + " of the row is not text in the charset: " + e.getMessage()
                                + ". Set charset to what the file is written in, or repair the file");
            }
        }
        unpacked += jsonBytes() - row.bytes();
        return key < 0
                ? ReadResult.Value.of(null, value, position)
                : new ReadResult.Value(
                        Schema.STRING_SCHEMA, value.get(columns.get(key)), null, value, List.of(), position);
    }

    private ReadResult rejected(String where, String reason) {
        return new ReadResult.Rejected(where, reason, position, row.content());
    }

    private long jsonBytes() {
        return namesBytes + row.bytes() + (long) JSON_BYTES * columns.size();
    }

    private static String continuedReason() {
        return "the row was published as the last one of the file, which had no line end and had not changed for"
                + " scan.interval.ms; then more was written to the same line. Write whole lines, or raise"
                + " scan.interval.ms";
    }
}
