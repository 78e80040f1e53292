// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import io.kurier.CloseReport;

/**
 * The number of messages by outcome at one time.
 *
 * @param accepted how many were passed to {@code publish} and {@code tryPublish}
 * @param stored how many are stored
 * @param rejected how many were rejected
 * @param notStored how many are not stored
 * @param unknown how many may or may not be stored
 */
public record OutcomeCounts(long accepted, long stored, long rejected, long notStored, long unknown) {
    /** The counts of no message. */
    public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0, 0);

    /** How many have no outcome yet. */
    public long open() {
        return accepted - stored - rejected - notStored - unknown;
    }

    /** Returns the sums of these counts and others. */
    public OutcomeCounts plus(OutcomeCounts other) {
        return new OutcomeCounts(
                accepted + other.accepted,
                stored + other.stored,
                rejected + other.rejected,
                notStored + other.notStored,
                unknown + other.unknown);
    }

    /** Returns the report of a close: messages without an outcome are counted as unknown. */
    public CloseReport report() {
        return new CloseReport(accepted, stored, rejected, notStored, unknown + open());
    }
}
