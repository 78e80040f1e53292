// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker behind a proxy, and Kafka's clients on this side of it. */
final class Net implements AutoCloseable {
    static final int SECONDS = 30;

    final FaultProxy proxy;
    private final LocalBroker broker;

    Net(long seed) {
        proxy = FaultProxy.start(seed);
        broker = LocalBroker.builder().advertisedPort(proxy.port()).start();
        proxy.target(broker.port());
    }

    void createTopic(String name) {
        try (ClusterAdmin admin = ClusterAdmin.connect(Map.of("bootstrap.servers", proxy.address()))) {
            admin.createTopic(name, 1);
        }
    }

    /**
     * Idempotent, with as little patience as it can have and still be sure to try again.
     *
     * @param requestMs after which it gives a connection up
     * @param deliveryMs after which it gives a record up
     */
    KafkaProducer<String, String> producer(int requestMs, int deliveryMs) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", proxy.address());
        settings.put("linger.ms", 0);
        settings.put("request.timeout.ms", requestMs);
        settings.put("delivery.timeout.ms", deliveryMs);
        settings.put("retry.backoff.ms", 20);
        settings.put("retry.backoff.max.ms", 20);
        settings.put("reconnect.backoff.ms", 20);
        settings.put("reconnect.backoff.max.ms", 20);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    static void send(KafkaProducer<String, String> producer, String topic, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        producer.send(new ProducerRecord<>(topic, value)).get(SECONDS, TimeUnit.SECONDS);
    }

    /** All that the topic holds, asked through the proxy. */
    List<String> stored(String topic) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", proxy.address());
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    /** Reads with a consumer group, so that the coordinator is found through the proxy too. */
    List<String> readInAGroup(String topic, int count) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", proxy.address());
        settings.put("group.id", "readers-of-" + topic);
        settings.put("auto.offset.reset", "earliest");
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

    @Override
    public void close() {
        broker.close();
        proxy.close();
    }
}
