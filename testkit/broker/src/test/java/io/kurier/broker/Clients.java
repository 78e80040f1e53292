// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What these tests do with a broker, by plain Kafka clients. */
final class Clients {
    private static final int SECONDS = 30;

    private Clients() {}

    static void createTopic(LocalBroker broker, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(settings(broker))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    static Set<String> topics(LocalBroker broker) throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(settings(broker))) {
            return admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    static String clusterId(LocalBroker broker) throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(settings(broker))) {
            return admin.describeCluster().clusterId().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    static void produce(LocalBroker broker, String topic, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings(broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Reads with a consumer group, so that the group coordinator is part of the test. */
    static List<String> consume(LocalBroker broker, String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "group.id", "readers", "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private static Map<String, Object> settings(LocalBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
