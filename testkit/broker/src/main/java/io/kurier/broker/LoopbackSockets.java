// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the broker's ports before Kafka starts and passes the open sockets to it. So no port can be lost between
 * finding it free and using it, and a port in use is detected before anything else is done.
 *
 * <p>All are bound to 127.0.0.1, whatever address Kafka requests.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";
    static final String CLIENT = "CLIENT";
    static final String CONTROLLER = "CONTROLLER";
    /**
     * The listener by which the broker connects to itself where it cannot use CLIENT: if CLIENT requires what the
     * broker does not have itself (TLS, a login), or is advertised at a port where another process listens.
     */
    static final String INTERNAL = "INTERNAL";

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackSockets.class);
    private static final int BACKLOG = 50;
    private static final int ATTEMPTS = 50;
    private static final int FIRST_PORT = 12_000;
    /** Linux assigns ports from here on to outgoing connections (ip_local_port_range); other systems begin above. */
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    private final Map<String, ServerSocketChannel> waiting = new ConcurrentHashMap<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    private final int wantedAdvertisedPort;

    private LoopbackSockets(int wantedAdvertisedPort) {
        this.wantedAdvertisedPort = wantedAdvertisedPort;
    }

    /**
     * Binds the given ports for clients and for the controller, or free ones for 0, and a free one for INTERNAL if it is
     * needed.
     *
     * @param advertisedPort the port that clients are to connect to; 0 for the bound one
     */
    static LoopbackSockets bind(int port, int controllerPort, int advertisedPort, boolean secured) {
        LoopbackSockets sockets = new LoopbackSockets(advertisedPort);
        try {
            sockets.bind(CLIENT, port);
            sockets.bind(CONTROLLER, controllerPort);
            if (secured || advertisedPort != 0) {
                sockets.bind(INTERNAL, 0);
            }
            return sockets;
        } catch (BrokerStartException e) {
            sockets.close();
            throw e;
        }
    }

    private void bind(String listener, int port) {
        ServerSocketChannel channel = open(port);
        waiting.put(listener, channel);
        ports.put(listener, channel.socket().getLocalPort());
    }

    /** Returns ports that are free now, for callers that need to know them before binding. */
    static List<Integer> freePorts(int count) {
        List<ServerSocketChannel> held = new ArrayList<>();
        try {
            while (held.size() < count) {
                held.add(open(0));
            }
            return held.stream().map(channel -> channel.socket().getLocalPort()).toList();
        } finally {
            held.forEach(LoopbackSockets::close);
        }
    }

    private static ServerSocketChannel open(int port) {
        return port == 0 ? openAny() : openAt(port);
    }

    /**
     * Binds a port that no system gives to an outgoing connection, if possible: a killed broker must find its port free
     * again, although clients try to connect to it all the time.
     */
    private static ServerSocketChannel openAny() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
            ServerSocketChannel channel = tryOpen(port);
            if (channel != null) {
                return channel;
            }
        }
        return openAt(0);
    }

    private static @Nullable ServerSocketChannel tryOpen(int port) {
        try {
            return openAt(port);
        } catch (BrokerStartException e) {
            return null; // in use
        }
    }

    private static ServerSocketChannel openAt(int port) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.configureBlocking(false);
            channel.bind(address(port), BACKLOG);
            return channel;
        } catch (IOException e) {
            if (channel != null) {
                close(channel);
            }
            throw new BrokerStartException(
                    "cannot listen on " + HOST + ":" + port + " (" + e.getMessage()
                            + "): stop what uses that port, or choose another; port 0 takes a free one",
                    e);
        }
    }

    /** Returns an address of 127.0.0.1, created without a resolver. */
    static InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address of IP version 4", e);
        }
    }

    boolean has(String listener) {
        return ports.containsKey(listener);
    }

    int port(String listener) {
        return Objects.requireNonNull(ports.get(listener), listener);
    }

    /** Returns the port that clients are to connect to. */
    int advertisedPort() {
        return wantedAdvertisedPort == 0 ? port(CLIENT) : wantedAdvertisedPort;
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize) throws IOException {
        ServerSocketChannel channel = waiting.remove(listenerName);
        if (channel == null) {
            throw new IOException("no socket is bound for listener " + listenerName + ": this broker has only "
                    + ports.keySet() + ", each once");
        }
        return channel;
    }

    /** Closes the sockets that Kafka has not taken; Kafka closes the others itself. */
    @Override
    public void close() {
        waiting.values().forEach(LoopbackSockets::close);
        waiting.clear();
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("A listening socket of the broker could not be closed: {}", channel, e);
        }
    }
}
