// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/** A named rule for choosing partitions. */
public interface PartitionerPlugin extends Plugin {

    /**
     * Creates the partitioner of one topic. Called once for each topic, when the publisher starts.
     *
     * @return the partitioner; it may also be a {@link LoadAwarePartitioner}, {@link Metered} or {@link Preparable}
     * @throws org.apache.kafka.common.config.ConfigException if the keys cannot be used, which stops the start
     */
    RecordPartitioner partitioner(PartitionerSettings settings);
}
