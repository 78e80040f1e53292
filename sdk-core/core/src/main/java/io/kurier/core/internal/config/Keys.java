// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The families of keys whose names Kafka has, or plugins and providers: their prefixes, and which of Kafka's have none. */
final class Keys {
    /** What stands before a key of a provider. */
    static final String PROVIDER_PREFIX = PublisherKeys.PROVIDERS + ".";

    /** What stands before a key of Kafka's producer. */
    static final String PRODUCER_PREFIX = "producer.";

    private static final String CLIENT_ID = "client.id";
    private static final List<String> CONNECTION_PREFIXES = List.of("security.", "ssl.", "sasl.");

    private Keys() {}

    /** Returns the keys without a prefix: Kurier's own, and the one of Kafka's whose family is itself. */
    static List<String> withoutPrefix() {
        List<String> keys = new ArrayList<>(PublisherKeys.KEYS.names());
        keys.add(CLIENT_ID);
        return keys;
    }

    /** Whether a key says how to connect, known to Kafka or not. */
    static boolean isConnectionKey(String key) {
        return key.equals(CLIENT_ID) || CONNECTION_PREFIXES.stream().anyMatch(key::startsWith);
    }

    /** The keys that say how to connect, and that producer and admin client both know. */
    static Set<String> connectionKeys() {
        Set<String> keys = new TreeSet<>(AdminClientConfig.configNames());
        keys.retainAll(ProducerConfig.configNames());
        keys.removeIf(key -> !isConnectionKey(key));
        return keys;
    }

    /** A key without the producer's prefix, if it has that. */
    static String withoutProducer(String key) {
        return key.startsWith(PRODUCER_PREFIX) ? key.substring(PRODUCER_PREFIX.length()) : key;
    }
}
