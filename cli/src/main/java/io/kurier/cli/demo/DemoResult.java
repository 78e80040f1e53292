// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.util.List;

/**
 * What became of a demo.
 *
 * @param formats a row for each format
 * @param skipped how many files belong to no format
 * @param rejections what was not published, at most {@link FormatMonitor#MOST_NAMED} of a format
 * @param differences what reading back did not find as it was sent
 */
public record DemoResult(
        List<FormatResult> formats, int skipped, List<Rejection> rejections, List<String> differences) {

    /** Whether all was published and all of that verified. */
    public boolean ok() {
        return differences.isEmpty()
                && formats.stream().allMatch(format -> format.verified() && format.rejected() == 0);
    }
}
