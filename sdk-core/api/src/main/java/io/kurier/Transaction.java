// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that a {@link TransactionCallback} publishes through. Consumers with
 * {@code isolation.level=read_committed} see all of its records at one moment, or none of them ever.
 *
 * <p>Only the thread that runs the callback may use it, and only until the callback ends: from another thread, or
 * afterwards, its methods throw {@link IllegalStateException}. Messages published through the {@link Publisher}
 * meanwhile are not part of the transaction.
 *
 * <p>No method returns a receipt, since nothing is stored before the callback has ended and the transaction is
 * committed.
 */
public interface Transaction {

    /**
     * Publishes a message in this transaction. If the producer's buffer is full, the call waits at most
     * {@code publish.max.wait.ms}, or {@code transactions.timeout.ms} if that is shorter.
     *
     * <p>The call throws where {@link Publisher#publish(Message)} returns a failed future: inside a callback, an
     * exception ends the callback and its transaction. If a callback catches the exception of a message that was
     * {@link Outcome#REJECTED} while it was encoded, guarded or partitioned, it may continue without that message and
     * publish another instead. After any other failure the transaction can only be aborted.
     *
     * @throws PublishException if the message is refused, or an earlier message of this transaction has failed
     *     meanwhile
     */
    void publish(Message<?, ?> message);

    /** Publishes a key and a value, as {@link #publish(Message)} does. */
    default <K, V> void publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        publish(Message.of(topic, key, value));
    }

    /**
     * Commits the offsets of a consumer with the transaction, so that the consumed records count as consumed if and
     * only if the published records are stored (KIP-447). That consumer must not commit by itself.
     *
     * @param offsets for each partition, the offset of the next record to consume
     * @param group the consumer's {@code groupMetadata()}
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses the offsets; the transaction can then only be
     *     aborted
     */
    void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group);
}
