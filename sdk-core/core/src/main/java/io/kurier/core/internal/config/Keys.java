// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The families of keys whose names Kafka defines: the prefix of the producer's, and which connection keys have none. */
final class Keys {
    /** The name that Kafka's clients have, which is a family of one. */
    static final String CLIENT_ID = "client.id";

    /** The prefix of the keys of Kafka's producer. */
    static final String PRODUCER_PREFIX = "producer.";

    private static final List<String> CONNECTION_PREFIXES = List.of("security.", "ssl.", "sasl.");

    private Keys() {}

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
