// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.RecordId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a value is bound to, in canonical bytes: the topic, the key, the place in the value, the record id and headers.
 * {@code docs/wire/envelope.md} specifies them.
 *
 * <p>The headers are those that describe the value in Kurier's formats and framings, and those that a guard lists. A
 * bound header that is removed, added or changed makes other bytes; its position among headers of other names does not.
 *
 * <p>Each part has a fingerprint of 16 bits, by which a reader finds out which part does not fit. It is a checksum and
 * proves nothing.
 *
 * @param bytes the canonical bytes of all parts
 * @param fingerprints one for each {@link RecordPart}, two bytes each
 */
public record RecordBinding(byte[] bytes, byte[] fingerprints) {
    /** The number of bytes of the fingerprints. */
    public static final int FINGERPRINT_BYTES = 2 * RecordPart.values().length;

    private static final int NULL = -1;
    private static final byte[] NO_HEADERS = new byte[Integer.BYTES];
    private static final Set<String> ALWAYS =
            Set.of("content-type", "protobuf.type", "__key_schema_id", "__value_schema_id");
    private static final List<String> ALWAYS_PREFIXES = List.of("media.", "apicurio.");

    /**
     * Binds the parts of a record.
     *
     * @param topic the logical topic, in UTF-8
     * @param key the key as it is stored; null differs from empty
     * @param place what of the value is meant: empty for the whole value, otherwise a path, in UTF-8
     * @param frame the bytes before the payload, if a part of the payload is meant; empty for the whole value
     * @param headers the record's headers
     * @param listed the names of further headers that are bound
     */
    public static RecordBinding of(
            byte[] topic, byte @Nullable [] key, byte[] place, byte[] frame, Headers headers, Set<String> listed) {
        byte[] ids = NO_HEADERS;
        byte[] others = NO_HEADERS;
        if (headers.iterator().hasNext()) {
            ids = encoded(headers, header -> header.equals(RecordId.HEADER));
            others = encoded(headers, header -> isBound(header, listed));
        }
        ByteBuffer all = ByteBuffer.allocate(Integer.BYTES * 4
                + topic.length
                + (key == null ? 0 : key.length)
                + place.length
                + frame.length
                + ids.length
                + others.length);
        ByteBuffer fingerprints = ByteBuffer.allocate(FINGERPRINT_BYTES);
        CRC32C checksum = new CRC32C();
        put(all, topic);
        fingerprint(checksum, all, 0, fingerprints);
        int from = all.position();
        put(all, key);
        fingerprint(checksum, all, from, fingerprints);
        from = all.position();
        put(all, place);
        put(all, frame);
        fingerprint(checksum, all, from, fingerprints);
        from = all.position();
        all.put(ids);
        fingerprint(checksum, all, from, fingerprints);
        from = all.position();
        all.put(others);
        fingerprint(checksum, all, from, fingerprints);
        return new RecordBinding(all.array(), fingerprints.array());
    }

    private static boolean isBound(String header, Set<String> listed) {
        return !header.equals(RecordId.HEADER)
                && (ALWAYS.contains(header)
                        || listed.contains(header)
                        || ALWAYS_PREFIXES.stream().anyMatch(header::startsWith));
    }

    /** Returns the chosen headers: their number, then name and value of each, by name and then as in the record. */
    private static byte[] encoded(Headers headers, java.util.function.Predicate<String> chosen) {
        List<Header> all = new ArrayList<>();
        int size = Integer.BYTES;
        for (Header header : headers) {
            if (chosen.test(header.key())) {
                all.add(header);
                size += 2 * Integer.BYTES + header.key().getBytes(UTF_8).length + length(header.value());
            }
        }
        if (all.isEmpty()) {
            return NO_HEADERS;
        }
        all.sort(Comparator.comparing(Header::key)); // stable
        ByteBuffer bytes = ByteBuffer.allocate(size).putInt(all.size());
        for (Header header : all) {
            put(bytes, header.key().getBytes(UTF_8));
            put(bytes, header.value());
        }
        return bytes.array();
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void put(ByteBuffer to, byte @Nullable [] bytes) {
        if (bytes == null) {
            to.putInt(NULL);
        } else {
            to.putInt(bytes.length).put(bytes);
        }
    }

    private static void fingerprint(CRC32C checksum, ByteBuffer all, int from, ByteBuffer to) {
        checksum.reset();
        checksum.update(all.array(), from, all.position() - from);
        to.putShort((short) checksum.getValue());
    }

    /**
     * Returns the parts whose fingerprints differ from others.
     *
     * @param others as many bytes as {@link #FINGERPRINT_BYTES}
     */
    public Set<RecordPart> differences(byte[] others) {
        Set<RecordPart> different = EnumSet.noneOf(RecordPart.class);
        ByteBuffer ours = ByteBuffer.wrap(fingerprints);
        ByteBuffer theirs = ByteBuffer.wrap(others);
        for (RecordPart part : RecordPart.values()) {
            if (ours.getShort() != theirs.getShort()) {
                different.add(part);
            }
        }
        return different;
    }

    /** Shows sizes only: keys and headers may be confidential. */
    @Override
    public String toString() {
        return "RecordBinding[" + bytes.length + " bytes]";
    }
}
