// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Publisher} restricted to one topic, for code that publishes to no other. It is as safe for use by any number
 * of threads as the publisher. It is not closed itself: the owner of the publisher closes that.
 *
 * <p>With Guice every declared topic can be injected as one, {@code @Inject TopicPublisher<String, Order>}; without
 * Guice, {@link #of(Publisher, Topic)} returns one.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface TopicPublisher<K, V> {

    /** Returns a publisher restricted to the topic. */
    static <K, V> TopicPublisher<K, V> of(Publisher publisher, Topic<K, V> topic) {
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(topic, "topic");
        return new TopicPublisher<>() {
            @Override
            public Topic<K, V> topic() {
                return topic;
            }

            @Override
            public CompletableFuture<Receipt> publish(Message<K, V> message) {
                return isFor(topic, message) ? publisher.publish(message) : elsewhere(topic, message);
            }

            @Override
            public CompletableFuture<Receipt> tryPublish(Message<K, V> message) {
                return isFor(topic, message) ? publisher.tryPublish(message) : elsewhere(topic, message);
            }

            @Override
            public CompletableFuture<BulkReport> publishAll(Iterator<? extends Message<K, V>> messages) {
                return publisher.publishAll(topic, messages);
            }

            @Override
            public String toString() {
                return "TopicPublisher[" + topic + "]";
            }
        };
    }

    /**
     * Null messages and null topics, from callers outside null-checked code, are passed on: the publisher refuses them.
     */
    private static boolean isFor(Topic<?, ?> topic, @Nullable Message<?, ?> message) {
        return message == null || message.topic() == null || message.topic().equals(topic);
    }

    private static CompletableFuture<Receipt> elsewhere(Topic<?, ?> topic, Message<?, ?> message) {
        boolean isOtherType = message.topic().alias().equals(topic.alias());
        return CompletableFuture.failedFuture(new PublishException(
                message.topic().alias(),
                Stage.ROUTE,
                Outcome.REJECTED,
                false,
                (isOtherType
                                ? "this publishes " + types(topic) + ", and the message's topic is "
                                        + types(message.topic())
                                : "the message is for another topic than " + topic.alias()
                                        + ", to which this publishes")
                        + "; make it with message(key, value)",
                null));
    }

    private static String types(Topic<?, ?> topic) {
        return "<" + topic.keyType() + ", " + topic.valueType() + ">";
    }

    /** The topic to which this publishes. */
    Topic<K, V> topic();

    /**
     * Publishes a message of this topic, and waits if the producer's buffer is full, as
     * {@link Publisher#publish(Message)} does.
     *
     * @param message as {@link #message} makes it; one of another topic is {@link Outcome#REJECTED}
     */
    CompletableFuture<Receipt> publish(Message<K, V> message);

    /**
     * Publishes a message of this topic if the producer can take it at once, as {@link Publisher#tryPublish(Message)}
     * does.
     *
     * @param message as {@link #message} makes it; one of another topic is {@link Outcome#REJECTED}
     */
    CompletableFuture<Receipt> tryPublish(Message<K, V> message);

    /**
     * Publishes many messages of this topic with one future for all of them, as
     * {@link Publisher#publishAll(Topic, Iterator)} does.
     */
    CompletableFuture<BulkReport> publishAll(Iterator<? extends Message<K, V>> messages);

    /** Publishes the messages of a collection, as {@link #publishAll(Iterator)} does; it must not be null. */
    default CompletableFuture<BulkReport> publishAll(Iterable<? extends Message<K, V>> messages) {
        Objects.requireNonNull(messages, "messages");
        return publishAll(messages.iterator());
    }

    /** Returns a message of this topic, to which headers, a partition or a timestamp can be added. */
    default Message<K, V> message(@Nullable K key, @Nullable V value) {
        return Message.of(topic(), key, value);
    }

    /** Publishes a key and a value, as {@link #publish(Message)} does. */
    default CompletableFuture<Receipt> publish(@Nullable K key, @Nullable V value) {
        return publish(message(key, value));
    }

    /** Publishes a key and a value, as {@link #tryPublish(Message)} does. */
    default CompletableFuture<Receipt> tryPublish(@Nullable K key, @Nullable V value) {
        return tryPublish(message(key, value));
    }
}
