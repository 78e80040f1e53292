// SPDX-License-Identifier: Apache-2.0
package io.kurier;

/** What may be in the log after a publish that did not end in a {@link Receipt}. */
public enum Outcome {
    /** Refused before any byte left this JVM: certainly not in the log. */
    REJECTED,
    /**
     * Kafka answered that it did not store the record; or, of a value of several records, one of them is not stored or
     * was not handed over; or its transaction was aborted.
     */
    NOT_STORED,
    /** Handed over and then not answered: it may be in the log, so sending it again may make a duplicate. */
    UNKNOWN
}
