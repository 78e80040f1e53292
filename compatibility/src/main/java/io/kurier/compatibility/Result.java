// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

import java.time.Duration;

/**
 * The result of one cell.
 *
 * @param passed how many checks have passed
 * @param failed how many have failed
 * @param trouble why the checks could not be run to their end; empty if they were
 * @param took how long the cell took
 */
record Result(Cell cell, int passed, int failed, String trouble, Duration took) {

    boolean isGood() {
        return trouble.isEmpty() && failed == 0 && passed > 0;
    }

    /** Returns the line that is printed. */
    String line() {
        String what = cell.supported() ? "" : ", refused as it must be";
        String outcome = isGood() ? "ok" + what : trouble.isEmpty() ? "FAILED" : "FAILED: " + trouble;
        return cell + ": " + outcome + " (" + passed + " checks passed, " + failed + " failed, " + took.toSeconds()
                + " s)";
    }

    /** Returns the row of the table in the document, which is the same in every successful run. */
    String row() {
        return "| " + cell.client() + " | " + cell.broker() + " | "
                + (cell.supported() ? passed + " checks passed" : "the start is refused") + " |\n";
    }
}
