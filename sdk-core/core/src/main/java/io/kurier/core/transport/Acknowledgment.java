// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

/** Receives what became of a record that was handed over. Called on Kafka's I/O thread: it must not block. */
public interface Acknowledgment {

    /**
     * The partition of the record is known: the message's own or the partitioner's choice, on the caller's thread before the
     * hand-over, or what Kafka says of a record that failed.
     */
    default void goesTo(int partition) {}

    /**
     * The record is stored.
     *
     * @param partition where
     * @param offset its offset, or -1 if Kafka did not tell
     * @param timestamp its timestamp in milliseconds since the epoch, or -1 if Kafka did not tell
     * @param valueBytes the size of its value in bytes, 0 for a tombstone
     */
    void stored(int partition, long offset, long timestamp, int valueBytes);

    /** The record failed after the hand-over. */
    void failed(KafkaFailure failure);
}
