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
 * Reads a whole file as one message, the layout of {@code Message.writeTo}.
 *
 * <p>Only the end of the file determines where its message ends, and many parts of a message are messages too. So
 * nothing is read before the file has settled, and a file that grew after it was published is not read further.
 */
final class SingleReader implements RecordReader {

    /**
     * The number of the message, as in files of several messages; distinguishes a published file from one that was not
     * read.
     */
    private static final String MESSAGE = "message";

    private final FileInput input;
    private final Position from;
    private final int maxBytes;
    private final Messages messages;
    private boolean done;

    SingleReader(FileInput input, Position from, int maxBytes, Messages messages) {
        this.input = input;
        this.from = from;
        this.maxBytes = maxBytes;
        this.messages = messages;
    }

    @Override
    public ReadResult next() throws IOException {
        if (done || (from.bytes() > 0 && from.bytes() == input.size())) {
            return ReadResult.End.COMPLETE;
        }
        done = true;
        if (!input.settled()) {
            return ReadResult.End.UNFINISHED;
        }
        if (from.bytes() > 0) {
            return broken("the file has " + input.size() + " bytes, but the message that was published of it had "
                    + from.bytes()
                    + ": it was written on after scan.interval.ms without a change, and both may be parts"
                    + " of one message. Write files under another name and rename them, or raise scan.interval.ms");
        }
        if (input.size() == 0) {
            return broken("it is empty, which is either a message without any field or a file that was never written."
                    + " If it is meant, write it behind its length and set layout=delimited");
        }
        if (input.size() > maxBytes) {
            return broken(ReadResult.tooLarge("the message has " + input.size(), maxBytes));
        }
        return message();
    }

    private ReadResult message() throws IOException {
        input.seek(0);
        byte[] bytes = input.readNBytes((int) input.size());
        if (input.hasChanged()) {
            return ReadResult.End.UNFINISHED;
        }
        try {
            DynamicMessage message = messages.parse(bytes);
            ReadResult reading = messages.record(message, "", new Position(bytes.length, 0, Map.of(MESSAGE, 1L)));
            // a refused file is read again when it is rewritten
            return reading instanceof ReadResult.Rejected refused ? broken(refused.reason()) : reading;
        } catch (InvalidProtocolBufferException e) {
            return broken(
                    messages.reason(e)
                            + ". With layout=single a file is one message; set layout=delimited if each stands behind its length");
        }
    }

    private static ReadResult broken(String reason) {
        return new ReadResult.Broken("", reason);
    }
}
