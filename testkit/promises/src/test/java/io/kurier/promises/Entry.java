// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a publishing process writes into its {@link Ledger}: what it is about to do, and the outcome that
 * was reported to it.
 */
sealed interface Entry {

    /**
     * A message is about to be published.
     *
     * @param digest the SHA-256 of its value, see {@link Digest}
     */
    record Intent(MessageId message, String digest) implements Entry {}

    /** The publish returned a receipt. */
    record Receipted(MessageId message, Place place) implements Entry {}

    /** The publish failed. */
    record Failed(
            MessageId message, Outcome outcome, @Nullable DeliveryHandle handle) implements Entry {}

    /** {@code Publisher.resolve} was called, and returned a result. */
    record Resolved(
            MessageId message, Answer answer, @Nullable Place place) implements Entry {
        /** Returns the entry for a result. */
        static Resolved of(MessageId message, Resolution resolution) {
            if (resolution instanceof Resolution.Stored stored) {
                return new Resolved(
                        message,
                        Answer.STORED,
                        new Place(
                                stored.receipt().topic(),
                                stored.receipt().partition(),
                                stored.receipt().offset()));
            }
            return new Resolved(
                    message, resolution instanceof Resolution.NotStored ? Answer.NOT_STORED : Answer.NOT_SETTLED, null);
        }
    }

    /** The transaction of all messages with this attempt has ended, as far as its owner knows. */
    record Ended(String attempt, Ending ending) implements Entry {}

    /** The kinds of {@link Resolution}. */
    enum Answer {
        STORED("found"),
        NOT_STORED("absent"),
        NOT_SETTLED("unsettled");

        private final String word;

        Answer(String word) {
            this.word = word;
        }

        /** Returns the word by which the parent of a process gets it. */
        String word() {
            return word;
        }
    }

    /** How a transaction ends. */
    enum Ending {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }
}
