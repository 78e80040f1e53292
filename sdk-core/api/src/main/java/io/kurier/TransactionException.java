// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a transaction fails; the future of {@link Publisher#transaction(TransactionCallback)} completes with it.
 *
 * <p>The cause is what the work threw, the failure of one of its messages, or what Kafka said.
 */
public final class TransactionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String transactionalId;
    private final Outcome outcome;
    private final boolean retriable;
    private final transient @Nullable DeliveryHandle handle;

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
                "transaction " + Printable.of(Objects.requireNonNull(transactionalId, "transactionalId")) + ", "
                        + Objects.requireNonNull(outcome, "outcome") + (retriable ? " (retriable): " : ": ")
                        + Printable.lines(Objects.requireNonNull(reason, "reason")),
                cause);
        this.transactionalId = transactionalId;
        this.outcome = outcome;
        this.retriable = retriable;
        this.handle = handle;
    }

    /** Kafka's {@code transactional.id} of the transaction. */
    public String transactionalId() {
        return transactionalId;
    }

    /** What may be visible to readers, of all messages alike. */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Whether the same work can succeed when it runs again. It says nothing of duplicates: for those look at
     * {@link #outcome()}.
     */
    public boolean retriable() {
        return retriable;
    }

    /** For an outcome that is {@link Outcome#UNKNOWN}: what {@link Publisher#resolve(DeliveryHandle)} needs to find it out. */
    public Optional<DeliveryHandle> handle() {
        return Optional.ofNullable(handle);
    }
}
