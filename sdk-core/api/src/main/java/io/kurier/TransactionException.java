// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The only exception with which a transaction fails: the future of {@link Publisher#transaction(TransactionCallback)}
 * completes with it.
 *
 * <p>The cause is the exception of the callback, the failure of one of its messages, or Kafka's exception.
 */
public final class TransactionException extends KurierException {
    private static final long serialVersionUID = 1L;

    private final String transactionalId;

    /**
     * Makes the failure of one transaction.
     *
     * @param transactionalId Kafka's {@code transactional.id}, for the exception's message
     * @param outcome what may be visible to consumers: {@link Outcome#REJECTED} if the callback did not run,
     *     {@link Outcome#NOT_STORED} if the transaction was aborted, {@link Outcome#UNKNOWN} if it cannot be determined
     *     whether it was committed
     * @param retriable whether the same callback can succeed if it runs again
     * @param reason one sentence: why it failed, and what to do
     * @param cause the cause, or null
     * @param handle the argument for {@link Publisher#resolve(DeliveryHandle)} that finds the outcome, or null
     */
    public TransactionException(
            String transactionalId,
            Outcome outcome,
            boolean retriable,
            String reason,
            @Nullable Throwable cause,
            @Nullable DeliveryHandle handle) {
        super(
                "transaction " + Printable.of(Objects.requireNonNull(transactionalId, "transactionalId")),
                outcome,
                retriable,
                reason,
                cause,
                handle);
        this.transactionalId = transactionalId;
    }

    /** Kafka's {@code transactional.id} of the transaction. */
    public String transactionalId() {
        return transactionalId;
    }
}
