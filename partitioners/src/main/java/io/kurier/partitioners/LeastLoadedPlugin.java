// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.ConfigDef;

/**
 * {@code least-loaded}: the partition with the fewest bytes that wait for their acknowledgment, whatever the key, and
 * none without a leader, as long as another has one. For records that may go anywhere, where brokers differ in speed.
 *
 * <p>Records of one key lose their order among each other.
 */
public final class LeastLoadedPlugin implements PartitionerPlugin {
    private static final String BATCH_BYTES = "batch.bytes";
    private static final int KAFKAS_BATCH_SIZE = 16_384;

    /** For {@link java.util.ServiceLoader}. */
    public LeastLoadedPlugin() {}

    @Override
    public String name() {
        return "least-loaded";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        BATCH_BYTES,
                        ConfigDef.Type.INT,
                        KAFKAS_BATCH_SIZE,
                        ConfigDef.Range.atLeast(1),
                        ConfigDef.Importance.LOW,
                        "How many bytes of keys and values go to a partition before another is chosen, within ten"
                                + " milliseconds. Set it where producer.batch.size is set.");
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return new LeastLoaded(settings.config().getInt(BATCH_BYTES));
    }
}
