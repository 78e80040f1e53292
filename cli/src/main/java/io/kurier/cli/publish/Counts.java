// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.publish;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a publication.
 *
 * @param stored the number of lines or files that are stored
 * @param failed the number of those that are not
 * @param unknown the number of those that may be stored or not
 * @param end why it has ended before the end of its input, for people; null if it has not
 * @param interrupted whether that was an interrupt
 */
public record Counts(
        long stored, long failed, long unknown, @Nullable String end, boolean interrupted) {

    /** Returns whether all input is stored. */
    public boolean isComplete() {
        return failed == 0 && unknown == 0 && end == null && !interrupted;
    }
}
