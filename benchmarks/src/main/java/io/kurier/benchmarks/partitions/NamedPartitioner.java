// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import io.kurier.spi.Metered;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.AbstractConfig;

/** Makes partitioners as a publisher does, without one. */
final class NamedPartitioner {
    private NamedPartitioner() {}

    /**
     * Returns the partitioner of a topic {@code orders}, with the defaults of its keys.
     *
     * @throws IllegalArgumentException if no plugin on the class path has the name
     */
    static RecordPartitioner of(String name) {
        PartitionerPlugin plugin = ServiceLoader.load(PartitionerPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no partitioner on the class path is named " + name));
        AbstractConfig config = new AbstractConfig(plugin.configDef(), Map.of(), false);
        RecordPartitioner partitioner = plugin.partitioner(new PartitionerSettings(name, "orders", "orders", config));
        if (partitioner instanceof Metered metered) {
            metered.withPluginMetrics((metric, description, tags, value) -> () -> {});
        }
        return partitioner;
    }
}
