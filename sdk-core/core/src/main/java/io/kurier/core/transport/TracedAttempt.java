// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.Outcome;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** An attempt with a record that has an id: what comes back is noted in its topic's trail. */
final class TracedAttempt extends Attempt {
    private final Trail.Step step;

    TracedAttempt(Answers answers, Acknowledgment acknowledgment, Trail.Step step) {
        super(answers, acknowledgment);
        this.step = step;
    }

    @Override
    KafkaFailure failure(KafkaFailure plain, @Nullable RecordMetadata metadata) {
        return plain.outcome() == Outcome.UNKNOWN && metadata != null && metadata.partition() >= 0
                ? plain.with(step.failed(metadata.partition()))
                : plain;
    }

    @Override
    void stored(RecordMetadata metadata) {
        step.acknowledged(metadata.partition(), metadata.hasOffset() ? metadata.offset() : -1);
        super.stored(metadata);
    }
}
