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
 * A real Kafka broker in this JVM, for tests and for experiments without an installation.
 *
 * <p>It runs Kafka's own code, broker and controller in one node, so clients see Kafka's behavior. It listens on
 * 127.0.0.1 only, without encryption or authentication unless {@link Builder#tls()} or {@link Builder#user(String,
 * String)} enables them. Topics are not created on first use; every replication factor is 1. Any number of brokers can
 * run in one JVM. Safe for use by any number of threads.
 *
 * <p>Some of Kafka's threads are not daemons: a JVM in which a broker is running does not end by itself. Nothing is
 * registered with {@code Runtime.addShutdownHook}; {@link #close()} may be called from a hook of the application.
 */
public final class LocalBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalBroker.class);

    /** More than Kafka allows itself, because its errors are more specific: see {@code server.max.startup.time.ms}. */
    private static final Duration START_LIMIT = Duration.ofSeconds(130);

    private final LoopbackSockets sockets;
    private final DataDirectory directory;
    private final KafkaNode node;
    private final Security security;
    private final @Nullable Certificate certificate;
    private boolean closed;

    private LocalBroker(
            LoopbackSockets sockets,
            DataDirectory directory,
            KafkaNode node,
            Security security,
            @Nullable Certificate certificate) {
        this.sockets = sockets;
        this.directory = directory;
        this.node = node;
        this.security = security;
        this.certificate = certificate;
    }

    /**
     * Starts a broker on a free port, with a temporary directory that is deleted when it is closed.
     *
     * @return a broker that clients can connect to; to be closed by the caller
     * @throws BrokerStartException if it cannot be started
     */
    public static LocalBroker start() {
        return builder().start();
    }

    /** Returns a builder for a broker that differs from that of {@link #start()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the value for a client's {@code bootstrap.servers}: {@code 127.0.0.1:PORT}. */
    public String bootstrapServers() {
        return LoopbackSockets.HOST + ":" + port();
    }

    /** Returns the port that clients connect to. */
    public int port() {
        return sockets.port(LoopbackSockets.CLIENT);
    }

    /**
     * Returns what a client needs to connect to a broker without logins, as Kafka's own keys:
     * {@code bootstrap.servers}, {@code security.protocol} and, with TLS, the broker's certificate as
     * {@code ssl.truststore.certificates}. Any Kafka client accepts them, and so does Kurier's configuration.
     *
     * @return a new map, which the caller may change
     * @throws IllegalStateException if clients must log in; see {@link #clientProperties(String)}
     */
    public Map<String, String> clientProperties() {
        return security.clientProperties(bootstrapServers(), certificate);
    }

    /**
     * Returns what a client needs to connect and to log in as a user, as Kafka's own keys: those of
     * {@link #clientProperties()}, and {@code sasl.mechanism} and {@code sasl.jaas.config}. The last one holds the
     * password as it was given to the builder.
     *
     * @param user one of those declared by {@link Builder#user(String, String)}
     * @return a new map, which the caller may change
     * @throws IllegalArgumentException if there is no such user
     */
    public Map<String, String> clientProperties(String user) {
        return security.clientProperties(bootstrapServers(), certificate, user);
    }

    /** Returns the ports of all listeners, including those that the broker uses to connect to itself. */
    LoopbackSockets sockets() {
        return sockets;
    }

    /** Returns the directory that holds the data, with symbolic links resolved. */
    public Path directory() {
        return directory.path();
    }

    /**
     * Stops the broker, frees its port and its directory, and deletes the directory if it is temporary. It returns
     * within about half a minute, usually within half a second; no thread of the broker is left then. A second call
     * does nothing; a concurrent call waits for the first. An interrupt neither ends nor skips it.
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

    private static LocalBroker start(
            ClusterMember member,
            int port,
            int advertised,
            @Nullable Path wanted,
            Map<String, String> properties,
            Security security) {
        try {
            return UninterruptibleCall.call(
                    "kurier-broker-start",
                    START_LIMIT,
                    () -> startHere(member, port, advertised, wanted, properties, security));
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

    private static LocalBroker startHere(
            ClusterMember wantedMember,
            int port,
            int advertised,
            @Nullable Path wanted,
            Map<String, String> properties,
            Security security) {
        LoopbackSockets sockets =
                LoopbackSockets.bind(port, wantedMember.controllerPort(), advertised, security.secured());
        ClusterMember member = wantedMember.boundTo(sockets.port(LoopbackSockets.CONTROLLER));
        DataDirectory directory = null;
        KafkaNode node = null;
        try {
            directory = DataDirectory.acquire(wanted);
            Certificate certificate = security.tls() ? Certificate.in(directory.path()) : null;
            KafkaConfig config = BrokerConfig.of(
                    member, properties, security.brokerProperties(certificate), sockets, directory.path());
            directory.format(member);
            node = new KafkaNode(config, member, sockets);
            node.start(security.users());
            LocalBroker broker = new LocalBroker(sockets, directory, node, security, certificate);
            LOG.info("Broker {} is ready, its data are in {}", broker.bootstrapServers(), broker.directory());
            return broker;
        } catch (Throwable e) {
            BrokerStartException failure = e instanceof BrokerStartException known
                    ? known
                    : new BrokerStartException(
                            "the broker on " + LoopbackSockets.HOST + ":" + sockets.port(LoopbackSockets.CLIENT)
                                    + " did not start: " + Objects.requireNonNullElse(e.getMessage(), e.toString()),
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

    /**
     * Describes a broker before it is started. Used by one thread; can be used for several brokers, one after another.
     */
    public static final class Builder {
        private final Map<String, String> properties = new HashMap<>();
        private final Map<String, String> users = new HashMap<>();
        private ClusterMember member = ClusterMember.alone();
        private int port;
        private int advertisedPort;
        private boolean tls;
        private @Nullable Path directory;
        private @Nullable String superUser;

        private Builder() {}

        /** Makes the broker one of several nodes, which a {@link BrokerCluster} starts. */
        Builder member(ClusterMember newMember) {
            member = newMember;
            return this;
        }

        /**
         * Sets the port.
         *
         * @param newPort 1 to 65535, or 0 for a free one, which is the default
         */
        public Builder port(int newPort) {
            port = checked(newPort);
            return this;
        }

        /**
         * Advertises another port of 127.0.0.1 to clients than the broker's own, so that a proxy such as
         * {@link io.kurier.broker.proxy.FaultProxy} can be placed in between. The broker's connections to itself bypass
         * the proxy. {@link LocalBroker#bootstrapServers()} and {@link LocalBroker#clientProperties()} still return the
         * broker's own port, which is the proxy's target: give clients the proxy's address as
         * {@code bootstrap.servers}.
         *
         * @param newPort 1 to 65535, or 0 for the broker's own, which is the default
         */
        public Builder advertisedPort(int newPort) {
            advertisedPort = checked(newPort);
            return this;
        }

        static int checked(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
            }
            return port;
        }

        /**
         * Keeps the data: a broker that is started later with the same directory has the same topics and records.
         *
         * @param newDirectory a directory that an earlier broker has used, or an empty one, or one to be created
         */
        public Builder directory(Path newDirectory) {
            directory = Objects.requireNonNull(newDirectory, "newDirectory");
            return this;
        }

        /**
         * Accepts clients by TLS only. At the start, the JDK's {@code keytool} creates the broker's certificate, for
         * 127.0.0.1 and localhost and for ten years. It is kept in the directory: clients that trust it continue to
         * work after a restart with the same directory.
         */
        public Builder tls() {
            tls = true;
            return this;
        }

        /**
         * Accepts only clients that log in, by SASL/SCRAM-SHA-512, as this user or another declared one. A kept
         * directory keeps its users too: a user that is declared again has the new password, and one that is not can
         * still log in.
         *
         * @param name not empty; no spaces around it, no semicolon, no control character
         * @param password not empty, no control character; a second call with the same name replaces it
         * @throws IllegalArgumentException if one of them is invalid
         */
        public Builder user(String name, String password) {
            Security.checkName(name);
            Security.checkPassword(name, password);
            users.put(name, password);
            return this;
        }

        /**
         * Allows users only what ACLs permit, by Kafka's {@code StandardAuthorizer}. Initially nothing is allowed,
         * except to the super user, who may do everything and gives the others their ACLs, by {@link ClusterAdmin} or
         * by Kafka's {@code Admin}. With the latter an ACL takes effect some time after {@code createAcls} has
         * returned. A kept directory keeps its ACLs.
         *
         * @param newSuperUser a user declared by {@link #user(String, String)}
         */
        public Builder acls(String newSuperUser) {
            superUser = Objects.requireNonNull(newSuperUser, "newSuperUser");
            return this;
        }

        /**
         * Sets one of Kafka's broker properties. The listener for clients is named {@code CLIENT}, that of the
         * controller {@code CONTROLLER}. With TLS, users or an advertised port there is {@code INTERNAL}, by which the
         * broker connects to itself. Kafka ignores names that it does not know.
         *
         * @param key the property's name
         * @param value its value, as in {@code server.properties}
         * @throws IllegalArgumentException if {@code LocalBroker} sets the property itself, such as {@code listeners}
         *     or {@code log.dirs}
         */
        public Builder property(String key, String value) {
            BrokerConfig.check(key);
            properties.put(key, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Starts the broker and waits until clients can connect, for about two minutes at most. An interrupt does not
         * end the wait; the interrupt flag is kept.
         *
         * @throws BrokerStartException if it cannot be started
         * @throws IllegalStateException if {@link #acls(String)} names a super user who is not declared
         */
        public LocalBroker start() {
            return LocalBroker.start(
                    member, port, advertisedPort, directory, properties, new Security(tls, users, superUser));
        }
    }
}
