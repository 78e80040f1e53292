// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes on the bytes between clients and the broker, and drops them when a test requests it. {@code kurier-broker} has
 * a better one, which requires Kafka's server and with it one version of Kafka's clients.
 */
final class Relay implements AutoCloseable {
    private static final int BYTES = 16_384;
    private static final Duration MOST_WAITING = Duration.ofSeconds(20);
    private static final long BETWEEN_TRIES_NANOS = 50_000_000;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean answersLost;
    private volatile boolean requestsLost;

    private Relay(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /**
     * Starts a relay. It retries for a while if another process has the port at that time, since the port is not
     * reserved in between.
     */
    static Relay start(int port, int target) {
        long deadline = System.nanoTime() + MOST_WAITING.toNanos();
        while (true) {
            try {
                ServerSocket server = bound(port);
                Relay relay = new Relay(server, target);
                relay.run(relay::accept);
                return relay;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new UncheckedIOException("the relay cannot listen on port " + port, e);
                }
                LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
            }
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Drops responses: the broker gets every request, and no client a response. */
    void loseAnswers() {
        answersLost = true;
    }

    /** Drops requests: the broker gets none. */
    void loseRequests() {
        requestsLost = true;
    }

    /** Ends the loss. Connections that may have lost something are closed, since a stream has no gaps. */
    void heal() {
        open.forEach(Relay::close);
        answersLost = false;
        requestsLost = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(broker);
                client.setTcpNoDelay(true);
                broker.setTcpNoDelay(true);
                run(() -> pass(client, broker, true));
                run(() -> pass(broker, client, false));
            } catch (IOException e) {
                // closed, or the broker does not listen: the client sees a connection that ends
                open.removeIf(Socket::isClosed);
            }
        }
    }

    private void pass(Socket from, Socket to, boolean requests) {
        byte[] bytes = new byte[BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (!(requests ? requestsLost : answersLost)) {
                    out.write(bytes, 0, count);
                }
            }
        } catch (IOException e) {
            // one side has closed the connection, and so the other is closed too
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void run(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Relay::close);
    }
}
