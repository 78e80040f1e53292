// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A message to publish: a key and a value for a topic, with optional headers, partition and timestamp.
 *
 * <p>Immutable; each {@code with} method returns a new message. The key and the value are not copied: they must not
 * change until the future of {@code publish} is done.
 *
 * @param topic the topic to publish to
 * @param key the record's key, or null for a record without a key
 * @param value the record's value; null is a tombstone, which deletes the key in a compacted topic
 * @param headers the record's headers, in order; serializers may add to them
 * @param partition the partition to write to, or null to let the topic's partitioner decide
 * @param timestamp the record's timestamp in milliseconds since the epoch, or null for the time of sending
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public record Message<K, V>(
        Topic<K, V> topic,
        @Nullable K key,
        @Nullable V value,
        List<Header> headers,
        @Nullable Integer partition,
        @Nullable Long timestamp) {

    /**
     * Copies the list of headers; neither the list nor a header may be null.
     *
     * @throws IllegalArgumentException if the name of a header has half of a surrogate pair
     */
    public Message {
        Objects.requireNonNull(headers, "headers");
        headers.forEach(header -> HeaderText.whole(
                "the name of a header",
                Objects.requireNonNull(header, "headers: one is null").key()));
        headers = List.copyOf(headers);
    }

    /** Returns a message with a key and a value and without headers, partition and timestamp. */
    public static <K, V> Message<K, V> of(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return new Message<>(topic, key, value, List.of(), null, null);
    }

    /**
     * Returns this message with one more header. Other headers of the same name stay, as in Kafka. The value is not
     * copied.
     *
     * @throws IllegalArgumentException if the name has half of a surrogate pair
     */
    public Message<K, V> withHeader(String name, byte @Nullable [] headerValue) {
        Objects.requireNonNull(name, "name");
        List<Header> more = new ArrayList<>(headers);
        more.add(ArrayHeaders.header(name, headerValue));
        return new Message<>(topic, key, value, more, partition, timestamp);
    }

    /**
     * Returns this message with one more header, whose value is the text in UTF-8. If the text is null, the header has
     * no value.
     *
     * @throws IllegalArgumentException if name or value has half of a surrogate pair, which UTF-8 lacks
     */
    public Message<K, V> withHeader(String name, @Nullable String headerValue) {
        return withHeader(
                name,
                headerValue == null
                        ? null
                        : HeaderText.whole("the value of a header", headerValue).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns this message for the given partition, which overrides the topic's partitioner. */
    public Message<K, V> withPartition(int toPartition) {
        return new Message<>(topic, key, value, headers, toPartition, timestamp);
    }

    /** Returns this message with the given timestamp, in milliseconds since the epoch. */
    public Message<K, V> withTimestamp(long millis) {
        return new Message<>(topic, key, value, headers, partition, millis);
    }

    /** Shows only the topic: keys and values may be confidential. */
    @Override
    public String toString() {
        return "Message[topic=" + topic + "]";
    }
}
