// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a record after Kafka's producer had taken it, and what it means for the log.
 *
 * @param outcome {@link Outcome#NOT_STORED} or {@link Outcome#UNKNOWN}
 * @param retriable whether publishing again can succeed without a change
 * @param cause Kafka's exception
 * @param handle the handle by which the record can be found later, or null
 */
public record KafkaFailure(
        Outcome outcome,
        boolean retriable,
        Exception cause,
        @Nullable DeliveryHandle handle) {

    /** Makes the failure of a record that cannot be searched for. */
    public KafkaFailure(Outcome outcome, boolean retriable, Exception cause) {
        this(outcome, retriable, cause, null);
    }

    /** Returns this failure with a handle, for a record that can be searched for. */
    public KafkaFailure with(DeliveryHandle newHandle) {
        return new KafkaFailure(outcome, retriable, cause, newHandle);
    }
}
