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
 * Decides what an error of Kafka's says about the log.
 *
 * <p>Only an error that is deterministic for the record proves that it is not stored. Everything else, a time-out
 * above all, leaves it open: the broker may have written the record and the answer may be lost.
 */
public final class ErrorClassifier {
    private static final Set<Class<? extends Exception>> NOT_STORED = Set.of(
            RecordTooLargeException.class,
            InvalidRecordException.class,
            InvalidTimestampException.class,
            InvalidTopicException.class,
            TopicAuthorizationException.class,
            // The producer got no id, for want of the right to write to any topic, and so has sent nothing.
            ClusterAuthorizationException.class);

    private ErrorClassifier() {}

    /** The meaning of an error of a record that was sent once at most. */
    public static KafkaFailure classify(Exception cause) {
        if (NOT_STORED.contains(cause.getClass())) {
            return new KafkaFailure(Outcome.NOT_STORED, false, cause);
        }
        return ClientAssumptions.isInvalidNeighbour(cause)
                ? new KafkaFailure(Outcome.NOT_STORED, true, cause)
                : new KafkaFailure(Outcome.UNKNOWN, false, cause);
    }

    /**
     * The meaning of an error of a record.
     *
     * @param canBeStored whether an earlier attempt can have stored it, and the answer been lost: rights, limits, the clock or
     *     the topic's configuration may have changed since, so that the same record is refused now, and no error proves its
     *     absence
     */
    static KafkaFailure classify(Exception cause, boolean canBeStored) {
        return canBeStored ? new KafkaFailure(Outcome.UNKNOWN, false, cause) : classify(cause);
    }
}
