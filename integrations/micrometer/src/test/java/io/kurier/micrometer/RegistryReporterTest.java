// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.Test;

/** The meters that read the metrics of Kafka's clients. */
class RegistryReporterTest {
    private static final Map<String, String> CLIENT = Map.of("client-id", "shop");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerInstrumentation instrumentation = new MicrometerInstrumentation(registry, Tags.empty(), 2);

    @Test
    void givesMetersTheNamesOfMicrometersOwnBinder() {
        try (Metrics client = client()) {
            add(client, "producer-metrics", "record-send-total", CLIENT, 7);
            add(client, "producer-metrics", "batch-size-avg", CLIENT, 8);
            add(client, "producer-node-metrics", "request-total", Map.of("client-id", "shop", "node-id", "node-1"), 9);
            add(client, "producer-topic-metrics", "byte-total", Map.of("client-id", "shop", "topic", "orders"), 10);

            assertThat(registry.get("kafka.producer.record.send.total")
                            .tags("client.id", "shop")
                            .functionCounter()
                            .count())
                    .isEqualTo(7);
            assertThat(registry.get("kafka.producer.batch.size.avg").gauge().value())
                    .isEqualTo(8);
            assertThat(registry.get("kafka.producer.node.request.total")
                            .tags("client.id", "shop", "node.id", "node-1")
                            .functionCounter()
                            .count())
                    .isEqualTo(9);
            assertThat(registry.get("kafka.producer.topic.byte.total")
                            .tags("client.id", "shop", "topic", "orders")
                            .functionCounter()
                            .count())
                    .isEqualTo(10);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void hasNoMetersOfPartitionsOfVersionsAndOfTopicsBeyondTheMost() {
        try (Metrics client = client()) {
            add(client, "producer-topic-metrics", "byte-total", Map.of("topic", "a", "partition", "0"), 1);
            add(client, "app-info", "version", CLIENT, 1);
            for (String topic : new String[] {"a", "b", "c"}) {
                add(client, "producer-topic-metrics", "byte-total", Map.of("topic", topic), 1);
            }
            assertThat(registry.getMeters())
                    .extracting(meter -> meter.getId().getTag("topic"))
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void theNewerOfTwoClientsWithTheSameIdKeepsItsMeters() {
        Metrics older = client();
        MetricName name = add(older, "producer-metrics", "record-send-total", CLIENT, 100);
        add(older, "producer-metrics", "only-old-total", CLIENT, 1);
        Metrics newer = client();
        add(newer, "producer-metrics", "record-send-total", CLIENT, 5);
        assertThat(counter()).isEqualTo(5);

        older.removeMetric(name);
        add(older, "producer-metrics", "record-send-total", CLIENT, 101);
        assertThat(counter()).isEqualTo(5);

        older.close();
        assertThat(counter()).isEqualTo(5);
        assertThat(registry.find("kafka.producer.only.old.total").meter()).isNull();

        newer.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void theOlderOneIsReadAgainWhereTheNewerEndsFirst() {
        Metrics older = client();
        add(older, "producer-metrics", "record-send-total", CLIENT, 100);
        Metrics newer = client();
        add(newer, "producer-metrics", "record-send-total", CLIENT, 5);
        newer.close();
        assertThat(counter()).isEqualTo(100);
        older.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void isNotANumberWhereAMetricIsNone() {
        try (Metrics client = client()) {
            client.addMetric(
                    name(client, "producer-metrics", "state", CLIENT), (Gauge<String>) (config, now) -> "running");
            client.addMetric(name(client, "producer-metrics", "broken", CLIENT), (Gauge<Long>) (config, now) -> {
                throw new IllegalStateException("broken");
            });
            assertThat(registry.get("kafka.producer.state").gauge().value()).isNaN();
            assertThat(registry.get("kafka.producer.broken").gauge().value()).isNaN();
        }
    }

    private double counter() {
        return registry.get("kafka.producer.record.send.total")
                .functionCounter()
                .count();
    }

    private Metrics client() {
        Metrics metrics = new Metrics();
        metrics.addReporter(instrumentation.metricsReporter());
        return metrics;
    }

    private static MetricName add(Metrics client, String group, String name, Map<String, String> tags, long value) {
        AtomicLong current = new AtomicLong(value);
        MetricName added = name(client, group, name, tags);
        client.addMetric(added, (Gauge<Long>) (config, now) -> current.get());
        return added;
    }

    private static MetricName name(Metrics client, String group, String name, Map<String, String> tags) {
        return client.metricName(name, group, "of a test", tags);
    }
}
