// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.spi.Instrumentation;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reporters of an instrumentation get the metrics of the publisher and of each of its producers. */
@Timeout(120)
class InstrumentationOnKafkaTest {
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final Collecting collecting = new Collecting();

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    private static final class Collecting implements Instrumentation {
        private final Set<KafkaMetric> metrics = ConcurrentHashMap.newKeySet();
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public MetricsReporter metricsReporter() {
            made.incrementAndGet();
            return new MetricsReporter() {
                @Override
                public void init(List<KafkaMetric> all) {
                    metrics.addAll(all);
                }

                @Override
                public void metricChange(KafkaMetric metric) {
                    metrics.add(metric);
                }

                @Override
                public void metricRemoval(KafkaMetric metric) {
                    metrics.remove(metric);
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }

                @Override
                public void configure(Map<String, ?> keys) {}
            };
        }

        private Set<String> groups() {
            return metrics.stream().map(metric -> metric.metricName().group()).collect(Collectors.toSet());
        }
    }

    @Test
    void getAllMetricsBesideJmx() throws JMException {
        try (Publisher publisher = start("beside-jmx", Map.of())) {
            publisher.publish(ORDERS, "k", "v").join();
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "w");
                        return null;
                    })
                    .join();
            assertThat(collecting.groups())
                    .contains(
                            "publisher-topic-metrics",
                            "producer-metrics",
                            "producer-topic-metrics",
                            "producer-node-metrics");
            assertThat(collecting.made).hasValue(3); // the publisher's, the producer's, the transactional producer's
            assertThat(beans("kurier:type=publisher-topic-metrics,client-id=beside-jmx,*"))
                    .isNotEmpty();
            assertThat(beans("kafka.producer:type=producer-metrics,client-id=beside-jmx"))
                    .isNotEmpty();
        }
        assertThat(collecting.closed).hasValue(3);
        assertThat(beans("kurier:type=publisher-topic-metrics,client-id=beside-jmx,*"))
                .isEmpty();
    }

    @Test
    void getAllMetricsWhereNoOtherReporterIsWanted() throws JMException {
        try (Publisher publisher = start("no-jmx", Map.of("producer.metric.reporters", ""))) {
            publisher.publish(ORDERS, "k", "v").join();
            assertThat(collecting.groups()).contains("publisher-topic-metrics", "producer-metrics");
            assertThat(beans("kurier:type=publisher-topic-metrics,client-id=no-jmx,*"))
                    .isEmpty();
            assertThat(beans("kafka.producer:type=producer-metrics,client-id=no-jmx"))
                    .isEmpty();
        }
    }

    private Publisher start(String clientId, Map<String, String> more) {
        return Kurier.builder()
                .set("bootstrap.servers", BROKER.bootstrapServers())
                .set("client.id", clientId)
                .set("application.id", clientId)
                .set("topics.management", "create")
                .set("topics.orders.value.serializer", "text")
                .set(more)
                .topics(ORDERS)
                .instrumentation(collecting)
                .start();
    }

    private static Set<ObjectName> beans(String pattern) throws JMException {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName(pattern), null);
    }
}
