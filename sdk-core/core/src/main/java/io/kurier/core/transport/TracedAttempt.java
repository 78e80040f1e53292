// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.Outcome;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** An attempt with a record that has an id: what comes back is noted in its topic's trail. */
final class TracedAttempt extends Attempt {
    private final Trail.Step step;

    /** Negative if Kafka chose it; it is then known only from Kafka's answer. */
    private final int partition;

    TracedAttempt(Acknowledgment acknowledgment, Trail.Step step, int partition) {
        super(acknowledgment);
        this.step = step;
        this.partition = partition;
    }

    @Override
    KafkaFailure failure(KafkaFailure plain, @Nullable RecordMetadata metadata) {
        int sentTo = metadata == null ? partition : metadata.partition();
        return plain.outcome() == Outcome.UNKNOWN && sentTo >= 0 ? plain.with(step.failed(sentTo)) : plain;
    }

    @Override
    void stored(Acknowledgment to, RecordMetadata metadata) {
        step.acknowledged(metadata.partition(), metadata.hasOffset() ? metadata.offset() : -1);
        super.stored(to, metadata);
    }
}
