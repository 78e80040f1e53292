// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.Map;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;

/** The metrics that connectors and tasks may register (KIP-877). */
final class HostMetrics {
    private static final Metrics METRICS = new Metrics();

    private HostMetrics() {}

    static PluginMetrics of(Map<String, String> config) {
        return new PluginMetricsImpl(METRICS, Map.of("connector", String.valueOf(config.get("name"))));
    }
}
