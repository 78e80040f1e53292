// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What a task sees of its host. */
record TaskContext(Map<String, String> configs, OffsetStorageReader offsetStorageReader) implements SourceTaskContext {

    @Override
    public PluginMetrics pluginMetrics() {
        return HostMetrics.of(configs);
    }
}
