// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.Outcome;
import io.kurier.core.transport.KafkaFailure;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Decides what one of Kafka's errors proves about the log.
 *
 * <p>Only an error that is deterministic for the record proves that the record is not stored. Every other error, above
 * all a time-out, leaves that open: the broker may have written the record and the response may be lost.
 */
public final class ErrorClassifier {
    private static final Set<Class<? extends Exception>> NOT_STORED = Set.of(
            RecordTooLargeException.class,
            InvalidRecordException.class,
            InvalidTimestampException.class,
            InvalidTopicException.class,
            TopicAuthorizationException.class,
            // The producer got no id, because it is not authorized to write to any topic, and so has sent nothing.
            ClusterAuthorizationException.class);

    private ErrorClassifier() {}

    /** Classifies an error of a record that was sent once at most. */
    public static KafkaFailure classify(Exception cause) {
        if (NOT_STORED.contains(cause.getClass())) {
            return new KafkaFailure(Outcome.NOT_STORED, false, cause);
        }
        return ClientAssumptions.isInvalidNeighbour(cause)
                ? new KafkaFailure(Outcome.NOT_STORED, true, cause)
                : new KafkaFailure(Outcome.UNKNOWN, false, cause);
    }

    /**
     * Classifies an error of a record.
     *
     * @param canBeStored whether an earlier attempt can have stored the record although the response was lost.
     *     Permissions, limits, the clock or the topic's configuration may have changed since, so that the same record
     *     is refused now; then no error proves its absence
     */
    static KafkaFailure classify(Exception cause, boolean canBeStored) {
        return canBeStored ? new KafkaFailure(Outcome.UNKNOWN, false, cause) : classify(cause);
    }
}
