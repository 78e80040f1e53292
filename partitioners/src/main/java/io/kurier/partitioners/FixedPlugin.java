// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.ConfigDef;

/**
 * {@code fixed}: all records to one partition, whatever the key: for a total order in a topic that has several. If the
 * topic does not have the partition, its messages are rejected.
 */
public final class FixedPlugin implements PartitionerPlugin {
    private static final String PARTITION = "partition";

    /** For {@link java.util.ServiceLoader}. */
    public FixedPlugin() {}

    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        PARTITION,
                        ConfigDef.Type.INT,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.Range.atLeast(0),
                        ConfigDef.Importance.HIGH,
                        "The partition, counted from 0.");
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        int partition = settings.config().getInt(PARTITION);
        return (record, partitions) -> partition;
    }
}
