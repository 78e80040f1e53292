// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The broker of this cell, accessed without Kurier, and names that no other cell has used on it. */
final class Cluster {
    /** The version of the clients that must be on the class path. */
    static final String CLIENT = property("compatibility.client");

    /** The version of the broker. */
    static final String BROKER = property("compatibility.broker");

    static final String BOOTSTRAP_SERVERS = property("compatibility.bootstrap.servers");

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Map<String, Object> CONNECTION =
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, BOOTSTRAP_SERVERS);

    private Cluster() {}

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is missing: compatibility/run sets it");
        }
        return value;
    }

    /** Starts a relay between clients and the broker, which advertises it as the address of its second listener. */
    static Relay relay() {
        return Relay.start(
                Integer.parseInt(property("compatibility.relay.port")),
                Integer.parseInt(property("compatibility.relayed.port")));
    }

    /** Returns an unused name for a topic, an application or a group. */
    static String unusedName(String word) {
        return word + "-" + CLIENT.replace('.', '-') + "-" + NAMES.incrementAndGet();
    }

    /**
     * Returns keys that connect to the broker, with a topic of an unused name behind each alias, which the start
     * creates.
     */
    static Map<String, String> config(Topic<?, ?>... topics) {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", BOOTSTRAP_SERVERS);
        config.put("topics.management", "create");
        for (Topic<?, ?> topic : topics) {
            config.put("topics." + topic.alias() + ".name", unusedName(topic.alias()));
            config.put("topics." + topic.alias() + ".partitions", "1");
            config.put("topics." + topic.alias() + ".value.serializer", "text");
        }
        return config;
    }

    /** Returns the physical name of a topic in a configuration. */
    static String name(Map<String, String> config, Topic<?, ?> topic) {
        return config.getOrDefault("topics." + topic.alias() + ".name", topic.alias());
    }

    static Publisher start(Map<String, String> config, Topic<?, ?>... topics) {
        return Kurier.start(config, topics);
    }

    /** Returns all records of a topic that are there now, by partition. */
    static <K, V> List<ConsumerRecord<K, V>> records(String topic, Deserializer<K> keys, Deserializer<V> values) {
        return records(CONNECTION, topic, keys, values);
    }

    /** Returns the values in a topic of texts. */
    static List<String> values(String topic) {
        return records(topic, new StringDeserializer(), new StringDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    /**
     * Returns the values in a topic of texts that a {@code read_committed} consumer sees when no transaction is about
     * to end.
     */
    static List<String> committedValues(String topic) {
        Map<String, Object> config = new HashMap<>(CONNECTION);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (Admin admin = Admin.create(CONNECTION)) {
            ListTransactionsOptions ending = new ListTransactionsOptions()
                    .filterStates(List.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
            // A commit is confirmed before its markers are written; a read_committed consumer sees its records only
            // then.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> admin.listTransactions(ending).all().get().isEmpty());
        }
        return records(config, topic, new StringDeserializer(), new StringDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private static <K, V> List<ConsumerRecord<K, V>> records(
            Map<String, Object> config, String topic, Deserializer<K> keys, Deserializer<V> values) {
        List<ConsumerRecord<K, V>> records = new ArrayList<>();
        try (KafkaConsumer<K, V> consumer = new KafkaConsumer<>(config, keys, values)) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Returns the cluster's feature {@code transaction.version}, 0 if it has none. */
    static int transactionVersion() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(CONNECTION)) {
            FinalizedVersionRange range = admin.describeFeatures()
                    .featureMetadata()
                    .get()
                    .finalizedFeatures()
                    .get("transaction.version");
            return range == null ? 0 : range.maxVersionLevel();
        }
    }

    /** Returns whether the clients of this cell support transactions of version 2, which came with 4.0 (KIP-890). */
    static boolean clientHasReliableTransactions() {
        return !CLIENT.startsWith("3.");
    }

    static Map<String, Object> connection() {
        return CONNECTION;
    }
}
