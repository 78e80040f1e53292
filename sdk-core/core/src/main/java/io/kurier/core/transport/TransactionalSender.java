// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A producer with a transactional id, which runs one transaction after the other. Its methods wait for Kafka. Only
 * {@link #close} may be called while another thread uses it.
 */
public interface TransactionalSender extends Sender {

    /**
     * Returns whether it has connected with credentials that {@link Transport#rotate} has replaced since, so that it is
     * to be closed between two transactions, and another one connected.
     */
    default boolean isOutdated() {
        return false;
    }

    /** Begins a transaction. */
    void begin();

    /**
     * Returns Kafka's id of a topic, as it was before the current or last transaction published to the topic.
     *
     * @return the id, or null if it is not known
     */
    @Nullable
    Uuid topicId(String topic);

    /**
     * Returns the bytes of keys and values that the current or last transaction has taken so far; 0 if they are not
     * counted. For the transaction's thread.
     */
    default long bytes() {
        return 0;
    }

    /**
     * Adds a consumer's offsets to the transaction.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses the offsets
     */
    void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group);

    /**
     * Commits the transaction once all of its records are acknowledged.
     *
     * @throws TransactionFailure if the commit is not confirmed; the failure has the remedy
     */
    void commit();

    /**
     * Aborts the transaction.
     *
     * @throws TransactionFailure if the abort is not confirmed; the failure has the remedy
     */
    void abort();

    /**
     * Waits until the producer has finished its current work, at most the given time, fails the rest, and releases all
     * resources.
     */
    void close(Duration timeout);
}
