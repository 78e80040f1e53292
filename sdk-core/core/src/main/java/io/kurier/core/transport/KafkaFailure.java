// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure after the hand-over means for the log.
 *
 * <p>Only an error that is deterministic for the record proves that it is not stored. Everything else, a time-out
 * above all, leaves it open: the broker may have written the record and the answer may be lost.
 *
 * @param outcome {@link Outcome#NOT_STORED} or {@link Outcome#UNKNOWN}
 * @param retriable whether publishing again can help without a change
 * @param cause what Kafka said
 * @param handle what the record can be found by later, or null
 */
public record KafkaFailure(
        Outcome outcome,
        boolean retriable,
        Exception cause,
        @Nullable DeliveryHandle handle) {
    private static final Set<Class<? extends Exception>> NOT_STORED = Set.of(
            RecordTooLargeException.class,
            InvalidRecordException.class,
            InvalidTimestampException.class,
            InvalidTopicException.class,
            TopicAuthorizationException.class,
            // The producer got no id, for want of the right to write to any topic, and so has sent nothing.
            ClusterAuthorizationException.class);

    /** A failure of a record that cannot be looked for. */
    public KafkaFailure(Outcome outcome, boolean retriable, Exception cause) {
        this(outcome, retriable, cause, null);
    }

    /** The same failure of a record that can be looked for. */
    public KafkaFailure with(DeliveryHandle newHandle) {
        return new KafkaFailure(outcome, retriable, cause, newHandle);
    }

    /** The meaning of what Kafka said of a record that was sent once at most. */
    public static KafkaFailure of(Exception cause) {
        if (NOT_STORED.contains(cause.getClass())) {
            return new KafkaFailure(Outcome.NOT_STORED, false, cause);
        }
        return ClientAssumptions.isInvalidNeighbour(cause)
                ? new KafkaFailure(Outcome.NOT_STORED, true, cause)
                : new KafkaFailure(Outcome.UNKNOWN, false, cause);
    }

    /**
     * The meaning of what Kafka said of a record.
     *
     * @param canBeStored whether an earlier attempt can have stored it, and the answer been lost: rights, limits, the clock or
     *     the topic's configuration may have changed since, so that the same record is refused now, and no error proves its
     *     absence
     */
    static KafkaFailure of(Exception cause, boolean canBeStored) {
        return canBeStored ? new KafkaFailure(Outcome.UNKNOWN, false, cause) : of(cause);
    }
}
