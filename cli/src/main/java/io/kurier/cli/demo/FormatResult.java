// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.time.Duration;
import java.util.Map;

/**
 * One row of the demo's table.
 *
 * @param format the format's name
 * @param topic the physical topic
 * @param files the number of files that were read
 * @param records the number of stored values: records, and blobs of the media format
 * @param bytes the size of their values
 * @param rejected the number of records or files that were not published
 * @param verified whether every record was read back and equals the one that was sent
 * @param partitions the number of them in each partition that was used
 * @param time the time from the first poll to the last acknowledgment, while other formats are published too; zero
 *     without records
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
        Duration time) {}
