// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * What a publisher knows of a topic's partitions at the moment, for a {@link LoadAwarePartitioner}. The figures change
 * while they are read. Safe for use by any number of threads.
 */
public interface PartitionLoads {

    /** Returns the number of partitions of the topic, at least 1. */
    int partitions();

    /** Returns whether the partition has a leader, by the newest metadata that the producer has. */
    boolean hasLeader(int partition);

    /**
     * Returns how many bytes of keys and values the publisher has passed to its producers for the partition and has no
     * acknowledgment of: they wait in a batch, or are on their way. Records whose partition Kafka chose are not
     * counted.
     */
    long queuedBytes(int partition);

    /** Returns the loads of a topic of which only the number of partitions is known: all have a leader, none a queue. */
    static PartitionLoads none(int partitions) {
        record None(int partitions) implements PartitionLoads {
            @Override
            public boolean hasLeader(int partition) {
                return true;
            }

            @Override
            public long queuedBytes(int partition) {
                return 0;
            }
        }
        return new None(partitions);
    }
}
