// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Holds what core relies on beyond Kafka's documented interface against the kafka-clients of the build. */
class ClientAssumptionsTest {

    @Test
    void theProducerHasTheMetricsAndTheThread() {
        try (Producer<byte[], byte[]> producer =
                producer(Map.of("bootstrap.servers", "127.0.0.1:9", "buffer.memory", 4096))) {
            assertThat(ClientAssumptions.retries(producer).metricValue()).isEqualTo(0.0);
            assertThat(ClientAssumptions.totalBytes(producer).metricValue()).isEqualTo(4096.0);
            assertThat(ClientAssumptions.metadataAge(producer).metricValue()).isInstanceOf(Double.class);
            assertThat(ClientAssumptions.availableBytes(producer).metricValue()).isEqualTo(4096.0);
            assertThat(ClientAssumptions.connections(producer).metricValue())
                    .as("an attempt to connect counts too")
                    .isInstanceOf(Double.class);
            assertThat(ClientAssumptions.acceptedLogins(producer).metricValue()).isEqualTo(0.0);
            assertThat(ClientAssumptions.failedLogins(producer).metricValue()).isEqualTo(0.0);
            assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                    .contains(ClientAssumptions.ioThreadName(producer));
        }
    }

    @Test
    void theThreadHasTheConfiguredClientIdInItsName() {
        try (Producer<byte[], byte[]> producer =
                producer(Map.of("bootstrap.servers", "127.0.0.1:9", "client.id", "a b"))) {
            assertThat(ClientAssumptions.ioThreadName(producer)).endsWith("| a b");
            assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                    .contains(ClientAssumptions.ioThreadName(producer));
        }
    }

    @Test
    void aSoundRecordOfAnInvalidBatchIsToldByItsText() {
        assertThat(ClientAssumptions.isInvalidNeighbour(
                        new KafkaException("batch which had one more more invalid records")))
                .isTrue();
        assertThat(ClientAssumptions.isInvalidNeighbour(new KafkaException("Producer is closed forcefully.")))
                .isFalse();
        assertThat(ClientAssumptions.isInvalidNeighbour(new InvalidRecordException("invalid records")))
                .isFalse();
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
