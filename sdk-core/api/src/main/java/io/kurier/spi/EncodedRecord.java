// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record as it will leave: what guards check and partitioners see. It holds its arrays, it does not copy them. */
public final class EncodedRecord {
    private final String topic;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Headers headers;

    /**
     * A record.
     *
     * @param topic the physical topic
     * @param key the encoded key, or null
     * @param value the encoded value, or null for a tombstone
     * @param headers the headers, those of serializers included
     */
    public EncodedRecord(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.key = key;
        this.value = value;
        this.headers = Objects.requireNonNull(headers, "headers");
    }

    /** This record with another key; they share their headers. */
    public EncodedRecord withKey(byte @Nullable [] other) {
        return new EncodedRecord(topic, other, value, headers);
    }

    /** This record with another value; they share their headers. */
    public EncodedRecord withValue(byte @Nullable [] other) {
        return new EncodedRecord(topic, key, other, headers);
    }

    /** The physical topic. */
    public String topic() {
        return topic;
    }

    /** The encoded key, or null. */
    public byte @Nullable [] key() {
        return key;
    }

    /** The encoded value, or null for a tombstone. */
    public byte @Nullable [] value() {
        return value;
    }

    /** The headers, those of serializers included. */
    public Headers headers() {
        return headers;
    }

    /** The number of value bytes, 0 for a tombstone. */
    public int valueSize() {
        return value == null ? 0 : value.length;
    }

    /** Names the topic and sizes only: keys and values may be confidential. */
    @Override
    public String toString() {
        return "EncodedRecord[topic=" + topic + ", key=" + (key == null ? "none" : key.length + " bytes") + ", value="
                + (value == null ? "none" : value.length + " bytes") + "]";
    }
}
