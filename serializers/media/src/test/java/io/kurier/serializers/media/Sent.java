// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import io.kurier.spi.RecordSequence;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A record as it is in a topic, for tests that change some. */
final class Sent {

    static final MediaDeserializer DESERIALIZER = new MediaDeserializer();

    private final byte[] value;
    private final Headers headers;

    Sent(byte[] value, Headers headers) {
        this.value = value;
        this.headers = headers;
    }

    byte[] value() {
        return value;
    }

    Headers headers() {
        return headers;
    }

    /** The records of a blob in chunks of 1 KiB. */
    static List<Sent> of(Blob blob) throws IOException {
        try (BlobChunks chunks = new BlobChunks(blob, BlobChunks.MIN_CHUNK_BYTES)) {
            return all(chunks);
        }
    }

    static List<Sent> all(RecordSequence sequence) throws IOException {
        List<Sent> all = new ArrayList<>();
        Headers headers = new RecordHeaders();
        for (byte[] value = sequence.next(headers); value != null; value = sequence.next(headers)) {
            all.add(new Sent(value, headers));
            headers = new RecordHeaders();
        }
        return all;
    }

    /** The text of a header, or "none". */
    String header(String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
    }

    List<String> headerNames() {
        return Arrays.stream(headers.toArray()).map(Header::key).sorted().toList();
    }

    Sent with(String name, String text) {
        Headers changed = new RecordHeaders(headers);
        changed.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
        return new Sent(value, changed);
    }

    Sent without(String name) {
        return new Sent(value, new RecordHeaders(headers).remove(name));
    }

    Sent with(byte[] other) {
        return new Sent(other, headers);
    }

    Sent replacing(String old, String replacement) {
        String text = new String(value, StandardCharsets.UTF_8);
        if (!text.contains(old)) {
            throw new IllegalStateException("nothing to replace");
        }
        return with(text.replace(old, replacement).getBytes(StandardCharsets.UTF_8));
    }

    MediaPart part() {
        return Objects.requireNonNull(DESERIALIZER.deserialize("t", headers, value));
    }

    ConsumerRecord<byte[], MediaPart> at(int partition, long offset) {
        return new ConsumerRecord<>(
                "t", partition, offset, 0, TimestampType.CREATE_TIME, 0, 0, null, part(), headers, Optional.empty());
    }

    @Override
    public String toString() {
        return headerNames() + ", " + value.length + " bytes";
    }

    /** A stream that gives bytes and then fails; read on, it is at its end. */
    static InputStream failing(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private boolean failed;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                if (count < 0 && !failed) {
                    failed = true;
                    throw new IOException("the cable is out");
                }
                return count;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }
        };
    }

    /** A stream that never gives more than a few bytes at a time. */
    static InputStream trickle(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 7));
            }
        };
    }
}
