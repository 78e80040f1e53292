// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.waits;

import io.kurier.Outcome;
import io.kurier.Publisher;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A publisher whose producer currently accepts nothing.
 *
 * @param name the fault
 * @param publisher a started publisher
 * @param held the resource that maintains the fault, closed at the end
 */
record Scenario(String name, Publisher publisher, AutoCloseable held) implements AutoCloseable {

    private static final int MOST_FILLING = 1_000_000;

    /** No process listens: the port is bound, so that no other process can take it, and refuses connections. */
    static Scenario closedPort() throws IOException {
        Socket bound = new Socket();
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new Scenario("the broker's port is closed", withoutManagement(bound.getLocalPort()), bound);
    }

    /** Connections are accepted and no request is answered, so that the topic's metadata never arrive. */
    static Scenario coldMetadata() throws IOException {
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new Scenario("the topic's metadata are missing", withoutManagement(silent.getLocalPort()), silent);
    }

    /** A record was stored, then the broker went away, and the buffer holds as much as it can. */
    static Scenario fullBuffer() {
        Publisher publisher;
        try (LocalBroker broker = LocalBroker.start()) {
            try (Topics topics = new Topics(broker.bootstrapServers())) {
                topics.create(List.of(Calls.TOPIC.alias()));
            }
            publisher = Kurier.start(
                    settings(broker.bootstrapServers(), Map.of("producer.buffer.memory", "1048576")), Calls.TOPIC);
            publisher.publish(Calls.TOPIC, null, new byte[0]).join();
        }
        byte[] value = new byte[10_000];
        for (int i = 0; i < MOST_FILLING; i++) {
            if (Calls.outcome(publisher.tryPublish(Calls.TOPIC, null, value)) == Outcome.REJECTED) {
                return new Scenario("the buffer is full", publisher, () -> {});
            }
        }
        publisher.close(Duration.ZERO);
        throw new IllegalStateException("the buffer is not full after " + MOST_FILLING + " records");
    }

    private static Publisher withoutManagement(int port) {
        String bootstrap = InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
        return Kurier.start(settings(bootstrap, Map.of("topics.management", "off")), Calls.TOPIC);
    }

    private static Map<String, String> settings(String bootstrap, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(ProducerSettings.forKurier(bootstrap, Calls.TOPIC.alias()));
        settings.putAll(more);
        return settings;
    }

    /**
     * Discards the records in the buffer. The resource is closed first: an idempotent producer waits for the response
     * of a silent broker for its {@code request.timeout.ms}, and no close cuts that short.
     */
    @Override
    public void close() throws Exception {
        held.close();
        publisher.close(Duration.ZERO);
    }
}
