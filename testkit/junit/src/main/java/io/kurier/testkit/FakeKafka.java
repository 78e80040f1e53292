// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.internal.config.Arguments;
import io.kurier.core.internal.search.DeliveryTracker;
import io.kurier.core.transport.TopicManagement;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportConfig;
import io.kurier.core.transport.TransportFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a Kafka cluster, so that a unit test runs a real {@link Publisher} without a broker. Everything in front of
 * Kafka's producer is real: configuration, plugins, serializers, guards, partitioners, futures. Published records can
 * be read, and {@link #topic(String)} simulates faults.
 *
 * <pre>{@code
 * FakeKafka kafka = new FakeKafka();
 * try (Publisher publisher = kafka.start(Map.of("topics.orders.value.serializer", "json"), ORDERS)) {
 *     publisher.publish(ORDERS, "C-7", order).join();
 * }
 * assertThat(kafka.records(ORDERS)).hasSize(1);
 * }</pre>
 *
 * <p>A record is in the log when {@code publish} returns. A broker takes longer, so a test that may later run on one
 * must wait for the future. Every declared topic exists, with its declared number of partitions or else one. Connection
 * keys are not used; interceptors and metrics reporters of the producer are not created.
 *
 * <p>Several publishers may share a fake, and its topics remain when they are closed. The fake itself needs no closing.
 * Safe for use by any number of threads.
 */
public final class FakeKafka implements TransportFactory {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String REPORTERS = "producer.metric.reporters";

    private final Object lock = new Object();
    private final Map<String, FakeTopic> topics = new TreeMap<>();
    private final Map<String, Set<String>> namesByAlias = new HashMap<>();
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private int producers;

    /** Creates a cluster without topics and without faults. */
    public FakeKafka() {}

    /**
     * Starts a publisher on this fake.
     *
     * @param config keys as in {@code kurier.properties}; {@code bootstrap.servers} may be missing, and without
     *     {@code producer.metric.reporters} no metrics are reported, since JMX takes a third of the time of a JVM's
     *     first start
     * @param declared the topics that code uses
     * @return the publisher, to be closed by the caller
     * @throws StartException with everything that is wrong
     */
    public Publisher start(Map<String, String> config, Topic<?, ?>... declared) {
        Arguments.checkKeys("config", config);
        Map<String, String> keys = new TreeMap<>(config);
        keys.putIfAbsent(BOOTSTRAP, "fake:9092");
        keys.putIfAbsent(REPORTERS, "");
        return Kurier.builder().set(keys).topics(declared).transport(this).start();
    }

    /**
     * Connects a publisher that starts; called by the publisher.
     *
     * @throws StartException if a topic is declared with another number of partitions than it has
     */
    @Override
    public Transport connect(TransportConfig config) {
        Objects.requireNonNull(config, "config");
        synchronized (lock) {
            List<String> differences = new ArrayList<>();
            config.topics().forEach(topic -> declare(topic, config, differences));
            if (!differences.isEmpty()) {
                throw new StartException(differences, null);
            }
            ProducerSettings settings = ProducerSettings.of(config.producerKeys());
            producers++;
            Map<String, DeliveryTracker> trails = new HashMap<>();
            config.topics().stream()
                    .filter(TransportConfig.Topic::recordId)
                    .forEach(topic -> trails.put(
                            topic.name(),
                            new DeliveryTracker(
                                    topic.name(), named(topic.name()).log().id(), Map.of())));
            List<String> names =
                    config.topics().stream().map(TransportConfig.Topic::name).toList();
            return FakeTransport.open(
                    lock, this::named, settings, coordinator, trails, names, "fake-kafka-io-" + producers);
        }
    }

    private void declare(TransportConfig.Topic declared, TransportConfig config, List<String> differences) {
        namesByAlias.computeIfAbsent(declared.alias(), added -> new TreeSet<>()).add(declared.name());
        FakeTopic topic = named(declared.name());
        topic.configure(declared);
        FakeLog log = topic.log();
        Integer partitions = declared.partitions();
        if (!log.isFixed()) {
            log.partitions(partitions == null ? 1 : partitions);
        } else if (partitions != null && partitions != log.partitions() && config.management() != TopicManagement.OFF) {
            if (partitions > log.partitions()
                    && declared.partitionsIncrease()
                    && config.management() == TopicManagement.CREATE) {
                log.partitions(partitions);
            } else {
                differences.add(config.described("topics." + declared.alias() + ".partitions") + ": declared "
                        + partitions + ", actual " + log.partitions() + " in the topic " + declared.name()
                        + " of the fake. Change the declaration, or what the test or an earlier publisher said.");
            }
        }
    }

    private FakeTopic named(String name) {
        return topics.computeIfAbsent(name, added -> new FakeTopic(added, lock));
    }

    /**
     * Sets the number of a topic's partitions before a publisher starts, or adds partitions afterwards, as an operator
     * would.
     *
     * @param topic its physical name
     * @param count the new number of partitions
     * @return this fake
     * @throws IllegalArgumentException if it has more already
     */
    public FakeKafka partitions(String topic, int count) {
        Objects.requireNonNull(topic, "topic");
        synchronized (lock) {
            named(topic).log().partitions(count);
        }
        return this;
    }

    /**
     * Simulates another process that takes a transactional id, {@code <application.id>-<publisher.name>-<n>}: its owner
     * is fenced, and what the owner's transaction published never gets into the log.
     */
    public FakeKafka fence(String transactionalId) {
        Objects.requireNonNull(transactionalId, "transactionalId");
        synchronized (lock) {
            int unused = coordinator.open(transactionalId);
        }
        return this;
    }

    /**
     * Makes the next commits of transactions fail with an exception of Kafka's producer; they store nothing. The
     * publisher's reaction depends on the error: it retries the commit if the error is retriable, and otherwise aborts
     * or gives up.
     */
    public FakeKafka failCommits(int commits, RuntimeException failure) {
        Objects.requireNonNull(failure, "failure");
        synchronized (lock) {
            coordinator.failCommits(commits, failure);
        }
        return this;
    }

    /** Returns a topic by its physical name, to simulate faults on it; may be called before a publisher starts. */
    public FakeTopic topic(String name) {
        Objects.requireNonNull(name, "name");
        synchronized (lock) {
            return named(name);
        }
    }

    /**
     * Returns a topic by its declaration in code, to simulate faults on it.
     *
     * @throws IllegalStateException if no publisher that declares it has been started, or several that give it different
     *     physical names
     */
    public FakeTopic topic(Topic<?, ?> topic) {
        Objects.requireNonNull(topic, "topic");
        synchronized (lock) {
            return named(nameOf(topic));
        }
    }

    private String nameOf(Topic<?, ?> topic) {
        Set<String> names = namesByAlias.getOrDefault(topic.alias(), Set.of());
        if (names.size() != 1) {
            throw new IllegalStateException(
                    names.isEmpty()
                            ? "no publisher that declares the topic " + topic.alias()
                                    + " has been started on this fake; start it before, or use the physical name"
                            : "publishers on this fake give the topic " + topic.alias() + " the names " + names
                                    + "; use one of them");
        }
        return names.iterator().next();
    }

    /**
     * Returns the records in the log of a topic as bytes, ordered by partition and offset.
     *
     * @param topic its physical name
     * @throws AssertionError if there is no such topic
     */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Objects.requireNonNull(topic, "topic");
        synchronized (lock) {
            FakeTopic found = topics.get(topic);
            if (found == null) {
                throw new AssertionError(
                        "there is no topic " + topic + " to read from; this fake has " + topics.keySet());
            }
            return found.log().read();
        }
    }

    /** Returns {@link #records(String)} of a topic by its declaration in code, found as by {@link #topic(Topic)}. */
    public List<ConsumerRecord<byte[], byte[]>> records(Topic<?, ?> topic) {
        Objects.requireNonNull(topic, "topic");
        synchronized (lock) {
            return records(nameOf(topic));
        }
    }

    /**
     * Returns the records in the log of a topic, ordered by partition and offset, as {@link TestTopics#readAll} does.
     *
     * @param topic its physical name
     * @param keys reads the keys; closed by this method
     * @param values reads the values; closed by this method
     * @throws AssertionError if there is no such topic
     */
    public <K, V> List<ConsumerRecord<K, V>> records(String topic, Deserializer<K> keys, Deserializer<V> values) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(values, "values");
        try (keys;
                values) {
            return records(topic).stream()
                    .map(record -> decode(record, keys, values))
                    .toList();
        }
    }

    /** Returns {@link #records(String, Deserializer, Deserializer)} of a topic by its declaration in code. */
    public <K, V> List<ConsumerRecord<K, V>> records(Topic<K, V> topic, Deserializer<K> keys, Deserializer<V> values) {
        Objects.requireNonNull(topic, "topic");
        String name;
        synchronized (lock) {
            name = nameOf(topic);
        }
        return records(name, keys, values);
    }

    private static <K, V> ConsumerRecord<K, V> decode(
            ConsumerRecord<byte[], byte[]> record, Deserializer<K> keys, Deserializer<V> values) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                decode(record.topic(), record.headers(), record.key(), keys),
                decode(record.topic(), record.headers(), record.value(), values),
                record.headers(),
                record.leaderEpoch());
    }

    private static <T> @Nullable T decode(
            String topic, Headers headers, byte @Nullable [] bytes, Deserializer<T> deserializer) {
        return bytes == null ? null : deserializer.deserialize(topic, headers, bytes);
    }
}
