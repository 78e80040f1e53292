// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.util.Map;

/**
 * One row of the demo's table.
 *
 * @param format the format's name
 * @param topic the physical topic
 * @param files how many files were read
 * @param records how many values are stored: records, and of media blobs
 * @param bytes the size of their values
 * @param rejected how many records or files were not published
 * @param verified whether every record was read back and equals what was sent
 * @param partitions how many of them are in each partition that was used
 * @param recordsPerSecond the rate from the first poll to the last acknowledgment
 */
public record FormatResult(
        String format,
        String topic,
        int files,
        long records,
        long bytes,
        long rejected,
        boolean verified,
        Map<Integer, Long> partitions,
        long recordsPerSecond) {}
