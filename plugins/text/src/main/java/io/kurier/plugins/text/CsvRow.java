// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.internal.StrictDecoder;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next row of a CSV file (RFC 4180, section 2). Its memory is bounded by the maximum size of a row. One
 * instance is reused for all rows of a file, by one thread.
 */
final class CsvRow {

    /** How a row ended. */
    enum End {
        /** At a line feed. */
        LINE,
        /** At the end of the file, outside of quotation marks. */
        FILE,
        /** At the end of the file, inside quotation marks. */
        FILE_IN_QUOTES
    }

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        /** Behind a quotation mark that closes the field, or is the first of two. */
        QUOTE,
        CARRIAGE_RETURN
    }

    private final CsvSigns signs;
    private final StrictDecoder decoder;
    private final int maxBytes;
    private final int maxFields;

    private byte[] buffer = new byte[1024];
    private int length;
    /** The starts and ends of the fields in the buffer, without the quotation marks around them. */
    private int[] bounds = new int[64];

    private boolean[] quoted = new boolean[32];
    private int fields;
    private long lines;
    private long bytes;
    private @Nullable String fault;
    private State state = State.FIELD_START;

    /**
     * Creates the reader of a file's rows.
     *
     * @param maxBytes the number of bytes of a row that are kept
     * @param maxFields the number of fields of a row that are kept; all are counted
     */
    CsvRow(CsvSigns signs, StrictDecoder decoder, int maxBytes, int maxFields) {
        this.signs = signs;
        this.decoder = decoder;
        this.maxBytes = maxBytes;
        this.maxFields = maxFields;
    }

    /** Reads to the end of a row. */
    End read(FileInput input) throws IOException {
        length = 0;
        fields = 0;
        lines = 0;
        bytes = 0;
        fault = null;
        state = State.FIELD_START;
        byte[] unit = new byte[signs.unit()];
        while (true) {
            int count = read(input, unit);
            bytes += count;
            if (count < unit.length) {
                if (count > 0) {
                    fault("the file ends in the middle of a character");
                }
                return endOfFile();
            }
            if (next(signs.at(unit, 0), unit)) {
                lines++;
                return End.LINE;
            }
        }
    }

    private static int read(FileInput input, byte[] unit) throws IOException {
        if (unit.length > 1) {
            return input.readNBytes(unit, 0, unit.length);
        }
        int only = input.read(); // most charsets have one byte, and this is much faster
        unit[0] = (byte) only;
        return only < 0 ? 0 : 1;
    }

    /** Returns the size of the row in the file in bytes, its line end included. */
    long bytes() {
        return bytes;
    }

    /** Returns the number of lines that ended in it, its own line end included. */
    long lines() {
        return lines;
    }

    /** Returns the number of its fields. */
    int fields() {
        return fields;
    }

    /** Returns whether it is an empty line. */
    boolean isBlank() {
        return fields == 1 && bounds[0] == bounds[1] && !quoted[0] && fault == null;
    }

    /** Returns why the row cannot be published; null if no error was found so far. */
    @Nullable
    String fault() {
        return bytes - signs.unit() * 2L > maxBytes ? ReadResult.tooLarge("the row has " + bytes, maxBytes) : fault;
    }

    /**
     * Returns a field.
     *
     * @throws CharacterCodingException if it is not text in the charset
     */
    String field(int index) throws CharacterCodingException {
        int start = bounds[2 * index];
        String text = decoder.decode(buffer, start, bounds[2 * index + 1] - start);
        return quoted[index] ? text.replace("\"\"", "\"") : text;
    }

    /** Returns the row as it is in the file, its line end included; null if it is larger than the maximum. */
    byte @Nullable [] content() {
        return length < bytes || bytes > maxBytes ? null : Arrays.copyOf(buffer, length);
    }

    /** Processes one code unit and returns whether the row ends with it. */
    private boolean next(int sign, byte[] unit) {
        if (state == State.CARRIAGE_RETURN && sign != signs.lineFeed()) {
            fault("a carriage return without a line feed stands outside of quotation marks. End lines with both, or"
                    + " with a line feed");
            begin(false);
            state = State.PLAIN;
        }
        switch (state) {
            case FIELD_START -> {
                begin(sign == signs.quote());
                state = sign == signs.quote() ? State.QUOTED : plain(sign, length);
            }
            case PLAIN -> {
                if (sign == signs.quote()) {
                    fault("a quotation mark stands in a field that does not begin with one. Write such a field in"
                            + " quotation marks, and those in it twice");
                }
                state = plain(sign, length);
            }
            case QUOTED -> {
                state = sign == signs.quote() ? State.QUOTE : State.QUOTED;
                lines += sign == signs.lineFeed() ? 1 : 0;
            }
            case QUOTE -> {
                if (sign == signs.quote()) {
                    state = State.QUOTED;
                } else {
                    state = plain(sign, length - signs.unit());
                    if (state == State.PLAIN) {
                        fault("something stands behind the quotation mark that closes a field. Write quotation marks"
                                + " inside of a field twice");
                    }
                }
            }
            case CARRIAGE_RETURN -> {
                keep(unit);
                return true;
            }
        }
        boolean ended = sign == signs.lineFeed() && state == State.FIELD_START;
        keep(unit);
        return ended;
    }

    /**
     * Returns the state after a code unit outside of quotation marks; {@code end} is where the field ends if it ends
     * here.
     */
    private State plain(int sign, int end) {
        if (sign == signs.delimiter() || sign == signs.lineFeed()) {
            end(end);
            return State.FIELD_START;
        }
        if (sign == signs.carriageReturn()) {
            end(end);
            return State.CARRIAGE_RETURN;
        }
        return State.PLAIN;
    }

    private End endOfFile() {
        switch (state) {
            case QUOTED -> {
                return End.FILE_IN_QUOTES;
            }
            case FIELD_START -> {
                begin(false);
                end(length);
            }
            case PLAIN -> end(length);
            case QUOTE -> end(length - signs.unit());
            case CARRIAGE_RETURN -> {}
        }
        return End.FILE;
    }

    private void begin(boolean inQuotes) {
        if (fields < maxFields) {
            if (fields == quoted.length) {
                quoted = Arrays.copyOf(quoted, 2 * fields);
                bounds = Arrays.copyOf(bounds, 4 * fields);
            }
            bounds[2 * fields] = inQuotes ? length + signs.unit() : length;
            quoted[fields] = inQuotes;
        }
    }

    private void end(int at) {
        if (fields < maxFields) {
            bounds[2 * fields + 1] = at;
        }
        fields += fields < Integer.MAX_VALUE ? 1 : 0;
    }

    private void keep(byte[] unit) {
        if (length + unit.length > maxBytes + 2L * signs.unit()) {
            return; // the rest of a row that is too long is only read to its end
        }
        if (length + unit.length > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, maxBytes + 2L * signs.unit()));
        }
        System.arraycopy(unit, 0, buffer, length, unit.length);
        length += unit.length;
    }

    private void fault(String reason) {
        if (fault == null) {
            fault = reason;
        }
    }
}
