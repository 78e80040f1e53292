// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.config.AbstractConfig;

/** A named rule for choosing partitions. */
public interface PartitionerPlugin extends Plugin {

    /**
     * Makes the partitioner of one topic; called once a route, at start-up.
     *
     * @param config the plugin's own keys, parsed by its {@link Plugin#configDef()}
     */
    RecordPartitioner partitioner(AbstractConfig config);
}
