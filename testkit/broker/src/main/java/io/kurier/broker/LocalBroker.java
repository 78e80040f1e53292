// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A running Kafka broker in this JVM. Several can run side by side. Safe for use by any number of threads; close it to
 * stop it, which a shutdown hook may do too.
 */
public final class LocalBroker implements AutoCloseable {
    private final KafkaNode node;
    private final LoopbackSockets sockets;
    private final DataDirectory directory;
    private boolean closed;

    private LocalBroker(KafkaNode node, LoopbackSockets sockets, DataDirectory directory) {
        this.node = node;
        this.sockets = sockets;
        this.directory = directory;
    }

    /**
     * Starts a broker on a free port, with a temporary folder that is deleted at the end.
     *
     * @throws BrokerStartException if it cannot start
     */
    public static LocalBroker start() {
        return builder().start();
    }

    /** Says how a broker should be. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address for clients, {@code 127.0.0.1:PORT}. */
    public String bootstrapServers() {
        return LoopbackSockets.HOST + ":" + port();
    }

    /** The port for clients. */
    public int port() {
        return sockets.clientPort();
    }

    /** Where the data are. */
    public Path directory() {
        return directory.path();
    }

    /**
     * Stops the broker and deletes its folder if it is temporary. Returns when that is done, after 30 seconds at most; a
     * second call waits for the first and does nothing.
     *
     * @throws IllegalStateException if Kafka did not stop cleanly
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            node.stop();
        } finally {
            sockets.close();
            directory.release();
        }
    }

    /** What a broker should be like. Not for use by several threads. */
    public static final class Builder {
        private final Map<String, String> properties = new HashMap<>();
        private int port;
        private @Nullable Path path;

        private Builder() {}

        /** The port for clients; 0, the default, takes a free one. */
        public Builder port(int wanted) {
            if (wanted < 0 || wanted > 65_535) {
                throw new IllegalArgumentException("a port is from 0 to 65535, not " + wanted);
            }
            port = wanted;
            return this;
        }

        /** The folder for the data, which are kept and found again by the next broker on it; made if it is missing. */
        public Builder directory(Path wanted) {
            path = wanted;
            return this;
        }

        /**
         * One of Kafka's broker properties.
         *
         * @throws IllegalArgumentException if it is one that the broker needs for itself
         */
        public Builder property(String key, String value) {
            BrokerConfig.check(key);
            properties.put(key, value);
            return this;
        }

        /**
         * Starts the broker; returns when clients can use it.
         *
         * @throws BrokerStartException if it cannot start; nothing of it is left behind then
         */
        public LocalBroker start() {
            DataDirectory directory = DataDirectory.acquire(path);
            try {
                return start(directory);
            } catch (RuntimeException e) {
                directory.release();
                throw e;
            }
        }

        private LocalBroker start(DataDirectory directory) {
            LoopbackSockets sockets = LoopbackSockets.bind(port);
            try {
                directory.format(BrokerConfig.NODE_ID);
                KafkaNode node = new KafkaNode(BrokerConfig.of(properties, sockets, directory.path()), sockets);
                startOrStop(node);
                return new LocalBroker(node, sockets, directory);
            } catch (RuntimeException e) {
                sockets.close();
                throw e;
            }
        }

        private static void startOrStop(KafkaNode node) {
            try {
                node.start();
            } catch (ExecutionException e) {
                throw stopped(node, "Kafka said: " + e.getCause(), e.getCause());
            } catch (TimeoutException e) {
                throw stopped(node, "Kafka did not come up in time; is the machine busy?", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw stopped(node, "the thread was interrupted", e);
            }
        }

        private static BrokerStartException stopped(KafkaNode node, String reason, @Nullable Throwable cause) {
            BrokerStartException failure = new BrokerStartException("the broker did not start: " + reason, cause);
            try {
                node.stop();
            } catch (IllegalStateException e) {
                failure.addSuppressed(e);
            }
            return failure;
        }
    }
}
