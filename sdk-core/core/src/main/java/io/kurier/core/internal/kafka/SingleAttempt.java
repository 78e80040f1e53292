// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.attempts.Attempt;
import io.kurier.core.internal.attempts.AttemptFuture;
import io.kurier.core.internal.attempts.PlainAttempt;
import io.kurier.core.transport.Acknowledgment;

/**
 * An attempt that is an object of its own: for a message that had one before, and where the acknowledgment is not an
 * attempt itself.
 */
class SingleAttempt extends PlainAttempt {
    private final Acknowledgment acknowledgment;

    SingleAttempt(Acknowledgment acknowledgment) {
        this.acknowledgment = acknowledgment;
    }

    /** Returns the acknowledgment itself if it can be the attempt, otherwise an attempt for it; it has begun. */
    static Attempt begin(Acknowledgment acknowledgment) {
        if (acknowledgment instanceof AttemptFuture<?> future && future.tryBegin()) {
            return future;
        }
        if (acknowledgment instanceof PlainAttempt plain && plain.tryBegin()) {
            return plain;
        }
        return new SingleAttempt(acknowledgment);
    }

    @Override
    public Acknowledgment acknowledgment() {
        return acknowledgment;
    }
}
