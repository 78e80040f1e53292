// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.config.AbstractConfig;

/** A named rule for choosing partitions. */
public interface PartitionerPlugin extends Plugin {

    /**
     * Creates the partitioner of one topic. Called once for each topic, when the publisher starts.
     *
     * @param config the plugin's own keys, parsed by its {@link Plugin#configDef()}
     */
    RecordPartitioner partitioner(AbstractConfig config);
}
