// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;

/**
 * Names and tags of the meters. Those of Kafka's metrics are the names that Micrometer's {@code KafkaClientMetrics} gives
 * them, so that dashboards for it show a publisher too.
 */
final class MeterNames {
    static final String CLIENT_ID = "client.id";
    static final String TOPIC = "topic";

    private static final String KURIERS_GROUP = "publisher-topic-metrics";

    /** Groups without numbers, or with numbers about the metrics themselves. */
    private static final Set<String> NO_METERS = Set.of("app-info", "kafka-metrics-count");

    /** The tags of Kurier's metrics that do not come from a plugin, as Kafka writes them. */
    private static final Set<String> KURIERS_TAGS = Set.of("client-id", TOPIC);

    private MeterNames() {}

    /** Returns whether a metric gets a meter; the number of partitions is no number of meters that a registry wants. */
    static boolean hasMeter(MetricName metric) {
        return !NO_METERS.contains(metric.group()) && !metric.tags().containsKey("partition");
    }

    static String of(MetricName metric) {
        String name = metric.group().equals(KURIERS_GROUP)
                ? "kurier." + metric.name()
                : "kafka." + metric.group() + "." + metric.name();
        return name.replace("-metrics", "").replace('-', '.');
    }

    /**
     * Returns the tags of a metric's meter. What a plugin adds, such as the hash of a hot key, has no bound, and is left
     * out; the meter then has the sum of the metrics that differ in nothing else.
     */
    static Tags tagsOf(MetricName metric) {
        boolean isKuriers = metric.group().equals(KURIERS_GROUP);
        List<Tag> tags = metric.tags().entrySet().stream()
                .filter(tag -> !isKuriers || KURIERS_TAGS.contains(tag.getKey()))
                .map(MeterNames::tag)
                .toList();
        return Tags.of(tags);
    }

    private static Tag tag(Map.Entry<String, String> tag) {
        return Tag.of(tag.getKey().replace('-', '.'), tag.getValue());
    }

    /** Returns whether a metric only grows while its client lives. */
    static boolean isCounter(MetricName metric) {
        return metric.name().endsWith("total");
    }
}
