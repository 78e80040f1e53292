// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy between Kafka's clients and a broker that causes network faults on their connections, as a test requests
 * them.
 *
 * <p>It parses where a request and its response begin and end and of which kind they are, and nothing else. Clients
 * without TLS only: it cannot parse encrypted data, and resets such connections. It listens on 127.0.0.1 only.
 *
 * <p>Each fault lasts until {@link #heal()}, unless its method specifies otherwise. It applies to all connections,
 * later ones included. A second call of the same method for the same kind of request replaces the first. All methods
 * are safe for use by any number of threads. No part of a payload is ever logged.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
    private static final String HOST = "127.0.0.1";

    private final long seed;
    private final FaultCounts counts = new FaultCounts();
    private final FaultRules rules;
    private final TrafficShaping towardsBroker;
    private final TrafficShaping towardsClient;
    private final ProxiedConnections connections;

    private FaultProxy(long seed) throws IOException {
        this.seed = seed;
        rules = new FaultRules(seed);
        towardsBroker = new TrafficShaping(new Random(seed));
        towardsClient = new TrafficShaping(new Random(~seed));
        connections = new ProxiedConnections(rules, counts, towardsBroker, towardsClient);
    }

    /**
     * Starts a proxy with a random seed, which is logged at INFO and is part of {@link #toString()}.
     *
     * @throws UncheckedIOException if no port is free
     */
    public static FaultProxy start() {
        return start(new Random().nextLong());
    }

    /**
     * Starts a proxy that listens on a free port. It refuses connections until its {@link #target(int)} is set.
     *
     * @param seed the seed of all random choices
     * @throws UncheckedIOException if no port is free
     */
    public static FaultProxy start(long seed) {
        try {
            FaultProxy proxy = new FaultProxy(seed);
            proxy.connections.start();
            LOG.info("{} listens", proxy);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen on " + HOST + ": is any port free?", e);
        }
    }

    /** Returns the port that clients connect to; set it as the broker's advertised port. */
    public int port() {
        return connections.port();
    }

    /** Returns the value for a client's {@code bootstrap.servers}: {@code 127.0.0.1:PORT}. */
    public String address() {
        return HOST + ":" + port();
    }

    /** Returns the seed of all random choices; a run with the same seed makes the same choices. */
    public long seed() {
        return seed;
    }

    /**
     * Sets the broker for connections from now on; existing connections keep theirs.
     *
     * @param brokerPort the port on 127.0.0.1 that the broker itself listens on
     */
    public void target(int brokerPort) {
        if (brokerPort < 1 || brokerPort > 65_535) {
            throw new IllegalArgumentException("a broker's port is 1 to 65535, not " + brokerPort);
        }
        connections.target(brokerPort);
    }

    /**
     * Drops the responses to all requests of a kind, which the broker has processed. TCP has no gaps, so after a lost
     * response a connection sends nothing to its client any more, until the client gives it up; what is dropped for
     * that reason alone is not counted.
     */
    public void dropAcks(ApiKeys kind) {
        rules.set(Fault.DROP_ACKS, kind, Rule.always());
    }

    /**
     * Drops the responses to the next requests of a kind, as {@link #dropAcks(ApiKeys)} does.
     *
     * @param requests the number of requests, at least 1
     */
    public void dropAcks(ApiKeys kind, int requests) {
        rules.set(Fault.DROP_ACKS, kind, Rule.next(requests));
    }

    /**
     * Drops all requests of a kind. After a lost request a connection sends nothing to the broker any more, until the
     * client gives it up; what is dropped for that reason alone is not counted.
     */
    public void dropRequests(ApiKeys kind) {
        rules.set(Fault.DROP_REQUESTS, kind, Rule.always());
    }

    /**
     * Drops the next requests of a kind, as {@link #dropRequests(ApiKeys)} does.
     *
     * @param requests the number of requests, at least 1
     */
    public void dropRequests(ApiKeys kind, int requests) {
        rules.set(Fault.DROP_REQUESTS, kind, Rule.next(requests));
    }

    /**
     * Keeps all requests of a kind in the proxy until {@link #release()}, and what follows them on the same connection.
     * They stay held if the client gives the connection up, but not if the broker closes its side.
     */
    public void hold(ApiKeys kind) {
        rules.set(Fault.HOLD, kind, Rule.always());
    }

    /**
     * Keeps the next requests of a kind, as {@link #hold(ApiKeys)} does: a retry on another connection can overtake them.
     *
     * @param requests the number of requests, at least 1
     */
    public void hold(ApiKeys kind, int requests) {
        rules.set(Fault.HOLD, kind, Rule.next(requests));
    }

    /** Returns how many requests are currently held, without those that wait behind them. */
    public int held() {
        return connections.all().stream().mapToInt(ProxiedConnection::held).sum();
    }

    /**
     * Stops holding requests and delivers those that are held, even if their client has gone: those of one connection
     * in their order, and those of the oldest connection first. Responses without a client are dropped.
     *
     * @return the number of requests delivered; when {@link #answered()} has grown by this number, the broker has
     *     processed all of them
     */
    public int release() {
        synchronized (rules) {
            rules.end(Fault.HOLD);
            return connections.all().stream()
                    .mapToInt(ProxiedConnection::release)
                    .sum();
        }
    }

    /**
     * Returns how many held requests the broker has answered since the proxy was started. There is no response with
     * acks=0.
     */
    public long answered() {
        return counts.answered();
    }

    /**
     * Causes a fault at random: each request of a kind is hit with the given probability. Whether the n-th request of
     * its kind is hit depends on the seed alone.
     *
     * @param fault {@code DROP_ACKS}, {@code DROP_REQUESTS} or {@code HOLD}, which act as the methods of those names
     *     do, or {@code RESET}, which resets the connection in place of the response
     * @param probability 0 to 1
     */
    public void chance(Fault fault, ApiKeys kind, double probability) {
        rules.setChance(fault, kind, probability);
    }

    /**
     * Shuts down one direction of all existing connections immediately: the receiver sees the end of the stream,
     * perhaps in the middle of a frame. What waits in that direction is lost.
     */
    public void halfClose(Direction direction) {
        connections.all().forEach(connection -> connection.halfClose(direction));
    }

    /**
     * Resets all existing connections (RST), immediately and on both sides. A connection with held requests is reset
     * towards its client only, so that they can still be released.
     */
    public void reset() {
        connections.all().forEach(ProxiedConnection::reset);
    }

    /** Accepts new connections only to reset them. Existing connections continue. */
    public void refuse() {
        connections.refuse(true);
    }

    /**
     * Passes all bytes on in pieces, in both directions.
     *
     * @param bytes the size of a piece, at least 1
     */
    public void slice(int bytes) {
        shape(shaping -> shaping.slice(bytes));
    }

    /** Delays all frames, in both directions; see {@link #latency(Direction, Duration, Duration)}. */
    public void latency(Duration mean, Duration jitter) {
        shape(shaping -> shaping.latency(mean, jitter));
    }

    /**
     * Delays frames in one direction, as a long line does: they keep their order, and do not wait for one another.
     *
     * @param mean the mean delay of a frame
     * @param jitter by how much a delay may be shorter or longer than the mean; at most the mean
     */
    public void latency(Direction direction, Duration mean, Duration jitter) {
        shape(direction, shaping -> shaping.latency(mean, jitter));
    }

    /** Slows all connections down, in both directions; see {@link #bandwidth(Direction, long)}. */
    public void bandwidth(long bytesPerSecond) {
        shape(shaping -> shaping.bandwidth(bytesPerSecond));
    }

    /**
     * Slows each connection down in one direction.
     *
     * @param bytesPerSecond for each connection, at least 1
     */
    public void bandwidth(Direction direction, long bytesPerSecond) {
        shape(direction, shaping -> shaping.bandwidth(bytesPerSecond));
    }

    private void shape(Consumer<TrafficShaping> change) {
        for (Direction direction : Direction.values()) {
            shape(direction, change);
        }
    }

    private void shape(Direction direction, Consumer<TrafficShaping> change) {
        change.accept(direction == Direction.TO_BROKER ? towardsBroker : towardsClient);
        connections.all().forEach(ProxiedConnection::wake);
    }

    /** Returns how often a fault has occurred since the proxy was started; {@link Fault} describes what is counted. */
    public long hits(Fault fault) {
        return counts.of(fault);
    }

    /**
     * Ends all faults. What is held is released. A connection that has lost a request or a response is reset, since it
     * cannot be repaired. No other connection is reset, and a half-closed one stays half-closed.
     */
    public void heal() {
        connections.refuse(false);
        synchronized (rules) {
            rules.endAll();
            connections.all().forEach(ProxiedConnection::heal);
        }
        // Not before: what was waiting on the line would still meet with its fault.
        shape(TrafficShaping::heal);
    }

    /** Ends all connections, threads and sockets; what is held is lost. A second call does nothing. */
    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String toString() {
        return "FaultProxy[" + address() + " to "
                + (connections.target() == 0 ? "nowhere yet" : HOST + ":" + connections.target()) + ", seed " + seed
                + "]";
    }
}
