// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

/**
 * What one turn took.
 *
 * @param bytes the bytes of content, at least 1
 * @param seconds from the first byte to the last acknowledgment, or to the end of the last record read
 * @param cpuSeconds the processor time of the whole JVM meanwhile, user and system
 * @param peakHeap the most bytes of heap in use, garbage included
 */
record Measurement(long bytes, double seconds, double cpuSeconds, long peakHeap) {
    private static final double MEGA = 1e6;
    private static final double GIBI = 1L << 30;
    private static final double MEBI = 1L << 20;

    /** Begins the line that a child prints. */
    private static final String MARK = "measured: ";

    double megabytesPerSecond() {
        return bytes / MEGA / seconds;
    }

    double cpuSecondsPerGibibyte() {
        return cpuSeconds * GIBI / bytes;
    }

    double peakHeapMebibytes() {
        return peakHeap / MEBI;
    }

    String toLine() {
        return MARK + bytes + " " + seconds + " " + cpuSeconds + " " + peakHeap;
    }

    static boolean isLine(String line) {
        return line.startsWith(MARK);
    }

    static Measurement ofLine(String line) {
        String[] parts = line.substring(MARK.length()).split(" ");
        return new Measurement(
                Long.parseLong(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Long.parseLong(parts[3]));
    }
}
