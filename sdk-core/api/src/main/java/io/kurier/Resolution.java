// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;

/** What {@link Publisher#resolve(DeliveryHandle)} has found out. It is certain, or {@link NotSettled}; it is never a guess. */
public sealed interface Resolution {

    /**
     * The message, or the transaction, is in the log.
     *
     * @param receipt as the publish would have answered it; of a transaction, that of one of its records. Of a large value it
     *     has the position of the last record, and counts the records and bytes from the first record on that had not been
     *     acknowledged
     */
    record Stored(Receipt receipt) implements Resolution {

        /** Checks that nothing is missing. */
        public Stored {
            Objects.requireNonNull(receipt, "receipt");
        }
    }

    /** It is not in the log and cannot get there any more: publishing it again makes no duplicate. */
    record NotStored() implements Resolution {}

    /**
     * It is not in the log now, or what is there cannot be seen, and that proves nothing.
     *
     * @param reason why, and what would settle it
     */
    record NotSettled(String reason) implements Resolution {

        /** Checks that nothing is missing. */
        public NotSettled {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
