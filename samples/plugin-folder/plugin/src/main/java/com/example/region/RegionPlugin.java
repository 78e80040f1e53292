// SPDX-License-Identifier: Apache-2.0
package com.example.region;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

// region partitioner
/** Keeps what belongs to one region together: the keys {@code north-1} and {@code north-2} share a partition. */
public final class RegionPlugin implements PartitionerPlugin {

    @Override
    public String name() {
        return "region";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef().define("separator", STRING, "-", MEDIUM, "Ends the region at the start of a key.");
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        String separator = settings.config().getString("separator");
        return (record, partitions) -> {
            byte[] key = record.key();
            if (key == null) {
                return RecordPartitioner.KAFKA_CHOOSES;
            }
            String region = new String(key, UTF_8).split(Pattern.quote(separator), 2)[0];
            return Math.floorMod(region.hashCode(), partitions);
        };
    }
}
// endregion
