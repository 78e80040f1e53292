// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.broker.proxy.FaultProxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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

    @Override
    public void close() {
        broker.close();
        proxy.close();
    }
}
