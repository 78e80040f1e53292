// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a message in Protobuf's wire format, one level deep, for modules that do not depend on Protobuf's
 * library. Immutable.
 *
 * @param number the field's number
 * @param type the wire type
 * @param from the index of the field's tag
 * @param content the index of its content: behind the length, if it has one
 * @param to the index behind the field
 */
public record ProtoBytes(int number, int type, int from, int content, int to) {
    /** The wire type of strings, bytes and messages. */
    public static final int BYTES = 2;

    private static final int MAX_VARINT_BYTES = 10;

    /**
     * Returns the fields between two indexes of an array.
     *
     * @throws IllegalArgumentException if the bytes are no message
     */
    public static List<ProtoBytes> in(byte[] bytes, int from, int to) {
        List<ProtoBytes> fields = new ArrayList<>();
        int position = from;
        while (position < to) {
            int tagEnd = varintEnd(bytes, position, to);
            long tag = varint(bytes, position, tagEnd);
            int type = (int) (tag & 7);
            long number = tag >>> 3;
            int content = tagEnd;
            long end;
            switch (type) {
                case 0 -> end = varintEnd(bytes, content, to);
                case 1 -> end = (long) content + Long.BYTES;
                case BYTES -> {
                    content = varintEnd(bytes, tagEnd, to);
                    long length = varint(bytes, tagEnd, content);
                    end = length < 0 || length > to ? Long.MAX_VALUE : content + length;
                }
                case 5 -> end = (long) content + Integer.BYTES;
                default -> throw new IllegalArgumentException("the bytes are not those of a Protobuf descriptor");
            }
            if (number == 0 || number > Integer.MAX_VALUE || end > to) {
                throw new IllegalArgumentException("the bytes are not those of a Protobuf descriptor");
            }
            fields.add(new ProtoBytes((int) number, type, position, content, (int) end));
            position = (int) end;
        }
        return fields;
    }

    private static int varintEnd(byte[] bytes, int position, int to) {
        for (int i = position; i < to && i < position + MAX_VARINT_BYTES; i++) {
            if (bytes[i] >= 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("the bytes end within a number");
    }

    /** Returns the number in the bytes of a varint. */
    public static long varint(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = to - 1; i >= from; i--) {
            value = (value << 7) | (bytes[i] & 0x7F);
        }
        return value;
    }
}
