// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.reporters.InstrumentationReporter;
import io.kurier.spi.PluginMetrics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.MetricsContext;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exposes a publisher's counts as Kafka metrics, beside those of the producer and to the same reporters
 * ({@code producer.metric.reporters}; JMX unless it is set).
 *
 * <p>The counts are read when a metric is read, so a metric adds no cost to a publish. In JMX they are attributes of
 * {@code kurier:type=publisher-topic-metrics,client-id=...,topic=...}.
 */
public final class PublisherMetrics implements AutoCloseable {
    /** The group of the metrics, and their type in JMX. */
    public static final String GROUP = "publisher-topic-metrics";

    private static final Logger LOG = LoggerFactory.getLogger(PublisherMetrics.class);
    private static final String REPORTERS = "producer." + ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG;
    private static final String NAMESPACE = "kurier";
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final String clientId;
    private final Metrics metrics;

    /**
     * Makes the metrics of a publisher.
     *
     * @param clientId distinguishes the publishers of one JVM
     * @param reporters the reporters; closed with the metrics
     */
    public PublisherMetrics(String clientId, List<MetricsReporter> reporters) {
        this.clientId = clientId;
        this.metrics = new Metrics();
        // As the constructor that takes reporters does; that one also takes a clock of an internal class.
        MetricsContext context = new KafkaMetricsContext(NAMESPACE);
        try {
            for (MetricsReporter reporter : reporters) {
                reporter.contextChange(context);
                metrics.addReporter(reporter);
            }
        } catch (Throwable e) { // of one of them; those before it may have started threads
            reporters.forEach(PublisherMetrics::close);
            throw e;
        }
    }

    private static void close(MetricsReporter reporter) {
        try {
            reporter.close();
        } catch (Throwable e) {
            SafeLogger.warn(LOG, e, "the metrics reporter {} cannot be closed", reporter.getClass());
        }
    }

    /**
     * Makes the metrics for the reporters that the configuration names.
     *
     * @throws StartException if one of them cannot be made
     */
    public static PublisherMetrics of(PublisherConfig config) {
        String named = config.connection().getOrDefault(ProducerConfig.CLIENT_ID_CONFIG, "");
        String clientId = named.isEmpty() ? NAMESPACE + "-" + UNNAMED.incrementAndGet() : named;
        Map<String, Object> keys = new HashMap<>(config.connection());
        keys.putAll(config.producer());
        keys.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        keys.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        InstrumentationReporter.addTo(keys, config.instrumentations());
        AbstractConfig quiet = new AbstractConfig(ProducerConfig.configDef(), keys, false);
        try {
            return new PublisherMetrics(clientId, CommonClientConfigs.metricsReporters(clientId, quiet));
        } catch (Throwable e) { // a reporter can throw anything
            throw config.refused(
                    "a metrics reporter cannot be made, of " + REPORTERS + "="
                            + config.producer().get(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG),
                    e);
        }
    }

    /** The id that distinguishes the publishers of one JVM. */
    public String clientId() {
        return clientId;
    }

    /** Returns counts for a topic, which are exposed from now on. */
    public TopicCounts topic(String topic) {
        TopicCounts counts = new TopicCounts();
        Map<String, String> tags = tagsOf(topic);
        add("message-total", "Messages given to publish and tryPublish", tags, counts, OutcomeCounts::accepted);
        add("message-stored-total", "Messages that Kafka has stored", tags, counts, OutcomeCounts::stored);
        add("message-rejected-total", "Messages refused before any byte left", tags, counts, OutcomeCounts::rejected);
        add("message-not-stored-total", "Messages that Kafka did not store", tags, counts, OutcomeCounts::notStored);
        add("message-unknown-total", "Messages that may or may not be stored", tags, counts, OutcomeCounts::unknown);
        add("message-in-flight", "Messages whose outcome is open", tags, counts, OutcomeCounts::open);
        add("stored-byte-total", "Bytes of the encoded values that are stored", tags, counts::storedBytes);
        for (Map.Entry<String, Double> quantile :
                Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99, "max", 1.0).entrySet()) {
            add(
                    "time-to-ack-ms-" + quantile.getKey(),
                    "Milliseconds from the call to the acknowledgment, of the last one to two minutes",
                    tags,
                    () -> counts.times().millisWithin(quantile.getValue()));
        }
        return counts;
    }

    /** Exposes the counts of the dead letters of a topic's messages. */
    public void deadLetters(String topic, LongSupplier stored, LongSupplier notStored) {
        Map<String, String> tags = tagsOf(topic);
        add("dead-letter-stored-total", "Dead letters of the topic that Kafka has stored", tags, stored::getAsLong);
        add(
                "dead-letter-not-stored-total",
                "Dead letters of the topic that are not stored, or may not be",
                tags,
                notStored::getAsLong);
    }

    private Map<String, String> tagsOf(String topic) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("client-id", clientId);
        tags.put("topic", topic);
        return tags;
    }

    /** Returns the registry for a plugin that works for one topic. */
    public PluginMetrics ofPlugin(String topic) {
        return (name, description, further, value) -> {
            Map<String, String> tags = tagsOf(topic);
            tags.putAll(further);
            add(name, description, tags, value::getAsDouble);
            MetricName added = metrics.metricName(name, GROUP, description, tags);
            return () -> remove(added);
        };
    }

    private void remove(MetricName name) {
        try {
            metrics.removeMetric(name);
        } catch (Throwable e) { // of a reporter
            SafeLogger.warn(LOG, e, "a metrics reporter failed to remove the metric {}", name.name());
        }
    }

    private interface Reading {
        double now();
    }

    private void add(
            String name,
            String what,
            Map<String, String> tags,
            TopicCounts counts,
            ToDoubleFunction<OutcomeCounts> count) {
        add(name, what, tags, () -> count.applyAsDouble(counts.now()));
    }

    private void add(String name, String what, Map<String, String> tags, Reading reading) {
        try {
            metrics.addMetric(metrics.metricName(name, GROUP, what, tags), (Measurable) (config, now) -> reading.now());
        } catch (Throwable e) { // of a reporter; Kafka's own metrics continue without one that throws an exception
            SafeLogger.error(LOG, e, "a metrics reporter failed to take the metric {}", name);
        }
    }

    /** Removes the metrics from their reporters. */
    @Override
    public void close() {
        try {
            metrics.close();
        } catch (Throwable e) { // of a reporter; the steps after the metrics must run all the same
            SafeLogger.warn(LOG, e, "the metrics of {} cannot be closed", clientId);
        }
    }
}
