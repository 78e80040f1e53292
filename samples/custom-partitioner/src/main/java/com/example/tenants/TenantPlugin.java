// SPDX-License-Identifier: Apache-2.0
package com.example.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;

import io.kurier.spi.Murmur2;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.header.Header;

// region partitioner
/** Gives each large tenant a partition of its own, from 0 on; the others share the rest, by the record's key. */
public final class TenantPlugin implements PartitionerPlugin {

    @Override
    public String name() {
        return "tenants";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef().define("large", LIST, HIGH, "The large tenants, in the order of their partitions.");
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        List<String> large = settings.config().getList("large");
        return (record, partitions) -> {
            Header tenant = record.headers().lastHeader("tenant");
            if (tenant == null || record.key() == null) {
                throw new IllegalArgumentException("a record needs a key and the header tenant");
            }
            int own = large.indexOf(new String(tenant.value(), UTF_8));
            int shared = Math.max(1, partitions - large.size());
            return own >= 0 ? own : partitions - shared + Murmur2.partition(record.key(), shared);
        };
    }
}
// endregion
