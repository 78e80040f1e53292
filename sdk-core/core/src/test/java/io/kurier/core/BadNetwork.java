// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.broker.proxy.FaultProxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;

/** A broker of which clients hear only through a proxy, and publishers with short time-outs. */
final class BadNetwork implements AutoCloseable {
    static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    static final Topic<String, String> PICTURES = Topic.of("pictures", String.class, String.class);

    private final FaultProxy proxy = FaultProxy.start();
    private final LocalBroker broker =
            LocalBroker.builder().advertisedPort(proxy.port()).start();

    BadNetwork() {
        proxy.target(broker.port());
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** A publisher whose messages are given up after a second and a half. */
    Publisher publisher(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "bootstrap.servers",
                proxy.address(),
                "topics.management",
                "create",
                "topics.orders.partitions",
                "1",
                "topics.orders.record.id",
                "true",
                "topics.orders.value.serializer",
                "text",
                "topics.pictures.partitions",
                "1",
                "topics.pictures.record.id",
                "true",
                "topics.pictures.value.serializer",
                "chunks"));
        keys.putAll(Map.of(
                "producer.delivery.timeout.ms", "1500",
                "producer.request.timeout.ms", "500",
                "producer.retry.backoff.max.ms", "100",
                "producer.reconnect.backoff.max.ms", "100",
                "resolve.timeout.ms", "5000"));
        keys.putAll(more);
        return Kurier.start(keys, ORDERS, PICTURES);
    }

    /** All that is in a topic. */
    List<ConsumerRecord<String, String>> stored(Topic<String, String> topic) {
        return StoredRecords.of(proxy.address(), topic.alias(), 1);
    }

    List<String> committed(Topic<String, String> topic) {
        return StoredRecords.committed(proxy.address(), topic.alias());
    }

    /** Ends the broker, which does not come back. */
    void kill() {
        broker.close();
    }

    void delete(Topic<String, String> topic) throws Exception {
        try (Admin admin = admin()) {
            delete(admin, topic.alias());
        }
    }

    /** Deletes a topic and creates it again with one partition; waits until the broker speaks of the new one only. */
    void recreate(Topic<String, String> topic) throws Exception {
        String name = topic.alias();
        try (Admin admin = admin()) {
            Uuid first = id(admin, name);
            delete(admin, name);
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
            await().ignoreExceptionsMatching(BadNetwork::isNotYetKnown)
                    .until(() -> !id(admin, name).equals(first) && end(admin, name) == 0);
        }
    }

    private static void delete(Admin admin, String name) throws Exception {
        admin.deleteTopics(List.of(name)).all().get();
        await().until(() -> !admin.listTopics().names().get().contains(name));
    }

    private static boolean isNotYetKnown(Throwable failure) {
        return failure instanceof ExecutionException && failure.getCause() instanceof RetriableException;
    }

    private static Uuid id(Admin admin, String name) throws Exception {
        return requireNonNull(admin.describeTopics(List.of(name))
                        .allTopicNames()
                        .get()
                        .get(name))
                .topicId();
    }

    private static long end(Admin admin, String name) throws Exception {
        TopicPartition partition = new TopicPartition(name, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", proxy.address()));
    }

    @Override
    public void close() {
        broker.close();
        proxy.close();
    }
}
