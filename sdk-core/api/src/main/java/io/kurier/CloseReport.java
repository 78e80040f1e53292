// SPDX-License-Identifier: Apache-2.0
package io.kurier;

/**
 * The counts of all messages that a publisher received between its start and its close, by outcome.
 *
 * <p>The numbers add up: {@code accepted = stored + rejected + notStored + unknown}.
 *
 * @param accepted the number of calls of {@code publish} and {@code tryPublish}
 * @param stored the number of messages with a {@link Receipt}
 * @param rejected the number of messages with {@link Outcome#REJECTED}
 * @param notStored the number of messages with {@link Outcome#NOT_STORED}
 * @param unknown the number of messages with {@link Outcome#UNKNOWN}
 */
public record CloseReport(long accepted, long stored, long rejected, long notStored, long unknown) {

    /** The number of messages whose outcome is still open; 0 in the report of a close. */
    public long open() {
        return accepted - stored - rejected - notStored - unknown;
    }
}
