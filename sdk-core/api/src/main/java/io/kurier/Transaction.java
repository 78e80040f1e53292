// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TransactionCallback} publishes through: all of it becomes visible to readers with {@code isolation.level=read_committed}
 * at one moment, or none of it ever.
 *
 * <p>It is for the thread that runs the work, and ends when the work does: used by another thread, or afterwards, it
 * throws {@link IllegalStateException}. What is published through the {@link Publisher} meanwhile is not part of it.
 *
 * <p>No method answers a receipt, since nothing is stored before the work has ended and the transaction is committed.
 */
public interface Transaction {

    /**
     * Adds a message, waiting for room if Kafka has none, at most {@code publish.max.wait.ms}, or
     * {@code transactions.timeout.ms} if that is shorter.
     *
     * <p>It throws where {@link Publisher#publish(Message)} answers a failed future: inside a work an exception is the
     * way to end it, and the transaction with it. A work that catches the exception of a message that was
     * {@link Outcome#REJECTED} while it was encoded, guarded or partitioned goes on without that message, and may publish
     * another instead. After any other failure the transaction can only be aborted.
     *
     * @throws PublishException if the message is refused, or an earlier one of this transaction failed meanwhile
     */
    void publish(Message<?, ?> message);

    /** {@link #publish(Message)} of a key and a value. */
    default <K, V> void publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        publish(Message.of(topic, key, value));
    }

    /**
     * Commits the offsets of a consumer with the transaction, so that what was read counts as read exactly if what was
     * published is stored (KIP-447). Such a consumer must not commit by itself.
     *
     * @param offsets of each partition, the offset of the next record to read
     * @param group the consumer's {@code groupMetadata()}
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses them; the transaction can only be aborted then
     */
    void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group);
}
