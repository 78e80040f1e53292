// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Chooses the partition of an encoded record, headers included (Kafka's own {@code Partitioner} does not see them).
 * Called once a record, just before it is sent, by any number of threads.
 */
@FunctionalInterface
public interface RecordPartitioner {

    /** The answer that leaves the choice to Kafka: by key if there is one, else its adaptive sticky partitioner. */
    int KAFKA_CHOOSES = RecordMetadata.UNKNOWN_PARTITION;

    /**
     * The partition for a record.
     *
     * @param record the record as the serializers made it, before its guards; it must not be changed
     * @param partitions how many partitions the topic has, at least 1
     * @return a partition from 0 to {@code partitions - 1}, or {@link #KAFKA_CHOOSES}; any other answer rejects the
     *     message
     */
    int partition(EncodedRecord record, int partitions);

    /** Releases what it holds; called once, when the publisher is closed and no record can come any more. */
    default void close() {}
}
