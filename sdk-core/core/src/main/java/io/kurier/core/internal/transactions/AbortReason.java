// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.core.internal.errors.ThrowableText;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/** Describes why a transaction was aborted: its callback threw, one of its messages failed, or Kafka refused it. */
final class AbortReason {
    private AbortReason() {}

    /** Whether the same callback can succeed if it runs again. */
    static boolean isRetriable(Throwable why) {
        if (why instanceof PublishException failure) {
            return failure.retriable() || failure.outcome() == Outcome.UNKNOWN;
        }
        return why instanceof TransactionAbortableException;
    }

    /** Returns the reason for the message of a {@code TransactionException}. */
    static String of(Throwable why) {
        if (why instanceof PublishException failure) {
            Throwable cause = failure.getCause();
            return cause instanceof KafkaException
                    ? "a message to topic " + failure.topic() + " failed: " + ThrowableText.reason(cause)
                    : "a message was refused: " + failure.getMessage();
        }
        return why instanceof KafkaException
                ? "Kafka said: " + ThrowableText.reason(why)
                : "the callback threw " + ThrowableText.of(why);
    }
}
