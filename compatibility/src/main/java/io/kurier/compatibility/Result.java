// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

import java.time.Duration;

/**
 * What became of one cell.
 *
 * @param passed how many checks have passed
 * @param failed how many have failed
 * @param trouble why the checks could not be run to their end; empty if they were
 */
record Result(Cell cell, int passed, int failed, String trouble, Duration took) {

    boolean isGood() {
        return trouble.isEmpty() && failed == 0 && passed > 0;
    }

    /** The line that is printed. */
    String line() {
        String what = cell.supported() ? "" : ", refused as it must be";
        String outcome = isGood() ? "ok" + what : trouble.isEmpty() ? "FAILED" : "FAILED: " + trouble;
        return cell + ": " + outcome + " (" + passed + " checks passed, " + failed + " failed, " + took.toSeconds()
                + " s)";
    }

    /** The row of the table in the document, which is the same in every run that is good. */
    String row() {
        return "| " + cell.client() + " | " + cell.broker() + " | "
                + (cell.supported() ? passed + " checks passed" : "the start is refused") + " |\n";
    }
}
