// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;

/**
 * The result of {@link Publisher#resolve(DeliveryHandle)}. It is certain, or it is {@link NotSettled}; it is never a
 * guess.
 */
public sealed interface Resolution {

    /**
     * The message or the transaction is in the log.
     *
     * @param receipt the receipt that the publish would have returned; for a transaction, that of one of its records.
     *     For a large value it has the position of the last record, and counts the records and bytes starting at the
     *     first record that had not been acknowledged
     */
    record Stored(Receipt receipt) implements Resolution {

        /** Checks that nothing is missing. */
        public Stored {
            Objects.requireNonNull(receipt, "receipt");
        }
    }

    /**
     * The message or the transaction is not in the log and can no longer be appended: publishing it again makes no
     * duplicate.
     */
    record NotStored() implements Resolution {}

    /**
     * The message or the transaction is not in the log now, which proves nothing, or the log cannot be read.
     *
     * @param reason why the outcome is open, and what would settle it
     */
    record NotSettled(String reason) implements Resolution {

        /** Checks that nothing is missing. */
        public NotSettled {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
