// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code send}: tells a refusal, which comes on the caller's thread before {@code send} returns, from what
 * Kafka answers afterwards on its I/O thread.
 */
class Attempt implements Callback {
    private final Answers answers;
    private final Acknowledgment acknowledgment;

    /**
     * The caller's thread while it is inside {@code send}, then the refusal, if there was one. Only that thread writes
     * it, and another that reads it finds whatever it likes, but never itself. (One field for both: there is an attempt
     * for every record.)
     */
    private @Nullable Object callerOrRefusal = Thread.currentThread();

    Attempt(Answers answers, Acknowledgment acknowledgment) {
        this.answers = answers;
        this.acknowledgment = acknowledgment;
    }

    void refusedBy(Exception thrown) {
        callerOrRefusal = thrown;
    }

    /** Why the record was refused, or null if it was taken. */
    @Nullable
    Exception end() {
        Exception refusal = callerOrRefusal instanceof Exception thrown ? thrown : null;
        callerOrRefusal = null;
        return refusal;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (Thread.currentThread() == callerOrRefusal) {
            callerOrRefusal = exception;
            return;
        }
        answers.heard();
        if (exception != null) {
            if (metadata != null && metadata.partition() >= 0) {
                acknowledgment.goesTo(metadata.partition());
            }
            acknowledgment.failed(failure(answers.meaning(exception), metadata));
        } else if (metadata != null) {
            stored(metadata);
        }
    }

    /** What is told of a failure. */
    KafkaFailure failure(KafkaFailure plain, @Nullable RecordMetadata metadata) {
        return plain;
    }

    void stored(RecordMetadata metadata) {
        acknowledgment.stored(
                metadata.partition(),
                metadata.hasOffset() ? metadata.offset() : -1,
                metadata.hasTimestamp() ? metadata.timestamp() : -1,
                Math.max(0, metadata.serializedValueSize()));
    }
}
