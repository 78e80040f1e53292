// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/**
 * {@code fnv1a}: the partition that sarama gives to a key by default, librdkafka with {@code partitioner=fnv1a_random},
 * and kafka-go's {@code Hash}. {@code fnv1a-reference} is that of sarama's {@code NewReferenceHashPartitioner} and
 * kafka-go's {@code ReferenceHash}; {@code fnv1a-unsigned} that of franz-go's {@code SaramaHasher}. The hash is the same
 * in all three, and they differ in what they do with its sign.
 *
 * <p>A record without a key is left to Kafka. {@code fnv1a_random} is librdkafka's name for {@code fnv1a}.
 */
public final class Fnv1aPlugin implements PartitionerPlugin {
    private static final String RANDOM = "fnv1a_random";

    /** For {@link java.util.ServiceLoader}. */
    public Fnv1aPlugin() {}

    @Override
    public String name() {
        return KeyHash.FNV1A.configured();
    }

    @Override
    public Set<String> aliases() {
        return Set.of(KeyHash.FNV1A_REFERENCE.configured(), KeyHash.FNV1A_UNSIGNED.configured(), RANDOM);
    }

    @Override
    public ConfigDef configDef() {
        return HashPartitioner.configDef();
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return settings.name().equals(RANDOM)
                ? HashPartitioner.fixed(KeyHash.FNV1A, false, settings)
                : HashPartitioner.of(KeyHash.of(settings.name()), settings);
    }
}
