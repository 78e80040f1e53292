// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

/**
 * What one turn measured.
 *
 * @param recordsPerSecond the rate from the first record to the last acknowledgment
 * @param wireBytesPerSecond the bytes that the producer sent in that time, divided by it
 * @param wireBytesPerRecord those bytes, divided by the records
 * @param compressionRatio the size of batches divided by their size without compression
 * @param cpuMicrosPerRecord the processor time of this process in that time, divided by the records, in microseconds;
 *     NaN if the JVM does not measure it
 * @param p99Millis the 99th percentile of the times to the acknowledgment at the steady rate, in milliseconds
 */
public record TurnResult(
        double recordsPerSecond,
        double wireBytesPerSecond,
        double wireBytesPerRecord,
        double compressionRatio,
        double cpuMicrosPerRecord,
        double p99Millis) {}
