// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The words that users write: the keys at the top, the prefixes of others, and which of Kafka's keys have none. */
final class Keys {
    static final String BOOTSTRAP = "bootstrap.servers";
    static final String PROFILE = "profile";
    static final String START_MAX_WAIT = "start.max.wait.ms";
    static final String MAX_WAIT = "publish.max.wait.ms";
    static final String CLOSE_TIMEOUT = "close.timeout.ms";
    static final String CLOSE_AT_SHUTDOWN = "close.at.shutdown";
    static final String RESOLVE_TIMEOUT = "resolve.timeout.ms";
    static final String APPLICATION_ID = "application.id";
    static final String APPLICATION_INSTANCE_ID = "application.instance.id";
    static final String PUBLISHER_NAME = "publisher.name";
    static final String TRANSACTION_PRODUCERS = "transactions.producers";
    static final String TRANSACTION_TIMEOUT = "transactions.timeout.ms";
    static final String TRANSACTION_VERSION = "transactions.minimum.version";
    static final String MANAGEMENT = "topics.management";
    static final String TOPICS = "topics";
    static final String PLUGIN_PATH = "plugin.path";
    static final String PROVIDERS = "config.providers";

    /** What stands before a key of a provider. */
    static final String PROVIDER_PREFIX = PROVIDERS + ".";

    /** What stands before a key of Kafka's producer. */
    static final String PRODUCER_PREFIX = "producer.";

    static final String DEFAULT_PUBLISHER_NAME = "publisher";

    private static final String CLIENT_ID = "client.id";
    private static final List<String> CONNECTION_PREFIXES = List.of("security.", "ssl.", "sasl.");

    private Keys() {}

    /** The keys at the top that are Kurier's own, and the two of Kafka's that have no prefix of their own. */
    static List<String> atTheTop() {
        return List.of(
                BOOTSTRAP,
                CLIENT_ID,
                PROFILE,
                START_MAX_WAIT,
                MAX_WAIT,
                CLOSE_TIMEOUT,
                CLOSE_AT_SHUTDOWN,
                RESOLVE_TIMEOUT,
                APPLICATION_ID,
                APPLICATION_INSTANCE_ID,
                PUBLISHER_NAME,
                TRANSACTION_PRODUCERS,
                TRANSACTION_TIMEOUT,
                TRANSACTION_VERSION,
                MANAGEMENT,
                TOPICS,
                PLUGIN_PATH,
                PROVIDERS);
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
