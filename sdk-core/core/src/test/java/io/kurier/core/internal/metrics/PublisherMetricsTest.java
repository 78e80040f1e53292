// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.core.transport.KafkaFailure;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a publisher shows in JMX and to metrics reporters. */
@Timeout(60)
class PublisherMetricsTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final Topic<String, String> LINES = Topic.of("lines", String.class, String.class);

    private final ScriptedTransport transport = new ScriptedTransport();

    @Test
    void showsEveryCountInJmxWhileThePublisherRuns() throws JMException {
        try (Publisher publisher = start(Map.of("client.id", "counted", "topics.lines.name", "lines.v1"))) {
            publisher.publish(LINES, null, "four").join();
            publisher.publish(LINES, null, "seventh").join();
            settle(publisher.publish(LINES, null, "poison"));
            transport.answer(ack ->
                    ack.failed(new KafkaFailure(Outcome.NOT_STORED, true, new IllegalStateException("neighbour"))));
            settle(publisher.publish(LINES, null, "a"));
            transport.answer(ack -> ack.failed(ErrorClassifier.classify(new TimeoutException("expired"))));
            settle(publisher.publish(LINES, null, "b"));
            transport.answer(ack -> {}); // never
            CompletableFuture<Receipt> open = publisher.publish(LINES, null, "c");
            settle(publisher.publish(Topic.of("nowhere", String.class, String.class), null, "d"));

            assertThat(open).isNotDone();
            Map<String, Double> lines = attributes("client-id=counted,topic=lines.v1");
            assertThat(lines)
                    .contains(
                            Map.entry("message-total", 6.0),
                            Map.entry("message-stored-total", 2.0),
                            Map.entry("message-rejected-total", 1.0),
                            Map.entry("message-not-stored-total", 1.0),
                            Map.entry("message-unknown-total", 1.0),
                            Map.entry("message-in-flight", 1.0),
                            Map.entry("stored-byte-total", 11.0));
            assertThat(lines.get("time-to-ack-ms-p50")).isPositive();
            assertThat(lines.get("time-to-ack-ms-p95")).isGreaterThanOrEqualTo(lines.get("time-to-ack-ms-p50"));
            assertThat(lines.get("time-to-ack-ms-p99")).isGreaterThanOrEqualTo(lines.get("time-to-ack-ms-p95"));
            assertThat(lines.get("time-to-ack-ms-max")).isGreaterThanOrEqualTo(lines.get("time-to-ack-ms-p99"));
            assertThat(lines).hasSize(11);
            assertThat(attributes("client-id=counted,topic=\"(undeclared)\""))
                    .contains(Map.entry("message-total", 1.0), Map.entry("message-rejected-total", 1.0))
                    .containsEntry("time-to-ack-ms-p50", Double.NaN);
        }
        assertThat(beans("client-id=counted,*")).isEmpty();
    }

    @Test
    void tellsPublishersApartThatHaveNoClientId() throws JMException {
        Set<ObjectName> before = beans("topic=lines,*");
        try (Publisher first = start(Map.of());
                Publisher second = start(Map.of())) {
            first.publish(LINES, null, "v").join();
            second.publish(LINES, null, "v").join();
            second.publish(LINES, null, "v").join();

            Set<ObjectName> both = beans("topic=lines,*");
            both.removeAll(before);
            assertThat(both).hasSize(2);
            assertThat(both.stream().map(bean -> read(bean, "message-total")).toList())
                    .containsExactlyInAnyOrder(1.0, 2.0);
        }
        assertThat(beans("topic=lines,*")).isEqualTo(before);
    }

    @Test
    void countsATopicOfAnyName() throws JMException {
        Topic<String, String> topic = Topic.of("undeclared", String.class, String.class);
        try (Publisher publisher =
                start(Map.of("client.id", "any", "topics.undeclared.value.serializer", "text"), topic)) {
            publisher.publish(topic, null, "v").join();

            assertThat(attributes("client-id=any,topic=undeclared")).containsEntry("message-stored-total", 1.0);
        }
    }

    /** A reporter that an application names. */
    public static final class Collecting implements MetricsReporter {
        private static final Queue<KafkaMetric> SEEN = new ConcurrentLinkedQueue<>();
        private static final Queue<String> CLOSED = new ConcurrentLinkedQueue<>();

        @Override
        public void init(List<KafkaMetric> metrics) {
            metrics.forEach(this::metricChange);
        }

        @Override
        public void metricChange(KafkaMetric metric) {
            SEEN.add(metric);
        }

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {
            CLOSED.add("closed");
        }

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    @Test
    void reportsToTheReportersOfTheProducerInsteadOfJmx() throws JMException {
        Map<String, String> named =
                Map.of("client.id", "reported", "producer.metric.reporters", Collecting.class.getName());
        try (Publisher publisher = start(named)) {
            publisher.publish(LINES, null, "v").join();

            Map<String, Object> lines = Collecting.SEEN.stream()
                    .filter(metric -> "lines".equals(metric.metricName().tags().get("topic")))
                    .collect(toMap(metric -> metric.metricName().name(), KafkaMetric::metricValue));
            assertThat(lines).hasSize(11).containsEntry("message-stored-total", 1.0);
            assertThat(Collecting.SEEN.stream()
                            .map(metric -> metric.metricName().group())
                            .collect(Collectors.toSet()))
                    .contains(PublisherMetrics.GROUP);
            assertThat(beans("client-id=reported,*")).isEmpty();
            assertThat(Collecting.CLOSED).isEmpty();
        }
        assertThat(Collecting.CLOSED).hasSize(1);
    }

    @Test
    void reportsToNobodyWhereNoReporterIsWanted() throws JMException {
        try (Publisher publisher = start(Map.of("client.id", "quiet", "producer.metric.reporters", ""))) {
            publisher.publish(LINES, null, "v").join();

            assertThat(beans("client-id=quiet,*")).isEmpty();
        }
    }

    private Publisher start(Map<String, String> more, Topic<?, ?>... topics) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("bootstrap.servers", "127.0.0.1:1");
        keys.put("topics.lines.value.serializer", "text");
        return Kurier.builder()
                .set(keys)
                .topics(LINES)
                .topics(topics)
                .transport(config -> transport)
                .start();
    }

    private static Set<ObjectName> beans(String pattern) throws JMException {
        return JMX.queryNames(new ObjectName("kurier:type=publisher-topic-metrics," + pattern), null);
    }

    private static Map<String, Double> attributes(String properties) throws JMException {
        ObjectName bean = new ObjectName("kurier:type=publisher-topic-metrics," + properties);
        Map<String, Double> values = new HashMap<>();
        for (MBeanAttributeInfo attribute : JMX.getMBeanInfo(bean).getAttributes()) {
            values.put(attribute.getName(), read(bean, attribute.getName()));
        }
        return values;
    }

    private static double read(ObjectName bean, String attribute) {
        try {
            return (double) JMX.getAttribute(bean, attribute);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    private static void settle(CompletableFuture<Receipt> future) {
        assertThat(future.handle((receipt, failure) -> failure).join()).isInstanceOf(PublishException.class);
    }
}
