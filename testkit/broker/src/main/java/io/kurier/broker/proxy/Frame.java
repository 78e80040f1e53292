// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/**
 * A request or a response in wire format: its size as an int32, and then that many bytes. A request begins with its
 * kind (int16), the version of that (int16) and the correlation id (int32), a response with the correlation id
 * (https://kafka.apache.org/protocol).
 */
final class Frame {
    private static final int SIZE = Integer.BYTES;
    private static final int KIND_AT = SIZE;
    private static final int REQUEST_ID_AT = SIZE + 2 * Short.BYTES;
    private static final int ANSWER_ID_AT = SIZE;

    /** A broker's own limit by default, {@code socket.request.max.bytes}. */
    private static final int LIMIT = 100 * 1024 * 1024;

    private final ByteBuffer bytes;

    private Frame(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the next frame.
     *
     * @return null at the end of the stream, also in the middle of a frame
     * @throws StreamCorruptedException if the bytes cannot be a frame
     */
    static @Nullable Frame read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(SIZE);
        if (head.length < SIZE) {
            return null;
        }
        int size = ByteBuffer.wrap(head).getInt();
        if (size < 0 || size > LIMIT) {
            throw new StreamCorruptedException("the next frame would have " + size + " bytes, where Kafka allows "
                    + LIMIT + ": this is another protocol, perhaps TLS, which the proxy cannot look into");
        }
        ByteBuffer bytes = ByteBuffer.allocate(SIZE + size).putInt(size);
        return in.readNBytes(bytes.array(), SIZE, size) < size ? null : new Frame(bytes);
    }

    int length() {
        return bytes.capacity();
    }

    /** Returns the kind of a request; null if this version of Kafka's client does not know it. */
    @Nullable
    ApiKeys kind() {
        if (length() < REQUEST_ID_AT + Integer.BYTES) {
            return null;
        }
        short id = bytes.getShort(KIND_AT);
        return ApiKeys.hasId(id) ? ApiKeys.forId(id) : null;
    }

    /** Returns the correlation id of a request; 0 if it is too short to have one. */
    int requestId() {
        return idAt(REQUEST_ID_AT);
    }

    /** Returns the correlation id of a response; 0 if it is too short to have one. */
    int answerId() {
        return idAt(ANSWER_ID_AT);
    }

    private int idAt(int index) {
        return length() < index + Integer.BYTES ? 0 : bytes.getInt(index);
    }

    void write(OutputStream out, int from, int count) throws IOException {
        out.write(bytes.array(), from, count);
    }
}
