// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a record to the partition that the first digit of its value names; without a digit it throws. */
public final class FirstByte implements PartitionerPlugin {
    /** How often a partition was asked for. */
    public static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public String name() {
        return "first-byte";
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return (record, partitions) -> {
            CALLS.incrementAndGet();
            byte[] value = record.value();
            if (value == null || value[0] < '0' || value[0] > '9') {
                throw new IllegalStateException("no digit");
            }
            return value[0] - '0';
        };
    }
}
