// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the metrics of one client, a producer of Kafka's or the publisher itself, to the meters. */
final class RegistryReporter implements MetricsReporter {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryReporter.class);
    private static final AtomicLong MADE = new AtomicLong();

    private final BoundMeters meters;

    /** Tells clients with the same {@code client-id} apart: the newer one has the larger number. */
    private final long number = MADE.incrementAndGet();

    private final AtomicBoolean hasFailed = new AtomicBoolean();

    RegistryReporter(BoundMeters meters) {
        this.meters = meters;
    }

    @Override
    public void configure(Map<String, ?> keys) {}

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    /** Never throws: a registry that refuses a meter is no reason not to publish. */
    @Override
    public void metricChange(KafkaMetric metric) {
        try {
            meters.add(number, metric);
        } catch (RuntimeException e) { // of the registry, or of a filter in it
            if (!hasFailed.getAndSet(true)) {
                LOG.warn(
                        "The registry does not take the meter {} and has none of it; further ones of this client are not logged",
                        MeterNames.of(metric.metricName()),
                        e);
            }
        }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        meters.remove(number, metric);
    }

    @Override
    public void close() {
        meters.removeAll(number);
    }
}
