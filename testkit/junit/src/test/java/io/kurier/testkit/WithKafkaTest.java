// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@WithKafka
class WithKafkaTest {
    private final LocalBroker constructors;

    WithKafkaTest(LocalBroker constructors) {
        this.constructors = constructors;
    }

    @Test
    void givesEveryParameterTheSameBroker(LocalBroker methods) {
        assertThat(methods).isSameAs(constructors);
    }

    @Test
    void givesEachTestTopicsOfItsOwn(TestTopics topics) {
        assertThat(topics.create("t", 1)).isNotEqualTo(topics.create("t", 1));
        assertThat(topics.readAll(topics.create("empty", 2))).isEmpty();
    }

    @Test
    void readsBackAllPartitions(LocalBroker broker, TestTopics topics) {
        String topic = topics.create("all", 3);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < 300; i++) {
                producer.send(new ProducerRecord<>(topic, i % 3, "k", "v" + i));
            }
        }

        List<ConsumerRecord<String, String>> records =
                topics.readAll(topic, new StringDeserializer(), new StringDeserializer());

        assertThat(records).hasSize(300);
        assertThat(records.stream().filter(record -> record.partition() == 1).map(ConsumerRecord::value))
                .startsWith("v1", "v4", "v7");
        assertThat(topics.readAll(topic).get(0).key()).isEqualTo("k".getBytes(UTF_8));
    }

    @Nested
    class InANestedClass {
        @Test
        void hasTheSameBroker(LocalBroker broker) {
            assertThat(broker).isSameAs(constructors);
        }
    }
}
