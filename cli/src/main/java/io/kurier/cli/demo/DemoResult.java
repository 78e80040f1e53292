// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.util.List;

/**
 * The result of a demo.
 *
 * @param formats a row for each format
 * @param skipped the number of files that belong to no format
 * @param rejections the input that was not published, at most {@link FormatMonitor#MOST_NAMED} of a format
 * @param differences the records that were read back differently
 */
public record DemoResult(
        List<FormatResult> formats, int skipped, List<Rejection> rejections, List<String> differences) {

    /** Returns whether everything was published and verified. */
    public boolean ok() {
        return differences.isEmpty()
                && formats.stream().allMatch(format -> format.verified() && format.rejected() == 0);
    }
}
