// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.protocol.ApiKeys;

/** Something that takes requests and answers them as a broker would, on plain sockets; not those with acks=0. */
final class Plain implements AutoCloseable {
    /** The correlation id of requests that get no answer. */
    static final int WITHOUT_ANSWER = 1_000;

    private static final int HEADER = 8;
    private static final int TIMEOUT_MS = 30_000;

    private final ServerSocket server;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    Plain() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "plain");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = server.accept();
                clients.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            OutputStream out = client.getOutputStream();
            for (Frame request = Frame.read(client.getInputStream());
                    request != null;
                    request = Frame.read(client.getInputStream())) {
                received.add(request.requestId());
                if (request.requestId() < WITHOUT_ANSWER) {
                    out.write(ByteBuffer.allocate(HEADER)
                            .putInt(Integer.BYTES)
                            .putInt(request.requestId())
                            .array());
                }
            }
        } catch (IOException e) {
            // reset: an end like any other
        } finally {
            ended.incrementAndGet();
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** The correlation ids of all requests, in the order in which they came. */
    List<Integer> received() {
        return received;
    }

    /** How many connections have ended. */
    int ended() {
        return ended.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    /** A request with so many bytes behind its header. */
    static byte[] request(ApiKeys kind, int id, int more) {
        return ByteBuffer.allocate(Integer.BYTES + HEADER + more)
                .putInt(HEADER + more)
                .putShort(kind.id)
                .putShort((short) 0)
                .putInt(id)
                .array();
    }

    static Socket connect(FaultProxy proxy) throws IOException {
        Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), proxy.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    static void send(Socket socket, ApiKeys kind, int id) throws IOException {
        socket.getOutputStream().write(request(kind, id, 20));
    }

    /** The correlation id of the next answer. */
    static int answer(Socket socket) throws IOException {
        return Objects.requireNonNull(Frame.read(socket.getInputStream()), "the end of the stream")
                .answerId();
    }
}
