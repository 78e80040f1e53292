// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.ArrayHeaders;
import io.kurier.Outcome;
import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.internal.search.DeliveryTracker;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.EncodedRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A record that a fake producer has accepted, until its acknowledgment. Guarded by the lock of the fake, except for the
 * last step, {@link #deliver}.
 */
final class InFlight {
    private final EncodedRecord record;
    private final int partition;
    private final long timestamp;
    private final int sizeAtBroker;
    private final DeliveryTracker.@Nullable TrackedRecord step;
    private final Acknowledgment acknowledgment;
    private final long takenAt = System.nanoTime();

    private long offset = -1;
    private @Nullable KafkaException failure;
    private boolean settled;
    private long due;
    private boolean givenUp;
    private boolean delivered;

    /**
     * Creates a record that is accepted now. Its bytes and headers are copied, as into Kafka's batches: the caller may
     * use the arrays again.
     *
     * @param timestamp milliseconds since the epoch
     * @param sizeAtBroker the size of its batch in bytes, or 0 if it is unknown
     * @param step records its outcome, if it has an id
     */
    InFlight(
            EncodedRecord record,
            int partition,
            long timestamp,
            int sizeAtBroker,
            DeliveryTracker.@Nullable TrackedRecord step,
            Acknowledgment acknowledgment) {
        this.record = new EncodedRecord(
                record.topic(), copy(record.key()), copy(record.value()), new ArrayHeaders(record.headers()));
        this.partition = partition;
        this.timestamp = timestamp;
        this.sizeAtBroker = sizeAtBroker;
        this.step = step;
        this.acknowledgment = acknowledgment;
    }

    private static byte @Nullable [] copy(byte @Nullable [] bytes) {
        return bytes == null ? null : bytes.clone();
    }

    EncodedRecord record() {
        return record;
    }

    int partition() {
        return partition;
    }

    long timestamp() {
        return timestamp;
    }

    int sizeAtBroker() {
        return sizeAtBroker;
    }

    /** Returns when it was accepted, by {@link System#nanoTime}, as the other times here. */
    long takenAt() {
        return takenAt;
    }

    /** Marks the record as stored; the publisher may be notified from that time on. */
    void stored(long atOffset, long dueAt) {
        offset = atOffset;
        settled = true;
        due = dueAt;
    }

    /** Marks the record as failed; the publisher may be notified from that time on. A record in the log stays there. */
    void failed(KafkaException with, long dueAt) {
        failure = with;
        settled = true;
        due = dueAt;
    }

    /**
     * Ends the client's wait: the publisher is notified of this failure immediately, whatever the state of the
     * connection.
     */
    void giveUp(KafkaException with) {
        failed(with, takenAt);
        givenUp = true;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Returns whether there is a response to the record. */
    boolean isSettled() {
        return settled;
    }

    long due() {
        return due;
    }

    /** Notifies the publisher; once, and without the lock, since this runs code of the publisher. */
    void deliver() {
        if (failure == null) {
            if (step != null) {
                step.acknowledged(partition, offset);
            }
            acknowledgment.stored(partition, offset, timestamp, record.valueSize());
            return;
        }
        KafkaFailure plain = ErrorClassifier.classify(failure);
        acknowledgment.failed(
                step != null && plain.outcome() == Outcome.UNKNOWN ? plain.with(step.failed(partition)) : plain);
    }

    void markDelivered() {
        delivered = true;
    }

    boolean isDelivered() {
        return delivered;
    }
}
