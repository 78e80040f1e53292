// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it will be sent: guards check it and partitioners choose its partition. It keeps references to its arrays
 * and does not copy them.
 */
public final class EncodedRecord {
    private final String topic;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Headers headers;

    /**
     * Creates a record.
     *
     * @param topic the physical topic
     * @param key the encoded key, or null
     * @param value the encoded value, or null for a tombstone
     * @param headers the headers, including those that serializers added
     */
    public EncodedRecord(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.key = key;
        this.value = value;
        this.headers = Objects.requireNonNull(headers, "headers");
    }

    /** Returns this record with another key. Both records share their headers. */
    public EncodedRecord withKey(byte @Nullable [] other) {
        return new EncodedRecord(topic, other, value, headers);
    }

    /** Returns this record with another value. Both records share their headers. */
    public EncodedRecord withValue(byte @Nullable [] other) {
        return new EncodedRecord(topic, key, other, headers);
    }

    /** Returns the physical topic. */
    public String topic() {
        return topic;
    }

    /** Returns the encoded key, or null. */
    public byte @Nullable [] key() {
        return key;
    }

    /** Returns the encoded value, or null for a tombstone. */
    public byte @Nullable [] value() {
        return value;
    }

    /** Returns the headers, including those that serializers added. */
    public Headers headers() {
        return headers;
    }

    /** Returns the number of bytes of the value, 0 for a tombstone. */
    public int valueSize() {
        return value == null ? 0 : value.length;
    }

    /** Returns the topic and the sizes only: keys and values may be confidential. */
    @Override
    public String toString() {
        return "EncodedRecord[topic=" + topic + ", key=" + (key == null ? "none" : key.length + " bytes") + ", value="
                + (value == null ? "none" : value.length + " bytes") + "]";
    }
}
