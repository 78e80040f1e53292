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
 * Stands between Kafka's clients and a broker and does to their connections what networks do, when a test says so.
 *
 * <p>It knows where a request and its answer begin and end and which kind they are, and nothing else of them. Clients
 * without TLS only: it cannot look into what is encrypted, and resets such connections. It listens on 127.0.0.1 only.
 *
 * <p>Each fault goes on until {@link #heal()}, unless its method says otherwise, and on all connections, those that
 * come later too. Two set in succession with the same method and kind of request are one, the later. All methods are
 * safe for use by any number of threads. Nothing of a payload is ever logged.
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
     * Starts one with a seed that is drawn; it is logged at INFO, and part of {@link #toString()}.
     *
     * @throws UncheckedIOException if no port is free
     */
    public static FaultProxy start() {
        return start(new Random().nextLong());
    }

    /**
     * Starts one that listens on a free port. It refuses connections until it is told its {@link #target(int)}.
     *
     * @param seed of all that happens by chance
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

    /** Where clients connect; what a broker should be given as its advertised port. */
    public int port() {
        return connections.port();
    }

    /** The value for a client's {@code bootstrap.servers}: {@code 127.0.0.1:PORT}. */
    public String address() {
        return HOST + ":" + port();
    }

    /** The seed of all that happens by chance; a run with the same one makes the same choices. */
    public long seed() {
        return seed;
    }

    /**
     * Chooses the broker that connections go to from now on; those that there are stay where they are.
     *
     * @param brokerPort the port on 127.0.0.1 that it listens on itself
     */
    public void target(int brokerPort) {
        if (brokerPort < 1 || brokerPort > 65_535) {
            throw new IllegalArgumentException("a broker's port is 1 to 65535, not " + brokerPort);
        }
        connections.target(brokerPort);
    }

    /**
     * Swallows the answers to all requests of a kind, which the broker has processed. TCP has no gaps, so a connection
     * that has lost an answer is silent towards its client from then on, until the client gives it up; what is swallowed
     * for that reason alone is not counted.
     */
    public void dropAcks(ApiKeys kind) {
        rules.set(Fault.DROP_ACKS, kind, Rule.always());
    }

    /**
     * Swallows the answers to the next requests of a kind, as {@link #dropAcks(ApiKeys)} does.
     *
     * @param requests how many, at least 1
     */
    public void dropAcks(ApiKeys kind, int requests) {
        rules.set(Fault.DROP_ACKS, kind, Rule.next(requests));
    }

    /**
     * Swallows all requests of a kind. A connection that has lost one is silent towards the broker from then on, until
     * the client gives it up; what is swallowed for that reason alone is not counted.
     */
    public void dropRequests(ApiKeys kind) {
        rules.set(Fault.DROP_REQUESTS, kind, Rule.always());
    }

    /**
     * Swallows the next requests of a kind, as {@link #dropRequests(ApiKeys)} does.
     *
     * @param requests how many, at least 1
     */
    public void dropRequests(ApiKeys kind, int requests) {
        rules.set(Fault.DROP_REQUESTS, kind, Rule.next(requests));
    }

    /**
     * Keeps all requests of a kind in the proxy until {@link #release()}, and what comes behind them on the same
     * connection. A client that gives the connection up does not change that; only the broker does, if it ends its side.
     */
    public void hold(ApiKeys kind) {
        rules.set(Fault.HOLD, kind, Rule.always());
    }

    /**
     * Keeps the next requests of a kind, as {@link #hold(ApiKeys)} does: a retry on another connection can overtake them.
     *
     * @param requests how many, at least 1
     */
    public void hold(ApiKeys kind, int requests) {
        rules.set(Fault.HOLD, kind, Rule.next(requests));
    }

    /** How many requests are held at this moment, without those that wait behind them. */
    public int held() {
        return connections.all().stream().mapToInt(ProxiedConnection::held).sum();
    }

    /**
     * Holds no more requests, and delivers those that are held, also if their client has gone: those of one connection
     * in their order, and those of the oldest connection first. Answers for which there is no client are swallowed.
     *
     * @return how many; when {@link #answered()} has grown by so many, the broker has processed all of them
     */
    public int release() {
        synchronized (rules) {
            rules.end(Fault.HOLD);
            return connections.all().stream()
                    .mapToInt(ProxiedConnection::release)
                    .sum();
        }
    }

    /** How many requests that were held the broker has answered since the proxy was started. None with acks=0. */
    public long answered() {
        return counts.answered();
    }

    /**
     * Sets off a fault by chance: each request of a kind is struck with the given probability. Whether the n-th request
     * of its kind is struck depends on the seed alone.
     *
     * @param fault {@code DROP_ACKS}, {@code DROP_REQUESTS} or {@code HOLD}, which do what the methods of those names
     *     do, or {@code RESET}, which resets the connection in place of the answer
     * @param probability 0 to 1
     */
    public void chance(Fault fault, ApiKeys kind, double probability) {
        rules.setChance(fault, kind, probability);
    }

    /**
     * Shuts down one direction of all connections that there are, at once: whoever is at that end sees the end of the
     * stream, perhaps in the middle of a frame. What waits in that direction is lost.
     */
    public void halfClose(Direction direction) {
        connections.all().forEach(connection -> connection.halfClose(direction));
    }

    /**
     * Resets all connections that there are (RST), at once and on both sides. One on which requests are held is reset
     * towards its client only, so that they can still be released.
     */
    public void reset() {
        connections.all().forEach(ProxiedConnection::reset);
    }

    /** Accepts new connections only to reset them. Those that there are go on. */
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
     * @param mean of each frame's delay
     * @param jitter how much a delay may be shorter or longer than that; at most the mean
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

    /** How often a fault has struck since the proxy was started; {@link Fault} says what is counted. */
    public long hits(Fault fault) {
        return counts.of(fault);
    }

    /**
     * Ends all faults. What is held is released. A connection that has lost a request or an answer is reset, since it
     * cannot be healed; so is none other, and what is half closed stays so.
     */
    public void heal() {
        connections.refuse(false);
        synchronized (rules) {
            rules.endAll();
            connections.all().forEach(ProxiedConnection::heal);
        }
        // Not before: what had waited on the line would still meet with its fault.
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
