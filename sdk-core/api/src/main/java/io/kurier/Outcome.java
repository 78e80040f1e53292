// SPDX-License-Identifier: Apache-2.0
package io.kurier;

/** What may be in the log after a publish that did not complete with a {@link Receipt}. */
public enum Outcome {
    /** Refused before any byte left this JVM: the message is certainly not in the log. */
    REJECTED,
    /**
     * Kafka reported that it did not store the record; or, for a value of several records, one of them is not stored or
     * was not sent; or the record's transaction was aborted.
     */
    NOT_STORED,
    /** Sent, but not acknowledged: the record may be in the log, so publishing it again may make a duplicate. */
    UNKNOWN
}
