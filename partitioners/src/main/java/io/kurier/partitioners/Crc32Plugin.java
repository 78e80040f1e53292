// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/**
 * {@code crc32}: the partition that librdkafka gives to a key by default, and with it the clients for Python, Go
 * (confluent-kafka-go), .NET, C++, Rust and PHP, and kcat. sarama's {@code NewConsistentCRCHashPartitioner} and
 * ruby-kafka choose the same.
 *
 * <p>An empty key is hashed, and a record without a key is left to Kafka. librdkafka's names have its rules:
 * {@code consistent_random}, its default, sends empty keys to any partition, and {@code consistent} sends them and
 * records without a key to partition 0.
 */
public final class Crc32Plugin implements PartitionerPlugin {
    private static final String CONSISTENT = "consistent";
    private static final String CONSISTENT_RANDOM = "consistent_random";

    /** For {@link java.util.ServiceLoader}. */
    public Crc32Plugin() {}

    @Override
    public String name() {
        return "crc32";
    }

    @Override
    public Set<String> aliases() {
        return Set.of(CONSISTENT, CONSISTENT_RANDOM);
    }

    @Override
    public ConfigDef configDef() {
        return HashPartitioner.configDef();
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return switch (settings.name()) {
            case CONSISTENT -> HashPartitioner.fixed(KeyHash.CRC32, true, settings);
            case CONSISTENT_RANDOM -> consistentRandom(settings);
            default -> HashPartitioner.of(KeyHash.CRC32, settings);
        };
    }

    /** Kafka itself would hash an empty key, so it cannot choose for it. */
    private static RecordPartitioner consistentRandom(PartitionerSettings settings) {
        HashPartitioner.checkNotSet(settings);
        StickyPartition random = new StickyPartition();
        return (record, partitions) -> {
            byte[] key = record.key();
            if (key == null) {
                return RecordPartitioner.KAFKA_CHOOSES;
            }
            return key.length == 0 ? random.next(partitions) : KeyHash.CRC32.partition(key, partitions);
        };
    }
}
