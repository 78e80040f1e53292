// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a transaction fails; the future of {@link Publisher#transaction(TransactionCallback)} completes with it.
 *
 * <p>The cause is what the work threw, the failure of one of its messages, or what Kafka said.
 */
public final class TransactionException extends KurierException {
    private static final long serialVersionUID = 1L;

    private final String transactionalId;

    /**
     * A failure of one transaction.
     *
     * @param transactionalId Kafka's {@code transactional.id}, for the reader
     * @param outcome what may be visible: {@link Outcome#REJECTED} if the work did not run, {@link Outcome#NOT_STORED}
     *     if the transaction was aborted, {@link Outcome#UNKNOWN} if nobody can say whether it was committed
     * @param retriable whether the same work can succeed when it runs again
     * @param reason one sentence: why, and what to do
     * @param cause why, or null
     * @param handle what {@link Publisher#resolve(DeliveryHandle)} finds the outcome by, or null
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
