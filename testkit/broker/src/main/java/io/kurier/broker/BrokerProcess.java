// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link LocalBroker} in a JVM of its own, so that a test can kill it at any time and restart it with the data on
 * disk.
 *
 * <p>The JVM uses the Java installation and the class path of this one. It takes about two seconds to start, and about
 * five after a kill. It ends by itself when this JVM is dead. Safe for use by any number of threads.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);

    private final boolean temporary;
    private final List<String> jvmOptions;
    private volatile ChildSettings settings;
    private ChildProcess child;
    private @Nullable StoppedProcess stopped;
    private boolean closed;

    private BrokerProcess(ChildSettings settings, List<String> jvmOptions, boolean temporary) {
        this.temporary = temporary;
        this.jvmOptions = jvmOptions;
        this.settings = settings;
        child = ChildProcess.launch(settings, jvmOptions);
    }

    /** Waits until clients can connect. */
    synchronized void awaitReady() {
        settings = settings.withPort(child.awaitReady());
        LOG.info("Broker {} is ready in process {}", bootstrapServers(), child.pid());
    }

    /**
     * Starts a broker on a free port, with a temporary directory that is deleted when it is closed.
     *
     * @return a broker that clients can connect to; to be closed by the caller
     * @throws BrokerStartException if it cannot be started
     */
    public static BrokerProcess start() {
        return builder().start();
    }

    /** Returns a builder for a broker that differs from that of {@link #start()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the value for a client's {@code bootstrap.servers}, {@code 127.0.0.1:PORT}; unchanged by a restart. */
    public String bootstrapServers() {
        return LoopbackSockets.HOST + ":" + port();
    }

    /** Returns the port that the broker listens on; unchanged by a restart. */
    public int port() {
        return settings.port();
    }

    /**
     * Returns the broker's {@code node.id}: 1 if it is alone, else from 1 to the number of brokers in its
     * {@link BrokerCluster}.
     */
    public int nodeId() {
        return settings.member().nodeId();
    }

    /** Returns the directory that holds the data. */
    public Path directory() {
        return settings.directory();
    }

    /** Returns the id of the process; a restart changes it. */
    public synchronized long pid() {
        return child.pid();
    }

    /** Returns whether the process runs: false after a {@link #kill()}, and if it has ended by itself. */
    public synchronized boolean isAlive() {
        return child.isAlive();
    }

    /**
     * Ends the process immediately, as {@code kill -9} does, and waits until it is gone; its port and its directory are
     * free then. Does nothing if it is gone already.
     */
    public synchronized void kill() {
        child.kill();
        resume();
        LOG.info("Broker {} is killed", bootstrapServers());
    }

    /**
     * Stops the process without ending it, as {@code kill -STOP} does: it keeps its connections and responds on none of
     * them. Does nothing if it is stopped already. A stopped process that loses its parent ends too.
     *
     * @throws IllegalStateException if it does not run, or where there is no POSIX shell
     */
    public synchronized void pause() {
        if (!child.isAlive()) {
            throw new IllegalStateException("the broker " + bootstrapServers() + " does not run: it cannot be stopped");
        }
        if (stopped == null) {
            stopped = StoppedProcess.stop(child.pid());
            LOG.info("Broker {} is stopped", bootstrapServers());
        }
    }

    /**
     * Continues the process after a {@link #pause()}, as {@code kill -CONT} does. Does nothing if it is not stopped.
     */
    public synchronized void resume() {
        if (stopped != null) {
            stopped.resume();
            stopped = null;
            LOG.info("Broker {} goes on", bootstrapServers());
        }
    }

    /**
     * Starts the broker again after a {@link #kill()}, with the same directory and port, and waits until clients can
     * connect.
     *
     * @throws BrokerStartException if it cannot be started
     * @throws IllegalStateException if it runs, or is closed
     */
    public synchronized void restart() {
        if (closed || child.isAlive()) {
            throw new IllegalStateException(
                    closed
                            ? "the broker " + bootstrapServers() + " is closed: start another"
                            : "the broker " + bootstrapServers() + " runs: kill it before it is restarted");
        }
        child = ChildProcess.launch(settings, jvmOptions);
        child.awaitReady();
        LOG.info("Broker {} is ready again in process {}", bootstrapServers(), child.pid());
    }

    /**
     * Ends the process, with an orderly stop of the broker unless it was killed, and deletes the directory if it is
     * temporary. A second call does nothing.
     *
     * @throws UncheckedIOException if a temporary directory cannot be deleted
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            resume();
            child.stop();
            LOG.info("Broker {} is closed", bootstrapServers());
            if (temporary) {
                delete(settings.directory());
            }
        }
    }

    private static void delete(Path directory) {
        try {
            Utils.delete(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's directory " + directory + " could not be cleaned up", e);
        }
    }

    @Override
    public String toString() {
        return "BrokerProcess[" + bootstrapServers() + ", " + directory() + "]";
    }

    /**
     * Describes a broker before it is started. Used by one thread; can be used for several brokers, one after another.
     */
    public static final class Builder {
        /** For a broker that tests use for seconds: little memory, and no time spent on optimizing code. */
        private static final List<String> DEFAULT_JVM_OPTIONS =
                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

        private final Map<String, String> properties = new HashMap<>();
        private int port;
        private int advertisedPort;
        private @Nullable Path directory;
        private List<String> jvmOptions = DEFAULT_JVM_OPTIONS;

        private Builder() {
            // The controller considers a broker dead only when its session has ended, 9 s by default, and a killed
            // broker that comes back has to wait for that. So a live broker must send heartbeats more often.
            properties.put("broker.session.timeout.ms", "2000");
            properties.put("broker.heartbeat.interval.ms", "500");
        }

        /** Sets the port, as {@link LocalBroker.Builder#port(int)} does. */
        public Builder port(int newPort) {
            port = LocalBroker.Builder.checked(newPort);
            return this;
        }

        /** Sets the advertised port, as {@link LocalBroker.Builder#advertisedPort(int)} does. */
        public Builder advertisedPort(int newPort) {
            advertisedPort = LocalBroker.Builder.checked(newPort);
            return this;
        }

        /** Sets the directory, as {@link LocalBroker.Builder#directory(Path)} does. */
        public Builder directory(Path newDirectory) {
            directory = Objects.requireNonNull(newDirectory, "newDirectory");
            return this;
        }

        /**
         * Sets a property, as {@link LocalBroker.Builder#property(String, String)} does. The session of the broker with
         * its controller, {@code broker.session.timeout.ms}, is 2 s unless it is set: with Kafka's 9 s a killed broker
         * takes that much longer to come back.
         */
        public Builder property(String key, String value) {
            BrokerConfig.check(key);
            properties.put(key, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets the options of the broker's JVM, in place of {@code -Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC}.
         * Those are for short tests; a broker whose throughput matters needs more. The JVM does not start with an
         * option that it does not know.
         *
         * @param options each as one argument of {@code java}, in order; none for the JVM's own defaults
         */
        public Builder jvmOptions(String... options) {
            jvmOptions = List.of(options);
            return this;
        }

        /**
         * Starts the broker and waits until clients can connect, for about two minutes at most. An interrupt does not
         * end the wait; the interrupt flag is kept.
         *
         * @throws BrokerStartException if it cannot be started; its message includes the end of the process's output
         */
        public BrokerProcess start() {
            BrokerProcess broker = launch(ClusterMember.alone());
            try {
                broker.awaitReady();
                return broker;
            } catch (BrokerStartException e) {
                broker.close();
                throw e;
            }
        }

        /** Starts the process without waiting for it. */
        BrokerProcess launch(ClusterMember member) {
            Path kept = directory;
            Path used = kept == null ? makeTemporary() : kept.toAbsolutePath();
            try {
                return new BrokerProcess(
                        new ChildSettings(member, used, port, advertisedPort, Map.copyOf(properties)),
                        jvmOptions,
                        kept == null);
            } catch (RuntimeException e) {
                if (kept == null) {
                    delete(used);
                }
                throw e;
            }
        }

        private static Path makeTemporary() {
            try {
                return Files.createTempDirectory(DataDirectory.TEMPORARY_PREFIX).toRealPath();
            } catch (IOException e) {
                throw new BrokerStartException(
                        "no temporary directory can be made in " + System.getProperty("java.io.tmpdir") + " (" + e
                                + "): give the broker a directory, or set java.io.tmpdir",
                        e);
            }
        }
    }
}
