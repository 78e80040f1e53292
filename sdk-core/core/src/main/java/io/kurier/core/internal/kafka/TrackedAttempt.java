// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.Outcome;
import io.kurier.core.internal.search.DeliveryTracker;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** An attempt with a record that has an id: its topic's tracker records the result. */
final class TrackedAttempt extends SingleAttempt {
    private final DeliveryTracker.TrackedRecord tracked;

    /** Negative if Kafka chose the partition, which is then known only from Kafka's callback. */
    private final int partition;

    TrackedAttempt(Acknowledgment acknowledgment, DeliveryTracker.TrackedRecord tracked, int partition) {
        super(acknowledgment);
        this.tracked = tracked;
        this.partition = partition;
    }

    @Override
    public KafkaFailure failure(KafkaFailure plain, @Nullable RecordMetadata metadata) {
        int sentTo = metadata == null ? partition : metadata.partition();
        return plain.outcome() == Outcome.UNKNOWN && sentTo >= 0 ? plain.with(tracked.failed(sentTo)) : plain;
    }

    @Override
    public void stored(RecordMetadata metadata) {
        tracked.acknowledged(metadata.partition(), metadata.hasOffset() ? metadata.offset() : -1);
        super.stored(metadata);
    }
}
