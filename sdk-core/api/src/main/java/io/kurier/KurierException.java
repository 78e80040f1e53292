// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message or a transaction that failed: what callers catch who treat both alike. Immutable.
 *
 * <p>A start that fails throws a {@link StartException}, which has no outcome and is not one of these.
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

    /** What may be in the log, or visible to readers. */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Whether the same message or work can succeed without a change when it is tried again. It says nothing of duplicates:
     * for those look at {@link #outcome()}.
     */
    public boolean retriable() {
        return retriable;
    }

    /**
     * For an outcome that is {@link Outcome#UNKNOWN}: what {@link Publisher#resolve(DeliveryHandle)} needs to find it out. A
     * message has one only in a topic with {@code record.id=true}. Empty after serialization.
     */
    public Optional<DeliveryHandle> handle() {
        return Optional.ofNullable(handle);
    }
}
