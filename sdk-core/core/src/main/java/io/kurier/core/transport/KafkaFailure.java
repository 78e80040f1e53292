// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a failure after the hand-over means for the log.
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

    /** A failure of a record that cannot be looked for. */
    public KafkaFailure(Outcome outcome, boolean retriable, Exception cause) {
        this(outcome, retriable, cause, null);
    }

    /** The same failure of a record that can be looked for. */
    public KafkaFailure with(DeliveryHandle newHandle) {
        return new KafkaFailure(outcome, retriable, cause, newHandle);
    }
}
