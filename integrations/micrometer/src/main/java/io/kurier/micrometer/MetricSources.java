// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The metrics that one meter reads: the sum of those of the newest client. Where a producer replaces another, both have
 * metrics of the same names for a moment. Changed by one thread at a time, read by any.
 */
final class MetricSources {
    private volatile List<Source> sources = List.of();

    private record Source(long client, KafkaMetric metric) {
        boolean is(long thatClient, MetricName name) {
            return client == thatClient && metric.metricName().equals(name);
        }
    }

    /** Adds a metric, or replaces that of the same client and name. */
    void add(long client, KafkaMetric metric) {
        List<Source> changed = new ArrayList<>(sources);
        changed.removeIf(source -> source.is(client, metric.metricName()));
        changed.add(new Source(client, metric));
        sources = List.copyOf(changed);
    }

    /**
     * Removes a metric.
     *
     * @return whether none is left
     */
    boolean remove(long client, MetricName name) {
        sources = sources.stream().filter(source -> !source.is(client, name)).toList();
        return sources.isEmpty();
    }

    /**
     * Removes the metrics of a client.
     *
     * @return whether none is left
     */
    boolean removeAll(long client) {
        sources = sources.stream().filter(source -> source.client() != client).toList();
        return sources.isEmpty();
    }

    /** Returns the value; NaN if there is none. Never throws: a registry would skip the meters after this one. */
    double value() {
        List<Source> now = sources;
        long newest = now.stream().mapToLong(Source::client).max().orElse(0);
        double sum = now.isEmpty() ? Double.NaN : 0;
        for (Source source : now) {
            if (source.client() == newest) {
                sum += value(source.metric());
            }
        }
        return sum;
    }

    private static double value(KafkaMetric metric) {
        try {
            return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
        } catch (RuntimeException e) { // of a plugin's metric
            return Double.NaN;
        }
    }
}
