// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What these tests do with a broker, by plain Kafka clients. */
final class Clients {
    private static final int SECONDS = 30;

    private Clients() {}

    static void createTopic(LocalBroker broker, String topic) {
        createTopic(broker.clientProperties(), topic);
    }

    static void createTopic(Map<String, String> client, String topic) {
        try (ClusterAdmin admin = ClusterAdmin.connect(client)) {
            admin.createTopic(topic, 1);
        }
    }

    static Set<String> topics(LocalBroker broker) throws ExecutionException, InterruptedException, TimeoutException {
        return topics(broker.clientProperties());
    }

    static Set<String> topics(Map<String, String> client)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.copyOf(client))) {
            return admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    static String clusterId(LocalBroker broker) throws ExecutionException, InterruptedException, TimeoutException {
        return clusterId(broker.clientProperties());
    }

    static String clusterId(Map<String, String> client)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.copyOf(client))) {
            return admin.describeCluster().clusterId().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    static void produce(LocalBroker broker, String topic, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        produce(broker.clientProperties(), topic, value);
    }

    static void produce(Map<String, String> client, String topic, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (KafkaProducer<String, String> producer = producer(client)) {
            send(producer, topic, value);
        }
    }

    /** Idempotent, as Kafka's producers are unless they are told otherwise. */
    static KafkaProducer<String, String> producer(Map<String, String> client) {
        Map<String, Object> settings = new HashMap<>(client);
        // else closing a producer that is not let in again takes two minutes
        settings.putIfAbsent("request.timeout.ms", SECONDS * 500);
        settings.put("delivery.timeout.ms", SECONDS * 1000);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    static void send(KafkaProducer<String, String> producer, String topic, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        producer.send(new ProducerRecord<>(topic, value)).get(SECONDS, TimeUnit.SECONDS);
    }

    /** Reads with a consumer group, so that the group coordinator is part of the test. */
    static List<String> consume(LocalBroker broker, String topic, int count) {
        return consume(broker.clientProperties(), topic, count);
    }

    static List<String> consume(Map<String, String> client, String topic, int count) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("group.id", "readers");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
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
}
