// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a caller publishes: a key and a value for a topic, with optional headers, partition and timestamp.
 *
 * <p>Immutable; each {@code with} method answers a new message. The value itself is not copied: it must not change
 * until the future of {@code publish} is done.
 *
 * @param topic where it goes
 * @param key the record's key, or null for none
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
     * Takes a copy of the headers, of which none may be null.
     *
     * @throws IllegalArgumentException if the name of one has half of a surrogate pair
     */
    public Message {
        Objects.requireNonNull(headers, "headers");
        headers.forEach(header -> HeaderText.whole(
                "the name of a header",
                Objects.requireNonNull(header, "headers: one is null").key()));
        headers = List.copyOf(headers);
    }

    /** A message with a key and a value and nothing else. */
    public static <K, V> Message<K, V> of(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return new Message<>(topic, key, value, List.of(), null, null);
    }

    /**
     * The same message with one more header; a header of the same name stays, as in Kafka.
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
     * The same message with one more header, whose value is the text in UTF-8; a header without a value if it is null.
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

    /** The same message for the given partition, whatever the topic's partitioner says. */
    public Message<K, V> withPartition(int toPartition) {
        return new Message<>(topic, key, value, headers, toPartition, timestamp);
    }

    /** The same message with the given timestamp, in milliseconds since the epoch. */
    public Message<K, V> withTimestamp(long millis) {
        return new Message<>(topic, key, value, headers, partition, millis);
    }

    /** Names the topic only: keys and values may be confidential. */
    @Override
    public String toString() {
        return "Message[topic=" + topic + "]";
    }
}
