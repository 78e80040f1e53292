// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.config.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Creates topics for tests that share a broker, changes them, and reads their records.
 *
 * <p>Kafka confirms a change before its brokers know of it (KAFKA-15591). Each method here returns when the change is
 * in force, so that the next line of a test does not fail occasionally. {@link ClusterAdmin} does the same for ACLs,
 * and for brokers with logins.
 *
 * <p>Get one as a parameter of a test ({@link WithKafka}); JUnit closes it. Safe for use by any number of threads. A
 * call that takes longer than 30 seconds fails with an {@link AssertionError} that reports its progress in numbers; it
 * never shows keys or values.
 */
public final class TestTopics implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_PARTITIONS = 10_000;

    private final String bootstrapServers;
    private final Duration limit;
    private final ClusterAdmin cluster;

    private TestTopics(String bootstrapServers, Duration limit) {
        this.bootstrapServers = bootstrapServers;
        this.limit = limit;
        cluster = ClusterAdmin.connect(Map.of("bootstrap.servers", bootstrapServers), limit);
    }

    /** Returns topics on a broker that the caller has started. To be closed by the caller, before the broker. */
    public static TestTopics on(LocalBroker broker) {
        Objects.requireNonNull(broker, "broker");
        return within(broker, LIMIT);
    }

    static TestTopics within(LocalBroker broker, Duration limit) {
        return new TestTopics(broker.bootstrapServers(), limit);
    }

    /**
     * Returns a name that no other test has, for a topic that the tested code is to create itself.
     *
     * @param name the beginning of it, for readers of logs
     */
    public String unusedName(String name) {
        Objects.requireNonNull(name, "name");
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Calls {@link #create(String, int, Map)} without topic configs. */
    public String create(String name, int partitions) {
        return create(name, partitions, Map.of());
    }

    /**
     * Creates a topic that no other test has, and waits until all its partitions can be written to and read from.
     *
     * @param name the beginning of its name, for readers of logs
     * @param partitions the number of partitions, at least 1
     * @param config the topic's configs, such as {@code cleanup.policy}
     * @return the topic's full name
     */
    public String create(String name, int partitions, Map<String, String> config) {
        Arguments.checkKeys("config", config);
        checkPartitions(partitions);
        String topic = unusedName(name);
        NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(config);
        change("topic " + topic + " could not be created", () -> cluster.createTopics(List.of(wanted)));
        return topic;
    }

    /**
     * Adds partitions to a topic, and waits until all of them can be written to and read from.
     *
     * @param topic the topic's full name
     * @param partitions the new number of partitions
     */
    public void grow(String topic, int partitions) {
        checkTopic(topic);
        checkPartitions(partitions);
        change(
                "topic " + topic + " could not get " + partitions + " partitions",
                () -> cluster.createPartitions(topic, partitions));
    }

    /**
     * Sets some of a topic's configs, leaves the others unchanged, and waits until the broker has the new ones.
     *
     * @param topic the topic's full name
     * @param config new values by config name, such as {@code max.message.bytes}, each as Kafka writes it itself:
     *     {@code true}, not {@code TRUE}
     */
    public void alter(String topic, Map<String, String> config) {
        checkTopic(topic);
        Arguments.checkKeys("config", config);
        change("topic " + topic + " could not be altered", () -> cluster.alterTopic(topic, config));
    }

    /**
     * Deletes a topic, and waits until the broker no longer knows it.
     *
     * @param topic the topic's full name
     */
    public void delete(String topic) {
        checkTopic(topic);
        change("topic " + topic + " could not be deleted", () -> cluster.deleteTopic(topic));
    }

    private static void checkTopic(String topic) {
        if (Objects.requireNonNull(topic, "topic").isBlank()) {
            throw new IllegalArgumentException("topic: its name is blank");
        }
    }

    private static void checkPartitions(int partitions) {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partitions: " + partitions + "; a topic of a test has from 1 to " + MOST_PARTITIONS);
        }
    }

    private static void change(String failure, Runnable change) {
        try {
            change.run();
        } catch (KafkaException e) {
            throw new AssertionError(failure + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a whole topic as bytes.
     *
     * @see #readAll(String, Deserializer, Deserializer)
     */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        return readAll(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads all records that are in the topic at the time of the call. As for any {@code read_committed} consumer,
     * records of aborted and open transactions are left out, and so are the records behind the beginning of an open
     * transaction in its partition.
     *
     * @param topic the topic's full name
     * @param keys reads the keys; closed by this method
     * @param values reads the values; closed by this method
     * @return the records, ordered by partition and offset
     */
    public <K, V> List<ConsumerRecord<K, V>> readAll(String topic, Deserializer<K> keys, Deserializer<V> values) {
        checkTopic(topic);
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(values, "values");
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false);
        try (KafkaConsumer<K, V> consumer = new KafkaConsumer<>(settings, keys, values)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new AssertionError("there is no topic " + topic + " to read from");
            }
            awaitMarkers();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readUntil(ends, consumer);
        }
    }

    /**
     * Waits until transactions that have ended are marked as ended in all partitions, which the broker does after it
     * has confirmed the commit: until then a {@code read_committed} consumer does not see them.
     */
    private void awaitMarkers() {
        ListTransactionsOptions ending = new ListTransactionsOptions()
                .filterStates(List.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
        long deadline = System.nanoTime() + limit.toNanos();
        List<TransactionListing> open = new ArrayList<>();
        do {
            open.clear();
            Optional<Throwable> failed = failure(() -> open.addAll(
                    cluster.kafka().listTransactions(ending).all().get(limit.toMillis(), TimeUnit.MILLISECONDS)));
            if (failed.isPresent() && !(failed.get() instanceof TimeoutException)) { // the read reports more
                throw new AssertionError("the broker does not tell which transactions are ending", failed.get());
            }
        } while (!open.isEmpty() && System.nanoTime() < deadline);
    }

    private <K, V> List<ConsumerRecord<K, V>> readUntil(Map<TopicPartition, Long> ends, KafkaConsumer<K, V> consumer) {
        List<ConsumerRecord<K, V>> records = new ArrayList<>();
        Map<TopicPartition, Long> missing = new HashMap<>(ends);
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            // the position also passes offsets that are never delivered: aborted records, transaction markers,
            // compacted records
            missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (missing.isEmpty()) {
                break;
            }
            if (System.nanoTime() >= deadline) {
                throw new AssertionError(unfinished(missing, records.size(), consumer));
            }
            for (ConsumerRecord<K, V> record : consumer.poll(POLL)) {
                if (record.offset() < ends.getOrDefault(partition(record), 0L)) {
                    records.add(record);
                }
            }
        }
        records.sort(Comparator.<ConsumerRecord<K, V>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    private String unfinished(Map<TopicPartition, Long> missing, int count, KafkaConsumer<?, ?> consumer) {
        String places = missing.entrySet().stream()
                .map(end -> end.getKey() + " at offset " + consumer.position(end.getKey()) + " of " + end.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
        return "read " + count + " records in " + limit.toMillis() + " ms and did not come to the end of " + places;
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Closes the connection to the broker. The topics remain until the broker is closed. */
    @Override
    public void close() {
        cluster.close();
    }

    private interface Call {
        void run() throws ExecutionException, TimeoutException, InterruptedException;
    }

    /** Returns the call's exception; empty if it succeeded. */
    private static Optional<Throwable> failure(Call call) {
        try {
            call.run();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return Optional.of(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("the test's thread was interrupted while it waited for the broker", e);
    }
}
