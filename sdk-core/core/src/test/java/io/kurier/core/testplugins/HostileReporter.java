// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsContext;
import org.apache.kafka.common.metrics.MetricsReporter;

/** A reporter of metrics that fails where a test says. */
public final class HostileReporter implements MetricsReporter {
    /** Fails where a test says. */
    public HostileReporter() {
        Hostile.at("reporter constructor");
    }

    @Override
    public void configure(Map<String, ?> configs) {
        Hostile.at("reporter configure");
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        Hostile.at("reporter init");
    }

    @Override
    public void contextChange(MetricsContext context) {
        Hostile.at("reporter contextChange");
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        Hostile.at("reporter metricChange");
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        Hostile.at("reporter metricRemoval");
    }

    @Override
    public void close() {
        Hostile.at("reporter close");
    }

    /** A sound reporter, with a thread as those have that send. */
    public static final class Sending implements MetricsReporter {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void init(List<KafkaMetric> metrics) {
            Thread sending = new Thread(this::send, "reporter-that-sends");
            sending.setDaemon(true);
            sending.start();
        }

        private void send() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
