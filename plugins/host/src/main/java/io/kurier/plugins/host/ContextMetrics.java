// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that a connector or a task may register through its context (KIP-877). They are created on first use:
 * {@link PluginMetrics} came with Kafka 4.1, and with earlier versions no connector asks for them and this host must
 * run without the class. Safe for use by any number of threads.
 */
final class ContextMetrics {
    private static final String GROUP = "plugins"; // as in Connect

    private final Metrics metrics;
    private final Map<String, String> tags;
    private @Nullable PluginMetrics made;

    /**
     * Creates the metrics of one connector or task.
     *
     * @param metrics where they are registered
     * @param tags distinguish them from those of others, in this order
     */
    ContextMetrics(Metrics metrics, Map<String, String> tags) {
        this.metrics = metrics;
        this.tags = new LinkedHashMap<>(tags);
    }

    synchronized PluginMetrics get() {
        if (made == null) {
            made = Registered.with(metrics, tags);
        }
        return made;
    }

    /**
     * A separate class, created by a method that names the interface, so that only {@link #get} needs the interface.
     */
    private static final class Registered implements PluginMetrics {
        private final Metrics metrics;
        private final Map<String, String> tags;
        private final Set<MetricName> names = new LinkedHashSet<>();
        private final Map<String, Sensor> sensors = new HashMap<>();

        private Registered(Metrics metrics, Map<String, String> tags) {
            this.metrics = metrics;
            this.tags = tags;
        }

        static PluginMetrics with(Metrics metrics, Map<String, String> tags) {
            return new Registered(metrics, tags);
        }

        @Override
        public MetricName metricName(String name, String description, LinkedHashMap<String, String> more) {
            Map<String, String> all = new LinkedHashMap<>(tags);
            for (Map.Entry<String, String> tag : more.entrySet()) {
                if (all.putIfAbsent(tag.getKey(), tag.getValue()) != null) {
                    throw new IllegalArgumentException(
                            "metric " + name + ": the tag " + tag.getKey() + " is set already; name yours differently");
                }
            }
            return metrics.metricName(name, GROUP, description, all);
        }

        @Override
        public synchronized void addMetric(MetricName name, MetricValueProvider<?> value) {
            if (names.contains(name)) {
                throw new IllegalArgumentException(name + " is registered already");
            }
            metrics.addMetric(name, value);
            names.add(name);
        }

        @Override
        public synchronized void removeMetric(MetricName name) {
            if (!names.remove(name)) {
                throw new IllegalArgumentException(name + " is not registered here");
            }
            metrics.removeMetric(name);
        }

        @Override
        public synchronized Sensor addSensor(String name) {
            if (sensors.containsKey(name)) {
                throw new IllegalArgumentException("the sensor " + name + " exists already");
            }
            Sensor sensor = metrics.sensor(GROUP + tags + name); // tagged: connector and tasks share the names
            sensors.put(name, sensor);
            return sensor;
        }

        @Override
        public synchronized void removeSensor(String name) {
            Sensor sensor = sensors.remove(name);
            if (sensor == null) {
                throw new IllegalArgumentException("there is no sensor " + name + " here");
            }
            metrics.removeSensor(sensor.name());
        }
    }
}
