// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code send}: tells a refusal, which comes on the caller's thread before {@code send} returns, from what
 * Kafka answers afterwards on its I/O thread.
 */
final class Attempt implements Callback {
    private final Acknowledgment acknowledgment;
    private final Thread caller = Thread.currentThread();

    // Only the caller reads and writes these two: another thread is told apart before it looks at them.
    private boolean sending = true;
    private @Nullable Exception refusal;

    Attempt(Acknowledgment acknowledgment) {
        this.acknowledgment = acknowledgment;
    }

    void refusedBy(Exception thrown) {
        refusal = thrown;
    }

    /** Why the record was refused, or null if it was taken. */
    @Nullable
    Exception end() {
        sending = false;
        return refusal;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (Thread.currentThread() == caller && sending) {
            refusal = exception;
        } else if (exception != null) {
            acknowledgment.failed(KafkaFailure.of(exception));
        } else if (metadata != null) {
            acknowledgment.stored(
                    metadata.partition(),
                    metadata.hasOffset() ? metadata.offset() : -1,
                    metadata.hasTimestamp() ? metadata.timestamp() : -1);
        }
    }
}
