// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import io.kurier.cli.lines.InterruptibleInput;
import io.kurier.cli.lines.Lines;
import io.kurier.cli.records.ByteText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an input, one a line in UTF-8, read one at a time. An empty line is the empty key. A byte order mark
 * before the first is left out. Used by one thread; an interrupt ends the reading.
 */
public final class KeyLines implements AutoCloseable {
    /** More than a broker takes in a record, unless its limit is raised. */
    private static final int LONGEST = 1 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InterruptibleInput in;
    private final Lines lines;

    /**
     * A key.
     *
     * @param bytes its bytes, as a serializer of text makes them
     * @param text the same as text
     */
    public record Key(byte[] bytes, String text) {}

    /**
     * Begins to read keys.
     *
     * @param in the input, which is closed at its end
     * @param beforeWaiting called before the reading thread waits for input that is not there yet
     */
    public KeyLines(InputStream in, Runnable beforeWaiting) {
        this.in = new InterruptibleInput(in, beforeWaiting);
        this.lines = new Lines(this.in, LONGEST);
    }

    /** Returns the number of the last line, from 1; 0 before the first. */
    public long number() {
        return lines.number();
    }

    /**
     * Returns the next key; null at the end of the input.
     *
     * @throws KeyException if the line is too long or not UTF-8
     * @throws IOException if the input cannot be read; {@link java.io.InterruptedIOException} after an interrupt, with
     *     the thread's interrupt flag set
     */
    public @Nullable Key next() throws IOException, KeyException {
        Lines.Line line = lines.next();
        if (line == null) {
            return null;
        }
        byte[] content = line.content();
        if (content == null) {
            throw new KeyException("the line has more than " + LONGEST + " bytes, too many for a key", null);
        }
        byte[] bytes = line.number() == 1 ? withoutMark(content) : content;
        String text = ByteText.utf8(bytes)
                .orElseThrow(() -> new KeyException("the line is not text in UTF-8; convert the input to it", null));
        return new Key(bytes, text);
    }

    private static byte[] withoutMark(byte[] line) {
        int length = BYTE_ORDER_MARK.length;
        return line.length >= length && Arrays.equals(line, 0, length, BYTE_ORDER_MARK, 0, length)
                ? Arrays.copyOfRange(line, length, line.length)
                : line;
    }

    @Override
    public void close() {
        in.close();
    }
}
