// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

/**
 * What one import took.
 *
 * @param rate records per second that were appended to the log, from the first batch to the last one
 * @param rateWithStart records per second, from the start of the process to the last batch
 * @param bytesPerSecond the bytes of the input at {@code rate}
 * @param cpuMicros the processor time of the process a record, user and system, in microseconds, from the first records
 *     to the last one
 * @param cpuMicrosWithStart the same from the start of the process
 */
record Turn(double rate, double rateWithStart, double bytesPerSecond, double cpuMicros, double cpuMicrosWithStart) {
    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;

    /**
     * Returns the measures of an import.
     *
     * @param log what it has stored
     */
    static Turn of(Input input, Importer.Use use, TopicLog.Content log) {
        double records = input.records();
        // what came with the first batch was read before the clock started
        double rate = Math.max(1, records - log.atFirst()) * MILLIS / Math.max(1, log.lastMillis() - log.firstMillis());
        // at least a millisecond, and a record: a smoke run may have nothing behind its first batch
        double cpu = Math.max(0.001, use.cpuSeconds() - use.startCpuSeconds());
        return new Turn(
                rate,
                records * MILLIS / Math.max(1, log.lastMillis() - use.startMillis()),
                rate * input.bytes() / records,
                cpu * MICROS / Math.max(1, records - use.startRecords()),
                use.cpuSeconds() * MICROS / records);
    }
}
