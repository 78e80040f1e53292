// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.jspecify.annotations.Nullable;

/**
 * The meters that read metrics of Kafka's: which there are in the registry, and which clients' metrics each reads. A meter
 * is removed with its last metric. Safe for use by any number of threads.
 */
final class BoundMeters {
    private final MeterRegistry registry;
    private final Tags common;
    private final int mostTopics;

    // Guarded by this.
    private final Map<Name, Bound> all = new HashMap<>();
    private final Set<String> topics = new HashSet<>();

    private record Name(String name, Tags tags) {}

    private record Bound(MetricSources sources, Meter meter) {}

    BoundMeters(MeterRegistry registry, Tags common, int mostTopics) {
        this.registry = registry;
        this.common = common;
        this.mostTopics = mostTopics;
    }

    /**
     * Adds a metric, or replaces that of the same name.
     *
     * @param client the number of its client
     */
    synchronized void add(long client, KafkaMetric metric) {
        MetricName name = metric.metricName();
        if (!MeterNames.hasMeter(name) || !isWithinTopics(name.tags().get(MeterNames.TOPIC))) {
            return;
        }
        Name meter = nameOf(name);
        Bound known = all.get(meter);
        if (known == null) {
            MetricSources sources = new MetricSources();
            sources.add(client, metric);
            all.put(meter, new Bound(sources, register(meter, name, sources)));
        } else {
            known.sources().add(client, metric);
        }
    }

    /** Whether a topic may have meters: a metric without a topic may. */
    private boolean isWithinTopics(@Nullable String topic) {
        if (topic == null || topics.contains(topic)) {
            return true;
        }
        return topics.size() < mostTopics && topics.add(topic);
    }

    private Name nameOf(MetricName metric) {
        return new Name(MeterNames.of(metric), common.and(MeterNames.tagsOf(metric)));
    }

    private Meter register(Name meter, MetricName metric, MetricSources sources) {
        return MeterNames.isCounter(metric)
                ? FunctionCounter.builder(meter.name(), sources, MetricSources::value)
                        .description(metric.description())
                        .tags(meter.tags())
                        .register(registry)
                : Gauge.builder(meter.name(), sources, MetricSources::value)
                        .description(metric.description())
                        .tags(meter.tags())
                        .register(registry);
    }

    /** Removes a metric of a client. */
    synchronized void remove(long client, KafkaMetric metric) {
        Name name = nameOf(metric.metricName());
        Bound bound = all.get(name);
        if (bound != null && bound.sources().remove(client, metric.metricName())) {
            all.remove(name);
            registry.remove(bound.meter());
        }
    }

    /** Removes the metrics of a client. */
    synchronized void removeAll(long client) {
        for (Iterator<Bound> each = all.values().iterator(); each.hasNext(); ) {
            Bound bound = each.next();
            if (bound.sources().removeAll(client)) {
                each.remove();
                registry.remove(bound.meter());
            }
        }
    }
}
