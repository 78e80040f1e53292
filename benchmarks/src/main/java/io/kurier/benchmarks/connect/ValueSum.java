// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.util.zip.CRC32C;

/**
 * The number of values and the sum of their CRC-32C, by which the content of a topic is compared with that of a file.
 * It does not depend on the order of the values. Used by one thread.
 */
final class ValueSum {
    private final CRC32C crc = new CRC32C();
    private long count;
    private long sum;

    void add(byte[] value) {
        crc.reset();
        crc.update(value);
        count++;
        sum += crc.getValue();
    }

    long count() {
        return count;
    }

    boolean isSameAs(ValueSum other) {
        return count == other.count && sum == other.sum;
    }

    @Override
    public String toString() {
        return String.format("%,d values whose CRC-32C add up to %d", count, sum);
    }
}
