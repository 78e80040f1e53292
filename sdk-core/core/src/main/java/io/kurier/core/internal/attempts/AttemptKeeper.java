// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.attempts;

import io.kurier.core.transport.KafkaFailure;
import org.jspecify.annotations.Nullable;

/**
 * Keeps attempts until their callbacks. For each attempt either {@link #calledBack} or {@link #answered} is called, once.
 */
public interface AttemptKeeper {

    /** Keeps a result that cannot be passed on now. */
    void keep(Attempt attempt, @Nullable Object answer);

    /** Returns what Kafka's exception says about a record: whether it is stored, and whether to send it again. */
    KafkaFailure classify(Exception exception);

    /**
     * Called when the result of Kafka's callback has been passed on. By Kafka's I/O thread only, so that it can count
     * without an atomic instruction.
     */
    void calledBack(boolean isStored);

    /** Called for each attempt that ends otherwise: it was refused, or its result could be passed on only later. */
    void answered();
}
