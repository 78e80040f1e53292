// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the broker's ports before Kafka starts and hands the open sockets over, so that no port can be lost between
 * finding it free and using it, and a port that is taken is known before anything else has been done.
 *
 * <p>All are bound to 127.0.0.1, whatever Kafka asks for.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";
    static final String CLIENT = "CLIENT";
    static final String CONTROLLER = "CONTROLLER";
    /**
     * Where the broker talks to itself if CLIENT is not for it: if that asks for what the broker does not have itself
     * (TLS, a login), or is advertised at a port where somebody else listens.
     */
    static final String INTERNAL = "INTERNAL";

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackSockets.class);
    private static final int BACKLOG = 50;

    private final Map<String, ServerSocketChannel> waiting = new ConcurrentHashMap<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    private final int wantedAdvertisedPort;

    private LoopbackSockets(int wantedAdvertisedPort) {
        this.wantedAdvertisedPort = wantedAdvertisedPort;
    }

    /**
     * Binds the given port for clients, or a free one for 0, and free ones for the controller and, if needed, for
     * INTERNAL.
     *
     * @param advertisedPort where clients are told to connect; 0 for the bound one
     */
    static LoopbackSockets bind(int port, int advertisedPort, boolean secured) {
        LoopbackSockets sockets = new LoopbackSockets(advertisedPort);
        try {
            sockets.bind(CLIENT, port);
            sockets.bind(CONTROLLER, 0);
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

    private static ServerSocketChannel open(int port) {
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

    /** An address of 127.0.0.1, made without asking a resolver. */
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

    /** Where clients are told to connect. */
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

    /** Closes the sockets that Kafka has not taken; it closes the others itself. */
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
