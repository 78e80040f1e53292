// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The families of keys whose names Kafka defines: the prefix of the producer's keys, and the connection keys without
 * prefix.
 */
final class Keys {
    /** The key for the name of Kafka's clients, a family of one key. */
    static final String CLIENT_ID = "client.id";

    /** The prefix of the keys of Kafka's producer. */
    static final String PRODUCER_PREFIX = "producer.";

    private static final List<String> CONNECTION_PREFIXES = List.of("security.", "ssl.", "sasl.");

    private Keys() {}

    /** Returns whether a key configures the connection, known to Kafka or not; Kurier's own keys do not. */
    static boolean isConnectionKey(String key) {
        return key.equals(CLIENT_ID)
                || (CONNECTION_PREFIXES.stream().anyMatch(key::startsWith)
                        && !PublisherKeys.KEYS.names().contains(key));
    }

    /**
     * Returns whether a new value of the key is used by a rotation of credentials: the addresses of brokers, keys of
     * their security, and the config providers that such values come from.
     */
    static boolean isRotated(String key) {
        return key.equals(PublisherKeys.BOOTSTRAP)
                || (isConnectionKey(key) && !key.equals(CLIENT_ID))
                || (key + ".").startsWith(PublisherKeys.PROVIDER_PREFIX);
    }

    /** Returns the keys that configure the connection, and that producer and admin client both know. */
    static Set<String> connectionKeys() {
        Set<String> keys = new TreeSet<>(AdminClientConfig.configNames());
        keys.retainAll(ProducerConfig.configNames());
        keys.removeIf(key -> !isConnectionKey(key));
        return keys;
    }

    /** Returns a key without the producer's prefix, if it has that. */
    static String withoutProducer(String key) {
        return key.startsWith(PRODUCER_PREFIX) ? key.substring(PRODUCER_PREFIX.length()) : key;
    }
}
