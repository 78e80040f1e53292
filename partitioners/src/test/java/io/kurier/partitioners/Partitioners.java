// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/** Makes partitioners by their names, as a publisher does, and records for them. */
final class Partitioners {
    private Partitioners() {}

    static RecordPartitioner named(String name) {
        return named(name, Map.of());
    }

    static RecordPartitioner named(String name, Map<String, String> keys) {
        List<PartitionerPlugin> found = ServiceLoader.load(PartitionerPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(plugin -> plugin.name().equals(name) || plugin.aliases().contains(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(name + " names " + found);
        }
        PartitionerPlugin plugin = found.get(0);
        AbstractConfig config = new AbstractConfig(plugin.configDef(), keys, false);
        return plugin.partitioner(new PartitionerSettings(name, "orders", "orders", config));
    }

    static EncodedRecord keyed(@Nullable String key) {
        return keyed(key == null ? null : key.getBytes(UTF_8));
    }

    static EncodedRecord keyed(byte @Nullable [] key) {
        return new EncodedRecord("orders", key, new byte[] {1}, new ArrayHeaders());
    }
}
