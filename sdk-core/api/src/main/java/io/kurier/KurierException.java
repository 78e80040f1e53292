// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a message or a transaction: the type to catch if both are handled alike. Immutable.
 *
 * <p>A failed start throws a {@link StartException} instead, which has no outcome.
 */
public abstract sealed class KurierException extends RuntimeException permits PublishException, TransactionException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final boolean retriable;
    private final transient @Nullable DeliveryHandle handle;

    KurierException(
            String subject,
            Outcome outcome,
            boolean retriable,
            String reason,
            @Nullable Throwable cause,
            @Nullable DeliveryHandle handle) {
        super(
                subject + ", " + Objects.requireNonNull(outcome, "outcome") + (retriable ? " (retriable): " : ": ")
                        + Printable.lines(Objects.requireNonNull(reason, "reason")),
                cause);
        this.outcome = outcome;
        this.retriable = retriable;
        this.handle = handle;
    }

    /** Makes a copy of another failure, with its stack trace and its suppressed exceptions. */
    KurierException(KurierException other) {
        super(other.getMessage(), other.getCause());
        this.outcome = other.outcome;
        this.retriable = other.retriable;
        this.handle = other.handle;
        setStackTrace(other.getStackTrace());
        for (Throwable suppressed : other.getSuppressed()) {
            addSuppressed(suppressed);
        }
    }

    /** What may be in the log, or visible to consumers. */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Whether the same message or callback can succeed, unchanged, if it is tried again. This does not rule out
     * duplicates: check {@link #outcome()} for those.
     */
    public boolean retriable() {
        return retriable;
    }

    /**
     * For an {@link Outcome#UNKNOWN} outcome, the handle with which {@link Publisher#resolve(DeliveryHandle)} finds out
     * whether the message or the transaction is stored. A message has one only in a topic with {@code record.id=true}.
     * Empty after serialization.
     */
    public Optional<DeliveryHandle> handle() {
        return Optional.ofNullable(handle);
    }
}
