// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * {@code spread}: equal keys to one partition, unless a key has so large a share of the records that it would fill its
 * partition: its records go to several partitions in turn, as long as the share is that large.
 *
 * <p>Such a record has the header {@value #HEADER}, whose value is the number of partitions, so that a consumer knows
 * that the records of the key have no order and that others have some of them. The first record of a hot key is reported
 * by a warning, and its share is the metric {@code hot-key-share}; both name the key by a hash. Hot keys are found in
 * constant memory, from one record in eight. A record without a key is left to Kafka.
 */
public final class SpreadPlugin implements PartitionerPlugin {
    /** The header of records whose key is spread; its value is the number of partitions, in decimal digits. */
    public static final String HEADER = "partition.spread";

    private static final String SHARE = "share";
    private static final String PARTITIONS = "partitions";
    private static final String WINDOW = "window.records";
    private static final String HASH = "hash";

    /** For {@link java.util.ServiceLoader}. */
    public SpreadPlugin() {}

    @Override
    public String name() {
        return "spread";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        SHARE,
                        ConfigDef.Type.DOUBLE,
                        0.05,
                        ConfigDef.Range.between(0.01, 1.0),
                        ConfigDef.Importance.MEDIUM,
                        "The share of the records with a key from which a key is hot; below half of it, it no longer"
                                + " is.")
                .define(
                        PARTITIONS,
                        ConfigDef.Type.INT,
                        4,
                        ConfigDef.Range.atLeast(2),
                        ConfigDef.Importance.MEDIUM,
                        "To how many partitions a hot key goes; to all of a topic that has no more.")
                .define(
                        WINDOW,
                        ConfigDef.Type.INT,
                        10_000,
                        ConfigDef.Range.atLeast(1_000),
                        ConfigDef.Importance.LOW,
                        "After how many records the hot keys are determined first; after half as many they are again.")
                .define(
                        HASH,
                        ConfigDef.Type.STRING,
                        KeyHash.MURMUR2.configured(),
                        ConfigDef.ValidString.in(ContentKeys.hashes()),
                        ConfigDef.Importance.LOW,
                        "The hash that chooses the partition of a key that is not hot.");
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        AbstractConfig config = settings.config();
        return new Spread(
                settings.alias(),
                KeyHash.of(config.getString(HASH)),
                config.getInt(PARTITIONS),
                new HotKeys(config.getDouble(SHARE), config.getInt(WINDOW)));
    }
}
