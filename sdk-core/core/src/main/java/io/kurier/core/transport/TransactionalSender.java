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
 * A producer with a transactional id: one transaction after the other. Its methods wait for Kafka. For one thread at a
 * time, but for {@link #close}.
 */
public interface TransactionalSender extends Sender {

    /** Begins a transaction. */
    void begin();

    /**
     * Kafka's id of a topic, as it was before the transaction of the moment, or the last one, has published to it.
     *
     * @return the id, or null if it is not known
     */
    @Nullable
    Uuid topicId(String topic);

    /**
     * Adds a consumer's offsets to the transaction.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses them
     */
    void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group);

    /**
     * Commits the transaction once all of it is acknowledged.
     *
     * @throws TransactionFailure if it is not known to be committed; what to do next is in it
     */
    void commit();

    /**
     * Aborts the transaction.
     *
     * @throws TransactionFailure if it is not known to be aborted; what to do next is in it
     */
    void abort();

    /** Waits for what the producer is doing, at most the time given, fails the rest, and releases everything. */
    void close(Duration timeout);
}
