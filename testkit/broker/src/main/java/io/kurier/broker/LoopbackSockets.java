// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the broker's two ports before Kafka starts and hands the open sockets over, so that no port can be lost between
 * finding it free and using it, and a port that is taken is known before anything else has been done.
 *
 * <p>Both are bound to 127.0.0.1, whatever Kafka asks for.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";
    static final String CLIENT = "CLIENT";
    static final String CONTROLLER = "CONTROLLER";

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackSockets.class);
    private static final int BACKLOG = 50;

    private final Map<String, ServerSocketChannel> waiting = new ConcurrentHashMap<>();
    private final int clientPort;
    private final int controllerPort;

    private LoopbackSockets(ServerSocketChannel client, ServerSocketChannel controller) {
        clientPort = client.socket().getLocalPort();
        controllerPort = controller.socket().getLocalPort();
        waiting.put(CLIENT, client);
        waiting.put(CONTROLLER, controller);
    }

    /** Binds the given port for clients, or a free one for 0, and a free one for the controller. */
    static LoopbackSockets bind(int port) {
        ServerSocketChannel client = open(port);
        try {
            return new LoopbackSockets(client, open(0));
        } catch (BrokerStartException e) {
            close(client);
            throw e;
        }
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

    int clientPort() {
        return clientPort;
    }

    int controllerPort() {
        return controllerPort;
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize) throws IOException {
        ServerSocketChannel channel = waiting.remove(listenerName);
        if (channel == null) {
            throw new IOException("no socket is bound for listener " + listenerName + ": this broker has only " + CLIENT
                    + " and " + CONTROLLER + ", each once");
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
