// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's record format, version 2 (KIP-98), as far as sizes depend on it: written here since Kafka's own classes for it
 * are internal.
 */
final class RecordFormat {
    /** The header of a batch, in bytes; it is never compressed. */
    static final int BATCH_HEADER = 61;

    private static final int ATTRIBUTES = 1;
    private static final int SEVEN_BITS = 7;
    private static final int LOW_BITS = 0x7f;
    private static final int MORE = 0x80;

    private RecordFormat() {}

    /** Returns the part of a record that does not depend on its place in the batch: key, value and headers. */
    static byte[] content(byte @Nullable [] key, byte @Nullable [] value, Iterable<Header> headers) {
        List<byte[]> texts = new ArrayList<>();
        int size = sizeOf(key) + sizeOf(value);
        for (Header header : headers) {
            byte[] name = header.key().getBytes(StandardCharsets.UTF_8);
            texts.add(name);
            texts.add(header.value());
            size += sizeOf(name) + sizeOf(header.value());
        }
        int count = texts.size() / 2;
        ByteBuffer content = ByteBuffer.allocate(size + varint(count));
        put(content, key);
        put(content, value);
        putVarint(content, count);
        texts.forEach(text -> put(content, text));
        return content.array();
    }

    /**
     * Returns the bytes of a record in its batch, the length before it included.
     *
     * @param content the bytes of its {@link #content}
     * @param millis how much later it is than the first of the batch
     * @param index its place in the batch, from 0
     */
    static int size(int content, long millis, int index) {
        int body = body(content, millis, index);
        return varint(body) + body;
    }

    /** Writes a record; parameters as of {@link #size}. */
    static void put(ByteBuffer batch, byte[] content, long millis, int index) {
        putVarint(batch, body(content.length, millis, index));
        batch.put((byte) 0);
        putVarint(batch, millis);
        putVarint(batch, index);
        batch.put(content);
    }

    private static int body(int content, long millis, int index) {
        return ATTRIBUTES + varint(millis) + varint(index) + content;
    }

    private static int sizeOf(byte @Nullable [] bytes) {
        return bytes == null ? varint(-1) : varint(bytes.length) + bytes.length;
    }

    private static void put(ByteBuffer content, byte @Nullable [] bytes) {
        putVarint(content, bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            content.put(bytes);
        }
    }

    /** Returns the bytes of a number in zigzag encoding, seven bits a byte. */
    static int varint(long number) {
        return unsigned(zigzag(number));
    }

    /** Returns the bytes of a number that is not negative, seven bits a byte. */
    static int unsigned(long number) {
        return 1 + (Long.SIZE - 1 - Long.numberOfLeadingZeros(number | 1)) / SEVEN_BITS;
    }

    private static void putVarint(ByteBuffer bytes, long number) {
        long left = zigzag(number);
        while ((left & ~LOW_BITS) != 0) {
            bytes.put((byte) (left & LOW_BITS | MORE));
            left >>>= SEVEN_BITS;
        }
        bytes.put((byte) left);
    }

    private static long zigzag(long number) {
        return number << 1 ^ number >> Long.SIZE - 1;
    }
}
