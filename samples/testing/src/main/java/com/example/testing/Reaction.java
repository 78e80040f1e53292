// SPDX-License-Identifier: Apache-2.0
package com.example.testing;

import io.kurier.KurierException;
import io.kurier.Outcome;
import java.util.concurrent.CompletionException;

/** What to do after a failure, the same for a message and for a transaction. */
// region reaction
public enum Reaction {
    /** Publish it again, or run the transaction again. */
    RETRY,
    /** Ask {@code Publisher.resolve} before anything else: it may be stored. */
    RESOLVE,
    /** Keep it and raise an alert: a change is needed first. */
    PARK;

    /** Chooses by outcome; anything but Kurier's own exceptions is a bug and is thrown. */
    public static Reaction to(CompletionException failed) {
        if (failed.getCause() instanceof KurierException failure) {
            if (failure.outcome() == Outcome.UNKNOWN) {
                return failure.handle().isPresent() ? RESOLVE : PARK;
            }
            return failure.retriable() ? RETRY : PARK;
        }
        throw failed;
    }
}
// endregion
