// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this JVM, for tests and for trying things out without installing anything.
 *
 * <p>It is Kafka's own code, broker and controller in one node, so whatever a client sees of it is what Kafka does. It
 * listens on 127.0.0.1 only, without encryption or authentication. Topics are not made on first use; every replication
 * factor is 1. Any number of brokers can run in one JVM. Safe for use by any number of threads.
 *
 * <p>Some of Kafka's threads are not daemons: a JVM in which a broker is running does not end by itself. Nothing is
 * registered with {@code Runtime.addShutdownHook}; {@link #close()} may be called from a hook of the application.
 */
public final class LocalBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalBroker.class);

    /** More than Kafka allows itself, whose errors say more: see {@code server.max.startup.time.ms}. */
    private static final Duration START_LIMIT = Duration.ofSeconds(130);

    private final LoopbackSockets sockets;
    private final DataDirectory directory;
    private final KafkaNode node;
    private boolean closed;

    private LocalBroker(LoopbackSockets sockets, DataDirectory directory, KafkaNode node) {
        this.sockets = sockets;
        this.directory = directory;
        this.node = node;
    }

    /**
     * Starts a broker on a free port, with a temporary directory that is deleted when it is closed.
     *
     * @return a broker that clients can connect to
     * @throws BrokerStartException if it cannot be started
     */
    public static LocalBroker start() {
        return builder().start();
    }

    /** Begins the description of a broker that differs from that of {@link #start()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value for a client's {@code bootstrap.servers}: {@code 127.0.0.1:PORT}. */
    public String bootstrapServers() {
        return LoopbackSockets.HOST + ":" + port();
    }

    /** The port that clients connect to. */
    public int port() {
        return sockets.clientPort();
    }

    /** The directory that holds the data, with symbolic links resolved. */
    public Path directory() {
        return directory.path();
    }

    /**
     * Stops the broker, frees its port and its directory, and deletes the directory if it is temporary. It returns
     * within about half a minute, usually within half a second; afterwards no thread of it is left. A second call does
     * nothing, and one at the same time waits for the first. An interrupt neither ends nor skips it.
     *
     * @throws IllegalStateException if Kafka does not stop in that time, or not cleanly
     * @throws java.io.UncheckedIOException if a temporary directory cannot be deleted
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            release(sockets, directory, node);
            LOG.info("Broker {} is closed", bootstrapServers());
        }
    }

    @Override
    public String toString() {
        return "LocalBroker[" + bootstrapServers() + ", " + directory.path() + "]";
    }

    private static LocalBroker start(int port, @Nullable Path wanted, Map<String, String> properties) {
        try {
            return Apart.call("kurier-broker-start", START_LIMIT, () -> startHere(port, wanted, properties));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrokerStartException failure) {
                throw failure;
            }
            throw new BrokerStartException("the broker did not start: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new BrokerStartException(
                    "the broker did not come up; is the machine overloaded? It was given up: " + e.getMessage(), e);
        }
    }

    private static LocalBroker startHere(int port, @Nullable Path wanted, Map<String, String> properties) {
        LoopbackSockets sockets = LoopbackSockets.bind(port);
        DataDirectory directory = null;
        KafkaNode node = null;
        try {
            directory = DataDirectory.acquire(wanted);
            KafkaConfig config = BrokerConfig.of(properties, sockets, directory.path());
            directory.format(BrokerConfig.NODE_ID);
            node = new KafkaNode(config, sockets);
            node.start();
            LocalBroker broker = new LocalBroker(sockets, directory, node);
            LOG.info("Broker {} is ready, its data are in {}", broker.bootstrapServers(), broker.directory());
            return broker;
        } catch (Throwable e) {
            BrokerStartException failure = e instanceof BrokerStartException known
                    ? known
                    : new BrokerStartException(
                            "the broker on " + LoopbackSockets.HOST + ":" + sockets.clientPort() + " did not start: "
                                    + Objects.requireNonNullElse(e.getMessage(), e.toString()),
                            e);
            try {
                release(sockets, directory, node);
            } catch (RuntimeException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    private static void release(LoopbackSockets sockets, @Nullable DataDirectory directory, @Nullable KafkaNode node) {
        try (sockets) {
            // A directory in which Kafka may still be writing is neither unlocked nor deleted.
            if (node != null) {
                node.stop();
            }
            if (directory != null) {
                directory.release();
            }
        }
    }

    /** Describes a broker before it is started. For one thread; can be used for several brokers, one after another. */
    public static final class Builder {
        private final Map<String, String> properties = new HashMap<>();
        private int port;
        private @Nullable Path directory;

        private Builder() {}

        /**
         * Chooses the port.
         *
         * @param newPort 1 to 65535, or 0 for a free one, which is the default
         */
        public Builder port(int newPort) {
            if (newPort < 0 || newPort > 65_535) {
                throw new IllegalArgumentException("a port is 0 to 65535, not " + newPort);
            }
            port = newPort;
            return this;
        }

        /**
         * Keeps the data: a broker that is started later with the same directory has the same topics and records.
         *
         * @param newDirectory a directory that an earlier broker has used, or an empty one, or one to be made
         */
        public Builder directory(Path newDirectory) {
            directory = Objects.requireNonNull(newDirectory, "newDirectory");
            return this;
        }

        /**
         * Sets one of Kafka's broker properties. The listener for clients is called {@code CLIENT}, that of the
         * controller {@code CONTROLLER}. Kafka ignores names that it does not know.
         *
         * @param key the property's name
         * @param value its value, as in {@code server.properties}
         * @throws IllegalArgumentException if it is one that {@code LocalBroker} decides itself, such as {@code
         *     listeners} or {@code log.dirs}
         */
        public Builder property(String key, String value) {
            BrokerConfig.check(key);
            properties.put(key, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Starts the broker and waits until clients can connect, for about two minutes at most. An interrupt does
         * not end the wait, and is still there after it.
         *
         * @throws BrokerStartException if it cannot be started
         */
        public LocalBroker start() {
            return LocalBroker.start(port, directory, properties);
        }
    }
}
