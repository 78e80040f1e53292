// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Publisher;
import io.kurier.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The names and texts of Kafka's producer that {@code io.kurier.core.internal.kafka} relies on and no interface
 * guarantees: a version that changes one of them fails here, under its name.
 */
class KafkaNamesTest {
    private static final Topic<String, String> ORDERS = Topic.of("names", String.class, String.class);

    private static KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(Cluster.connection());
        config.putAll(more);
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"record-retry-total", "buffer-available-bytes", "buffer-total-bytes", "metadata-age"})
    void theProducerHasAMetricOfNumbersNamed(String name) {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            assertThat(producer.metrics()).anySatisfy((metric, value) -> {
                assertThat(metric.group()).isEqualTo("producer-metrics");
                assertThat(metric.name()).isEqualTo(name);
                assertThat(value.metricValue()).isInstanceOf(Double.class);
            });
        }
    }

    @Test
    void theThreadThatSendsIsNamedAfterTheClient() {
        String client = Cluster.unusedName("client");
        try (KafkaProducer<String, String> producer = producer(Map.of(ProducerConfig.CLIENT_ID_CONFIG, client))) {
            assertThat(producer.metrics()).isNotEmpty();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains("kafka-producer-network-thread | " + client);
        }
    }

    @Test
    void aSoundRecordBesideAnInvalidOneFailsWithAPlainExceptionThatSpeaksOfInvalidRecords() {
        Map<String, String> config = Cluster.config(ORDERS);
        config.put("topics.names.config.cleanup.policy", "compact");
        String topic = Cluster.name(config, ORDERS);
        try (Publisher publisher = Cluster.start(config, ORDERS);
                KafkaProducer<String, String> producer = producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 1_000))) {
            assertThat(publisher.flush()).as("only the topic is needed of it").succeedsWithin(Duration.ofSeconds(10));
            List<Future<RecordMetadata>> sent = List.of(
                    producer.send(new ProducerRecord<>(topic, "k", "sound")),
                    producer.send(new ProducerRecord<>(topic, null, "no key")));

            assertThat(failure(sent.get(0)).getClass()).isEqualTo(KafkaException.class);
            assertThat(failure(sent.get(0))).hasMessageContaining("invalid records");
            assertThat(failure(sent.get(1)).getClass()).isEqualTo(InvalidRecordException.class);
        }
    }

    private static Throwable failure(Future<RecordMetadata> sent) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, sent::get);
        assertThat(failure).as("it must not be stored").isNotNull();
        return requireNonNull(failure.getCause());
    }
}
