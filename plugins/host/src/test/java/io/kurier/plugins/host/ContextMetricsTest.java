// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.metrics.stats.CumulativeCount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metrics of a connector, beside those that Connect's own worker would give it. */
class ContextMetricsTest {
    private final Metrics metrics = new Metrics();
    private final ContextMetrics connector = new ContextMetrics(metrics, Map.of("connector", "lines"));
    private final ContextMetrics task = new ContextMetrics(metrics, Map.of("connector", "lines", "task", "0"));

    @AfterEach
    void closeMetrics() {
        metrics.close();
    }

    @Test
    void namesMetricsAsConnectDoes() {
        LinkedHashMap<String, String> own = new LinkedHashMap<>(Map.of("color", "red"));
        MetricName name = connector.get().metricName("seen", "Lines seen", own);
        PluginMetrics connects = new PluginMetricsImpl(metrics, Map.of("connector", "lines"));
        assertThat(name).isEqualTo(connects.metricName("seen", "Lines seen", own));
        assertThat(name.tags()).containsExactlyInAnyOrderEntriesOf(Map.of("connector", "lines", "color", "red"));
    }

    @Test
    void refusesATagThatIsTheHosts() {
        LinkedHashMap<String, String> own = new LinkedHashMap<>(Map.of("connector", "other"));
        assertThatThrownBy(() -> connector.get().metricName("seen", "", own))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the tag connector");
    }

    @Test
    void showsAMetricUntilItIsRemoved() {
        MetricName name = connector.get().metricName("seen", "", new LinkedHashMap<>());
        connector.get().addMetric(name, (Gauge<Integer>) (config, now) -> 7);
        assertThat(metrics.metric(name).metricValue()).isEqualTo(7);
        assertThatThrownBy(() -> connector.get().addMetric(name, (Gauge<Integer>) (config, now) -> 8))
                .isInstanceOf(IllegalArgumentException.class);

        connector.get().removeMetric(name);
        assertThat(metrics.metric(name)).isNull();
        assertThatThrownBy(() -> connector.get().removeMetric(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsSensorsOfOneNameApart() {
        Sensor ofConnector = connector.get().addSensor("lines");
        Sensor ofTask = task.get().addSensor("lines");
        assertThat(ofTask).isNotSameAs(ofConnector);

        MetricName count = task.get().metricName("count", "", new LinkedHashMap<>());
        ofTask.add(count, new CumulativeCount());
        ofTask.record();
        assertThat(metrics.metric(count).metricValue()).isEqualTo(1.0);
        assertThatThrownBy(() -> task.get().addSensor("lines")).isInstanceOf(IllegalArgumentException.class);

        task.get().removeSensor("lines");
        assertThat(metrics.metric(count)).isNull();
        assertThatThrownBy(() -> task.get().removeSensor("lines")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesTheSameObjectEachTime() {
        assertThat(connector.get()).isSameAs(connector.get());
    }
}
