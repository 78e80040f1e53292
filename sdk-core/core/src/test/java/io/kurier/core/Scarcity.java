// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Why Kafka's client has no room: the two states in which {@code publish} waits and {@code tryPublish} refuses. */
enum Scarcity {
    /** The buffer holds what a broker that has gone will not take. */
    FULL_BUFFER("allocate") {
        @Override
        Publisher start(Map<String, String> more) {
            try (LocalBroker broker = LocalBroker.start()) {
                Map<String, String> config = config(broker.bootstrapServers(), more);
                config.put("topics.management", "create");
                config.put("producer.buffer.memory", "16384");
                config.put("producer.batch.size", "4096");
                config.put(
                        "producer.metadata.recovery.strategy", "none"); // else a client forgets the topic after a while
                Publisher publisher = Kurier.start(config, TOPIC);
                broker.close();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> publisher
                                .tryPublish(TOPIC, "k", "x".repeat(1_000))
                                .isCompletedExceptionally());
                return publisher;
            }
        }
    },

    /** The only broker accepts connections and never answers. */
    NO_METADATA("no broker has answered yet at ") {
        @Override
        Publisher start(Map<String, String> more) {
            Map<String, String> config = config("127.0.0.1:" + Silent.SOCKET.getLocalPort(), more);
            config.put("topics.management", "off");
            return Kurier.start(config, TOPIC);
        }
    };

    static final Topic<String, String> TOPIC = Topic.of("scarce", String.class, String.class);

    private final String missing;

    Scarcity(String missing) {
        this.missing = missing;
    }

    /** A publisher that has no room and will not get any. */
    abstract Publisher start(Map<String, String> more);

    /** A word that a refusal must say. */
    String missing() {
        return missing;
    }

    private static Map<String, String> config(String bootstrapServers, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(more);
        config.put("bootstrap.servers", bootstrapServers);
        config.put("topics", TOPIC.alias());
        config.put("topics.scarce.value.serializer", "text");
        return config;
    }

    /** The system completes connections to it, and nobody reads from them. Open as long as the JVM lives. */
    private static final class Silent {
        static final ServerSocket SOCKET = open();

        private static ServerSocket open() {
            try {
                return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
