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

/** Accepts the connections of clients, and knows those that there are. Safe for any thread. */
final class Links implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    private static final int NO_TARGET = 0;
    private static final int BACKLOG = 50;

    private final ServerSocket server;
    private final Script script;
    private final Hits hits;
    private final Shape towardsBroker;
    private final Shape towardsClient;
    /** By number, so that the oldest comes first. */
    private final Map<Long, Link> links = new ConcurrentSkipListMap<>();

    private final Thread accepting;
    private volatile int target = NO_TARGET;
    private volatile boolean refusing;

    /** Listens on a free port, but accepts nothing until it is started. */
    Links(Script script, Hits hits, Shape towardsBroker, Shape towardsClient) throws IOException {
        this.script = script;
        this.hits = hits;
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

    /** Those that there are, the oldest first; one may end at any time. */
    Collection<Link> all() {
        return links.values();
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
            hits.add(Fault.REFUSE);
        }
        if (refused || target == NO_TARGET) {
            Link.reset(client);
            return;
        }
        Link link = new Link(
                name() + "-" + number,
                client,
                new InetSocketAddress(server.getInetAddress(), target),
                script,
                hits,
                towardsBroker,
                towardsClient,
                () -> links.remove(number));
        links.put(number, link);
        link.start();
    }

    /** Ends all threads and sockets. An interrupt ends the wait for the threads, and is still there after it. */
    @Override
    public void close() {
        try {
            server.close();
            accepting.join();
            for (Link link : links.values()) {
                link.close();
                link.join();
            }
        } catch (IOException e) {
            LOG.warn("The listening socket of the proxy on port {} could not be closed", port(), e);
        } catch (InterruptedException e) {
            links.values().forEach(Link::close);
            Thread.currentThread().interrupt();
        }
    }
}
