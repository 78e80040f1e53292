// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

/**
 * Receives the outcome of a record that was passed to Kafka's producer. Called on Kafka's I/O thread: it must not
 * block.
 */
public interface Acknowledgment {

    /**
     * Called when the partition of the record is known. It is the message's own partition or the partitioner's choice,
     * on the caller's thread before the record is passed on; or, for a record that failed, the partition that Kafka
     * reported.
     */
    default void goesTo(int partition) {}

    /**
     * Called when the record is stored.
     *
     * @param partition the partition of the record
     * @param offset the record's offset, or -1 if Kafka did not return it
     * @param timestamp the record's timestamp in milliseconds since the epoch, or -1 if Kafka did not return it
     * @param valueBytes the size of the record's value in bytes, 0 for a tombstone
     */
    void stored(int partition, long offset, long timestamp, int valueBytes);

    /** Called when the record failed after Kafka's producer had taken it. */
    void failed(KafkaFailure failure);
}
