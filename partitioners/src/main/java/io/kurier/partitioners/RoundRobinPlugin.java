// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code round-robin}: every partition gets its turn, whatever the key, for records that are tasks to be distributed
 * evenly rather than states of an entity.
 *
 * <p>Records of one key lose their order among each other. Spread over all partitions they also make smaller batches:
 * for throughput alone configure no partitioner, since Kafka's own fills one batch after the other. This partitioner
 * has no configuration keys.
 */
public final class RoundRobinPlugin implements PartitionerPlugin {

    /** For {@link java.util.ServiceLoader}. */
    public RoundRobinPlugin() {}

    @Override
    public String name() {
        return "round-robin";
    }

    /** Creates a partitioner that begins at a random partition: many short runs would otherwise fill the first ones. */
    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return new RoundRobin(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    }
}
