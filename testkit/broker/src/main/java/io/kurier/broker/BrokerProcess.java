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
 * A {@link LocalBroker} in a JVM of its own, so that a test can kill it in the middle of anything, and start it again with
 * what is on the disk.
 *
 * <p>The JVM is of the same kind as this one and has the same class path; it takes about two seconds to start, and about
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
     * @throws BrokerStartException if it cannot be started
     */
    public static BrokerProcess start() {
        return builder().start();
    }

    /** Begins the description of a broker that differs from that of {@link #start()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value for a client's {@code bootstrap.servers}, {@code 127.0.0.1:PORT}; the same after a restart. */
    public String bootstrapServers() {
        return LoopbackSockets.HOST + ":" + port();
    }

    /** The port that the broker listens on; the same after a restart. */
    public int port() {
        return settings.port();
    }

    /** Its {@code node.id}: 1 if it is alone, else from 1 to the number of brokers in its {@link BrokerCluster}. */
    public int nodeId() {
        return settings.member().nodeId();
    }

    /** The directory that holds the data. */
    public Path directory() {
        return settings.directory();
    }

    /** The id of the process, another one after a restart. */
    public synchronized long pid() {
        return child.pid();
    }

    /** Whether the process runs: it does not after a {@link #kill()}, nor if it has ended by itself. */
    public synchronized boolean isAlive() {
        return child.isAlive();
    }

    /**
     * Ends the process at once, as {@code kill -9} does, and waits until it is gone; then its port and its directory are
     * free. Does nothing if it is gone already.
     */
    public synchronized void kill() {
        child.kill();
        resume();
        LOG.info("Broker {} is killed", bootstrapServers());
    }

    /**
     * Stops the process without ending it, as {@code kill -STOP} does: it keeps its connections and answers none of them.
     * Does nothing if it is stopped already. A stopped process that loses its parent ends too.
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

    /** Lets it go on after a {@link #pause()}, as {@code kill -CONT} does. Does nothing if it is not stopped. */
    public synchronized void resume() {
        if (stopped != null) {
            stopped.resume();
            stopped = null;
            LOG.info("Broker {} goes on", bootstrapServers());
        }
    }

    /**
     * Starts it again, after a {@link #kill()}, with the same directory and port, and waits until clients can connect.
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
     * Ends the process, the broker in an orderly way if it is not killed, and deletes the directory if it is temporary.
     * A second call does nothing.
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

    /** Describes a broker before it is started. For one thread; can be used for several brokers, one after another. */
    public static final class Builder {
        /** A broker that tests use for seconds: little memory, and no time for code that is optimized. */
        private static final List<String> DEFAULT_JVM_OPTIONS =
                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

        private final Map<String, String> properties = new HashMap<>();
        private int port;
        private int advertisedPort;
        private @Nullable Path directory;
        private List<String> jvmOptions = DEFAULT_JVM_OPTIONS;

        private Builder() {
            // The controller does not believe that a broker is dead before its session has ended, 9 s by default, and
            // a killed broker that comes back has to wait for that. One that lives must be heard of more often.
            properties.put("broker.session.timeout.ms", "2000");
            properties.put("broker.heartbeat.interval.ms", "500");
        }

        /** As {@link LocalBroker.Builder#port(int)}. */
        public Builder port(int newPort) {
            port = LocalBroker.Builder.checked(newPort);
            return this;
        }

        /** As {@link LocalBroker.Builder#advertisedPort(int)}. */
        public Builder advertisedPort(int newPort) {
            advertisedPort = LocalBroker.Builder.checked(newPort);
            return this;
        }

        /** As {@link LocalBroker.Builder#directory(Path)}. */
        public Builder directory(Path newDirectory) {
            directory = Objects.requireNonNull(newDirectory, "newDirectory");
            return this;
        }

        /**
         * As {@link LocalBroker.Builder#property(String, String)}. The session of the broker with its controller, {@code
         * broker.session.timeout.ms}, is 2 s unless it is set: with Kafka's 9 s a killed broker takes as much longer to
         * come back.
         */
        public Builder property(String key, String value) {
            BrokerConfig.check(key);
            properties.put(key, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Options of the broker's JVM, in place of {@code -Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC}: those are for
         * short tests, and a broker whose rate matters needs more. The JVM does not start with an option that it does not
         * know.
         *
         * @param options each as one argument of {@code java}, in order; none for the JVM's own defaults
         */
        public Builder jvmOptions(String... options) {
            jvmOptions = List.of(options);
            return this;
        }

        /**
         * Starts the broker and waits until clients can connect, for about two minutes at most. An interrupt does not
         * end the wait, and is still there after it.
         *
         * @throws BrokerStartException if it cannot be started; it tells the end of what the process has said
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

        /** Starts the process, and waits for nothing. */
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
