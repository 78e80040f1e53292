// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.reporters;

import io.kurier.spi.Instrumentation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsContext;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * Passes the metrics of one client to the reporters of instrumentations. Kafka makes reporters by the names of their
 * classes; this one gets the instrumentations, which are objects of the application, by a key of its own.
 */
public final class InstrumentationReporter implements MetricsReporter {
    private static final String INSTRUMENTATIONS = "kurier.instrumentations";

    private final List<MetricsReporter> reporters = new ArrayList<>();

    /** Holds the objects; it does not show them where keys are logged. */
    private static final class Holder {
        private final List<Instrumentation> all;

        Holder(Collection<Instrumentation> all) {
            this.all = List.copyOf(all);
        }

        @Override
        public String toString() {
            return "[" + all.size() + "]";
        }
    }

    /** Adds the reporters of instrumentations to the keys of a client, after those that the keys name. */
    public static void addTo(Map<String, Object> keys, Collection<Instrumentation> instrumentations) {
        if (instrumentations.isEmpty()) {
            return;
        }
        String key = ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG;
        Object named = keys.getOrDefault(
                key,
                Objects.requireNonNull(
                        ProducerConfig.configDef().defaultValues().get(key), key));
        List<String> classes = new ArrayList<>();
        if (named instanceof Collection<?> several) {
            several.forEach(one -> classes.add(String.valueOf(one)));
        } else {
            for (String one : String.valueOf(named).split(",")) {
                if (!one.isBlank()) {
                    classes.add(one.strip());
                }
            }
        }
        classes.add(InstrumentationReporter.class.getName());
        keys.put(key, String.join(",", classes));
        keys.put(INSTRUMENTATIONS, new Holder(instrumentations));
    }

    @Override
    public void configure(Map<String, ?> keys) {
        @Nullable Object holder = keys.get(INSTRUMENTATIONS);
        if (holder instanceof Holder known) {
            for (Instrumentation instrumentation : known.all) {
                MetricsReporter reporter = instrumentation.metricsReporter();
                if (reporter != null) {
                    reporters.add(reporter);
                    reporter.configure(keys);
                }
            }
        }
    }

    @Override
    public void contextChange(MetricsContext context) {
        reporters.forEach(reporter -> reporter.contextChange(context));
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        reporters.forEach(reporter -> reporter.init(metrics));
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        reporters.forEach(reporter -> reporter.metricChange(metric));
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        reporters.forEach(reporter -> reporter.metricRemoval(metric));
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (MetricsReporter reporter : reporters) {
            try {
                reporter.close();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
