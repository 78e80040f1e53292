// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;

/** One of the metrics that a producer keeps of itself, found once and then read. */
final class ProducerMetric {
    private static final String GROUP = "producer-metrics";

    private ProducerMetric() {}

    static Metric of(Producer<?, ?> producer, String name) {
        return producer.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name)
                        && entry.getKey().group().equals(GROUP))
                .findFirst()
                .orElseThrow(() -> new LinkageError("Kafka's producer has no metric " + name + " any more"))
                .getValue();
    }
}
