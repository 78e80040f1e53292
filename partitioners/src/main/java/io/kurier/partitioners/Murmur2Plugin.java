// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/**
 * {@code murmur2}: the partition that Kafka's Java producer gives to the key, bit for bit, so that topics written by
 * both stay co-partitioned and joins in Kafka Streams find their records. franz-go, kafka-python, kafkajs 2, and
 * librdkafka with {@code partitioner=murmur2_random} choose the same.
 *
 * <p>A record without a key is left to Kafka. The rule is fixed by name: unlike the producer's own choice it does not
 * change when {@code partitioner.class} or {@code partitioner.ignore.keys} is set. {@code murmur2_random} is
 * librdkafka's name for it.
 */
public final class Murmur2Plugin implements PartitionerPlugin {
    private static final String RANDOM = "murmur2_random";

    /** For {@link java.util.ServiceLoader}. */
    public Murmur2Plugin() {}

    @Override
    public String name() {
        return "murmur2";
    }

    @Override
    public Set<String> aliases() {
        return Set.of(RANDOM);
    }

    @Override
    public ConfigDef configDef() {
        return HashPartitioner.configDef();
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return settings.name().equals(RANDOM)
                ? HashPartitioner.fixed(KeyHash.MURMUR2, false, settings)
                : HashPartitioner.of(KeyHash.MURMUR2, settings);
    }
}
