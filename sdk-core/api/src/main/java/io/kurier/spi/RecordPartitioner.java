// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Chooses the partition of an encoded record, with its headers (Kafka's own {@code Partitioner} does not see them).
 * Called once for each record, just before it is sent, by any number of threads; again only if the topic's number of
 * partitions has changed before the record was taken. An exception rejects the message, as does a result that is not a
 * partition of the topic.
 */
@FunctionalInterface
public interface RecordPartitioner {

    /** The result that leaves the choice to Kafka: by key if there is one, else its adaptive sticky partitioner. */
    int KAFKA_CHOOSES = RecordMetadata.UNKNOWN_PARTITION;

    /**
     * Returns the partition for a record.
     *
     * @param record the record that the serializers made, before its guards. Its arrays must not be changed. A header
     *     may be added, which no guard sees; if the record has it already, because the partition is chosen again, not a
     *     second time
     * @param partitions the number of partitions of the topic, at least 1
     * @return a partition from 0 to {@code partitions - 1}, or {@link #KAFKA_CHOOSES}; any other result rejects the
     *     message
     */
    int partition(EncodedRecord record, int partitions);

    /** Releases its resources. Called once, when the publisher is closed and no record can follow. */
    default void close() {}
}
