// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the connections of clients, and keeps those that exist. Safe for use by any thread. */
final class ProxiedConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnections.class);
    private static final int NO_TARGET = 0;
    private static final int BACKLOG = 50;

    private final ServerSocket server;
    private final FaultRules rules;
    private final FaultCounts counts;
    private final TrafficShaping towardsBroker;
    private final TrafficShaping towardsClient;
    /** By number, so that the oldest comes first. A connection that has ended stays until another comes. */
    private final Map<Long, ProxiedConnection> connections = new ConcurrentSkipListMap<>();

    private final Thread accepting;
    private volatile int target = NO_TARGET;
    private volatile boolean refusing;

    /** Listens on a free port, but accepts nothing until it is started. */
    ProxiedConnections(FaultRules rules, FaultCounts counts, TrafficShaping towardsBroker, TrafficShaping towardsClient)
            throws IOException {
        this.rules = rules;
        this.counts = counts;
        this.towardsBroker = towardsBroker;
        this.towardsClient = towardsClient;
        server = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        accepting = new Thread(this::acceptAll, name() + "-accept");
        accepting.setDaemon(true);
    }

    void start() {
        accepting.start();
    }

    int port() {
        return server.getLocalPort();
    }

    int target() {
        return target;
    }

    void target(int port) {
        target = port;
    }

    void refuse(boolean now) {
        refusing = now;
    }

    /** Returns the existing connections, the oldest first; one may end at any time, or have ended. */
    Collection<ProxiedConnection> all() {
        return connections.values();
    }

    private String name() {
        return "kurier-proxy-" + port();
    }

    private void acceptAll() {
        long number = 0;
        while (true) {
            try {
                Socket client = server.accept();
                number++;
                accept(client, number);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.error("The proxy on port {} accepts no more connections: close it", port(), e);
                }
                return;
            }
        }
    }

    private void accept(Socket client, long number) {
        boolean refused = refusing;
        if (refused) {
            counts.add(Fault.REFUSE);
        }
        if (refused || target == NO_TARGET) {
            ProxiedConnection.reset(client);
            return;
        }
        ProxiedConnection connection = new ProxiedConnection(
                name() + "-" + number,
                client,
                new InetSocketAddress(server.getInetAddress(), target),
                rules,
                counts,
                towardsBroker,
                towardsClient);
        connections.values().removeIf(ProxiedConnection::ended);
        connections.put(number, connection);
        connection.start();
    }

    /**
     * Ends all threads and sockets. An interrupt ends the wait for the threads; the interrupt flag is kept.
     */
    @Override
    public void close() {
        try {
            server.close();
            accepting.join();
            for (ProxiedConnection connection : connections.values()) {
                connection.close();
                connection.join();
            }
        } catch (IOException e) {
            LOG.warn("The listening socket of the proxy on port {} could not be closed", port(), e);
        } catch (InterruptedException e) {
            connections.values().forEach(ProxiedConnection::close);
            Thread.currentThread().interrupt();
        }
    }
}
