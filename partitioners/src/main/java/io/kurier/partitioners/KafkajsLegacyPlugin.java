// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.ConfigDef;

/**
 * {@code kafkajs-legacy}: the partition that kafkajs 1 gives to a key, and kafkajs 2 with {@code LegacyPartitioner}.
 * kafkajs 2 by itself chooses as {@code murmur2} does.
 *
 * <p>A record without a key is left to Kafka.
 */
public final class KafkajsLegacyPlugin implements PartitionerPlugin {

    /** For {@link java.util.ServiceLoader}. */
    public KafkajsLegacyPlugin() {}

    @Override
    public String name() {
        return KeyHash.KAFKAJS_LEGACY.configured();
    }

    @Override
    public ConfigDef configDef() {
        return HashPartitioner.configDef();
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return HashPartitioner.of(KeyHash.KAFKAJS_LEGACY, settings);
    }
}
