// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.clients;

import io.kurier.Topic;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The compared clients, each with a topic of its own, in the order of the report; the first is the baseline.
 *
 * @param <V> the type of values
 */
public final class Clients<V> implements AutoCloseable {
    private final List<Client<V>> all = new ArrayList<>();

    /** Creates an empty list. */
    public Clients() {}

    /**
     * Returns the three clients that send bytes without keys, by producers with the same settings
     * ({@link ProducerSettings}).
     *
     * @param topic the names of their topics, which are created, with {@code %s} for the client
     */
    public static Clients<byte[]> ofBytes(String bootstrap, Topics topics, String topic) {
        return ofBytes(bootstrap, topics, topic, false);
    }

    /**
     * Returns the three clients of {@link #ofBytes} with transactions, for which each has one producer and its topic's
     * name as transactional id.
     */
    public static Clients<byte[]> transactional(String bootstrap, Topics topics, String topic) {
        return ofBytes(bootstrap, topics, topic, true);
    }

    private static Clients<byte[]> ofBytes(String bootstrap, Topics topics, String topic, boolean transactional) {
        String raw = topic.formatted("raw");
        String spring = topic.formatted("spring");
        String kurier = topic.formatted("kurier");
        topics.create(List.of(raw, spring, kurier));
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, String> publisher = new HashMap<>(ProducerSettings.forKurier(bootstrap, kurier));
        if (transactional) {
            publisher.putAll(Map.of("application.id", kurier, "transactions.producers", "1"));
        }
        Clients<byte[]> clients = new Clients<>();
        clients.add(new KafkaClient<>(raw, producer(bootstrap, raw, transactional), bytes, bytes, value -> null));
        clients.add(
                new SpringClient<>(spring, producer(bootstrap, spring, transactional), bytes, bytes, value -> null));
        clients.add(new KurierClient<>(
                "Publisher", Topic.of(kurier, byte[].class, byte[].class), publisher, value -> null));
        return clients;
    }

    private static Map<String, Object> producer(String bootstrap, String topic, boolean transactional) {
        Map<String, Object> config = ProducerSettings.forKafka(bootstrap);
        if (transactional) {
            config.put("transactional.id", topic);
        }
        return config;
    }

    /** Returns a client that sends bytes without keys by {@code publishAll}, by a producer with the same settings. */
    public static Client<byte[]> inBulk(String bootstrap, Topics topics, String topic) {
        topics.create(List.of(topic));
        return new KurierBulkClient<>(
                Topic.of(topic, byte[].class, byte[].class),
                ProducerSettings.forKurier(bootstrap, topic),
                value -> null);
    }

    /** Adds a client behind the others. */
    public void add(Client<V> client) {
        all.add(client);
    }

    /** Returns all clients in the order of the report. */
    public List<Client<V>> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        all.forEach(Client::close);
    }
}
