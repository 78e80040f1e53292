// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/** The context that the host gives to a task. */
record TaskContext(
        Map<String, String> configs,
        OffsetStore offsetStorageReader,
        ContextMetrics metrics,
        @Nullable TransactionBoundaries transactionContext)
        implements SourceTaskContext {

    @Override
    public PluginMetrics pluginMetrics() {
        return metrics.get();
    }

    /** Leaves the properties out: they may hold secrets. */
    @Override
    public String toString() {
        return "TaskContext";
    }
}
