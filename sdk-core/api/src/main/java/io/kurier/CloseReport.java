// SPDX-License-Identifier: Apache-2.0
package io.kurier;

/**
 * What became of every message that a publisher was given between its start and its close.
 *
 * <p>The numbers add up: {@code accepted = stored + rejected + notStored + unknown}.
 *
 * @param accepted calls of {@code publish} and {@code tryPublish}
 * @param stored messages with a {@link Receipt}
 * @param rejected messages with {@link Outcome#REJECTED}
 * @param notStored messages with {@link Outcome#NOT_STORED}
 * @param unknown messages with {@link Outcome#UNKNOWN}
 */
public record CloseReport(long accepted, long stored, long rejected, long notStored, long unknown) {

    /** Messages whose outcome is still open; 0 in the report of a close. */
    public long open() {
        return accepted - stored - rejected - notStored - unknown;
    }
}
