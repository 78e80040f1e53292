// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import java.io.IOException;
import java.util.Map;

/**
 * Splits a file into messages, each of which follows its length as a varint, the layout of
 * {@code Message.writeDelimitedTo}.
 *
 * <p>Only the lengths determine where a message starts, and a damaged length is mostly still a valid length. So when a
 * message cannot be parsed, the lengths behind it are followed. If they lead exactly to the end of the file, they are
 * right and the message alone is refused. If not, nothing behind it is published.
 */
final class DelimitedReader implements RecordReader {

    /** The mark that holds the number of the last message, counted from 1. */
    private static final String MESSAGE = "message";

    /** Returned instead of a length: the input ends within it. */
    private static final long CUT = -1;

    /** Returned instead of a length: it has more than 5 bytes, or it is not below 2 GiB, as all messages are. */
    private static final long WRONG = -2;

    private static final int LENGTH_BITS = 35;

    private final FileInput input;
    private final int maxBytes;
    private final Messages messages;

    private long number;
    /** Whether the lengths are known to lead from here exactly to the end of the input. */
    private boolean followed;

    DelimitedReader(FileInput input, Position from, int maxBytes, Messages messages) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.messages = messages;
        this.number = from.number(MESSAGE);
        input.seek(from.bytes());
    }

    @Override
    public ReadResult next() throws IOException {
        long start = input.position();
        if (input.atEnd()) {
            return ReadResult.End.COMPLETE;
        }
        number++;
        String where = "message " + number + ", byte " + start;
        long length = readLength();
        if (length == WRONG) {
            return broken(
                    where,
                    "what stands where its length should is none: it takes more than 5 bytes or is not below 2 GiB");
        }
        long left = input.size() - input.position();
        if (length == CUT || length > left) {
            return !input.settled()
                    ? ReadResult.End.UNFINISHED
                    : broken(
                            where,
                            length == CUT
                                    ? "the file ends within the length of the message"
                                    : "the message should have " + length + " bytes, but the file ends after " + left
                                            + " of them: it was cut, or the length is damaged");
        }
        Position after = new Position(input.position() + length, 0, Map.of(MESSAGE, number));
        if (length > maxBytes) {
            input.seek(after.bytes());
            return ReadResult.Rejected.of(where, ReadResult.tooLarge("the message has " + length, maxBytes), after);
        }
        byte[] bytes = input.readNBytes((int) length);
        DynamicMessage message;
        try {
            message = messages.parse(bytes);
        } catch (InvalidProtocolBufferException e) {
            return withContent(unreadable(where, messages.reason(e), after), bytes);
        }
        return withContent(messages.record(message, where, after), bytes);
    }

    private static ReadResult withContent(ReadResult reading, byte[] bytes) {
        return reading instanceof ReadResult.Rejected refused ? refused.with(bytes) : reading;
    }

    private ReadResult unreadable(String where, String reason, Position after) throws IOException {
        if (leadsToTheEnd(after.bytes())) {
            return ReadResult.Rejected.of(where, reason, after);
        }
        if (!input.settled()) {
            // The lengths may only miss the end because the last message is still being written.
            return ReadResult.End.UNFINISHED;
        }
        return broken(where, reason + ", and the lengths behind it do not lead to the end of the file either");
    }

    /** Returns whether the lengths from a position on lead exactly to the end; leaves the input there. */
    private boolean leadsToTheEnd(long from) throws IOException {
        input.seek(from);
        while (!followed && input.position() < input.size()) {
            long length = readLength();
            if (length < 0 || length > input.size() - input.position()) {
                return false;
            }
            input.seek(input.position() + length);
        }
        followed = true;
        input.seek(from);
        return true;
    }

    private long readLength() throws IOException {
        long length = 0;
        for (int shift = 0; shift < LENGTH_BITS; shift += 7) {
            int b = input.read();
            if (b == -1) {
                return CUT;
            }
            length |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return length <= Integer.MAX_VALUE ? length : WRONG;
            }
        }
        return WRONG;
    }

    private static ReadResult broken(String where, String reason) {
        return new ReadResult.Broken(
                where,
                reason + ". Nothing from here on can be read. If this is the first message, the file may hold no"
                        + " length-delimited messages at all; if it is one message, set layout=single");
    }
}
