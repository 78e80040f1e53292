// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.Murmur2;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * {@code murmur2}: the partition that Kafka's Java producer gives to the key, bit for bit, so that topics written by
 * both stay co-partitioned and joins in Kafka Streams find their records.
 *
 * <p>A record without a key is left to Kafka. The rule is fixed by name: unlike the producer's own choice it does not
 * change when {@code partitioner.class} or {@code partitioner.ignore.keys} is set. This partitioner has no
 * configuration keys.
 */
public final class Murmur2Plugin implements PartitionerPlugin {

    /** For {@link java.util.ServiceLoader}. */
    public Murmur2Plugin() {}

    @Override
    public String name() {
        return "murmur2";
    }

    @Override
    public RecordPartitioner partitioner(AbstractConfig config) {
        return (record, partitions) ->
                record.key() == null ? RecordPartitioner.KAFKA_CHOOSES : Murmur2.partition(record.key(), partitions);
    }
}
