// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.ProtoBytes;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The message that Apicurio puts before a Protobuf payload: {@code message Ref { string name = 1; }}, with its length
 * before it, and the simple name of the payload's message.
 */
final class TypeRef {
    private static final int NAME = 1;
    private static final byte NAME_TAG = 0x0A;
    private static final int MAX_VARINT_BYTES = 5;

    private TypeRef() {}

    static byte[] bytes(String simpleName) {
        byte[] name = simpleName.getBytes(UTF_8);
        ByteArrayOutputStream ref = new ByteArrayOutputStream();
        ref.write(NAME_TAG);
        writeVarint(name.length, ref);
        ref.writeBytes(name);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeVarint(ref.size(), out);
        out.writeBytes(ref.toByteArray());
        return out.toByteArray();
    }

    private static void writeVarint(int value, ByteArrayOutputStream out) {
        int left = value;
        while (left > 0x7F) {
            out.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    /**
     * Returns the number of bytes of the message and its length, without allocating anything.
     *
     * @throws SerializationException if the record ends before that; the message is the end of a sentence
     */
    static int length(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length && i < MAX_VARINT_BYTES; i++) {
            value |= (bytes[offset + i] & 0x7FL) << (7 * i);
            if (bytes[offset + i] >= 0) {
                if (value > length - i - 1) {
                    break;
                }
                return i + 1 + (int) value;
            }
        }
        throw new SerializationException(
                "it ends within the name of its message, which Apicurio's serializer writes" + " before the payload");
    }

    /** Returns the simple name in bytes of which {@link #length} has returned the number; empty if there is none. */
    static String name(byte[] bytes, int offset, int length) {
        int start = offset;
        while (bytes[start] < 0) {
            start++;
        }
        try {
            List<ProtoBytes> fields = ProtoBytes.in(bytes, start + 1, offset + length);
            for (ProtoBytes field : fields) {
                if (field.number() == NAME && field.type() == ProtoBytes.BYTES) {
                    return new String(bytes, field.content(), field.to() - field.content(), UTF_8);
                }
            }
            return "";
        } catch (IllegalArgumentException e) {
            throw new SerializationException(
                    "the bytes after the id of its schema do not name a message, as Apicurio's serializer does. If"
                            + " Confluent's has written it, set framing to confluent",
                    e);
        }
    }

    /** Returns whether the bytes are most likely such a message, and not Confluent's message indexes. */
    static boolean isLikely(byte[] bytes, int offset, int length) {
        if (length < 4 || bytes[offset] < 3 || bytes[offset] >= length || bytes[offset + 1] != NAME_TAG) {
            return false;
        }
        if (bytes[offset + 2] != bytes[offset] - 2) {
            return false;
        }
        for (int i = offset + 3; i <= offset + bytes[offset]; i++) {
            if (!Character.isJavaIdentifierPart(bytes[i]) || bytes[i] < '0') {
                return false;
            }
        }
        return true;
    }
}
