// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.Outcome;
import io.kurier.promises.Entry.Answer;
import io.kurier.promises.Entry.Ending;
import io.kurier.promises.Entry.Resolved;
import org.jspecify.annotations.Nullable;

/** All entries of the ledgers about one message, and what they require of its topic. Used by one thread. */
final class Fate {
    private final String digest;
    private @Nullable Place receipt;
    private @Nullable Outcome outcome;
    private @Nullable Resolved resolved;
    private int seen;

    Fate(String digest) {
        this.digest = digest;
    }

    /** What the publisher of the message was promised. */
    enum Duty {
        MUST_BE_STORED,
        MUST_NOT_BE_STORED,
        MAY_BE_STORED
    }

    void receipted(Place place) {
        receipt = place;
    }

    void failed(Outcome failure) {
        outcome = failure;
    }

    void resolved(Resolved answer) {
        resolved = answer;
    }

    /** Records that a record of it was read. */
    void saw() {
        seen++;
    }

    boolean isStored() {
        return seen > 0;
    }

    String digest() {
        return digest;
    }

    /**
     * Returns what must be true.
     *
     * @param ending how its transaction has ended; null if it was in none, or that was not reported
     */
    Duty duty(@Nullable Ending ending) {
        if (receipt != null || ending == Ending.COMMITTED || answered(Answer.STORED)) {
            return Duty.MUST_BE_STORED;
        }
        if (outcome == Outcome.REJECTED
                || outcome == Outcome.NOT_STORED
                || ending == Ending.ABORTED
                || answered(Answer.NOT_STORED)) {
            return Duty.MUST_NOT_BE_STORED;
        }
        return Duty.MAY_BE_STORED;
    }

    private boolean answered(Answer answer) {
        return resolved != null && resolved.answer() == answer;
    }

    /** Returns its reported place, if one was reported. */
    @Nullable
    Place toldPlace() {
        if (receipt != null) {
            return receipt;
        }
        return resolved == null ? null : resolved.place();
    }

    /** Returns whether a missing record was promised by a search only, not by Kafka. */
    boolean isPromisedBySearch() {
        return receipt == null && answered(Answer.STORED);
    }

    /** Returns what was reported about it, for the reader of a report. */
    String told(@Nullable Ending ending) {
        if (receipt != null) {
            return "receipt " + receipt;
        }
        String what = ending != null ? ending.toString() : outcome != null ? outcome.toString() : "nothing was told";
        return resolved == null
                ? what
                : what + ", resolved as " + resolved.answer()
                        + (resolved.place() == null ? "" : " " + resolved.place());
    }
}
