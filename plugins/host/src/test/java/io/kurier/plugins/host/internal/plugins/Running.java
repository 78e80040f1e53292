// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Runs the first task of a connector in the calling thread, in the order of a worker's calls. */
final class Running {
    private Running() {}

    /** Returns the first records of a connector; nothing is published. */
    static List<SourceRecord> firstRecords(
            ConnectPlugins plugins, SourceConnector connector, Map<String, String> properties)
            throws InterruptedException {
        try (ConnectPlugins.Scope scope = plugins.enter(connector)) {
            connector.start(properties);
            SourceTask task = (SourceTask) Instances.create("test", connector.taskClass());
            task.initialize(new Context());
            task.start(new HashMap<>(connector.taskConfigs(1).get(0)));
            try {
                while (true) { // a poll may have nothing yet; the time-out of the test ends this
                    List<SourceRecord> batch = task.poll();
                    if (batch != null && !batch.isEmpty()) {
                        return batch;
                    }
                }
            } finally {
                task.stop();
                connector.stop();
            }
        }
    }

    private record Context() implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new NothingStored();
        }
    }

    private record NothingStored() implements OffsetStorageReader {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return Map.of();
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return Map.of();
        }
    }
}
