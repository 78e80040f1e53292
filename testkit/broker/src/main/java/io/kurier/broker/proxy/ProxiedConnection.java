// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client, and its connection to the broker: what is read from each is put in order into the queue
 * to the other.
 *
 * <p>It ends when the broker has closed its side, not when the client has, since held requests may still be released
 * then.
 */
final class ProxiedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);
    private static final int CONNECT_MS = 5_000;

    /** The task of a thread. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private final String name;
    private final Socket client;
    private final Socket broker = new Socket();
    private final InetSocketAddress target;
    private final FaultRules rules;
    private final FaultCounts counts;
    private final FrameQueue toBroker;
    private final FrameQueue toClient;
    /** Guarded by the monitor of the rules, as are the actions that follow from it. */
    private final PendingRequests pending = new PendingRequests();

    private final List<Thread> threads = new ArrayList<>();
    private int running;
    private volatile boolean closed;
    private boolean gap;

    /**
     * Describes a connection; it does nothing until it is started.
     *
     * @param name the prefix of its threads' names
     */
    ProxiedConnection(
            String name,
            Socket client,
            InetSocketAddress target,
            FaultRules rules,
            FaultCounts counts,
            TrafficShaping towardsBroker,
            TrafficShaping towardsClient) {
        this.name = name;
        this.client = client;
        this.target = target;
        this.rules = rules;
        this.counts = counts;
        this.toBroker = new FrameQueue(towardsBroker, counts);
        this.toClient = new FrameQueue(towardsClient, counts);
    }

    void start() {
        start("requests", this::connectAndRelay);
    }

    private synchronized void start(String what, Work work) {
        Thread thread = new Thread(() -> run(work), name + "-" + what);
        thread.setDaemon(true);
        running++;
        threads.add(thread);
        thread.start();
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            // The peer is gone, or this connection is closed: both are normal for a proxy.
            LOG.debug("{}: {}", Thread.currentThread().getName(), e.toString());
        } catch (InterruptedException e) {
            close();
        } finally {
            boolean last;
            synchronized (this) {
                running--;
                last = running == 0;
            }
            if (last) {
                close();
            }
        }
    }

    private void connectAndRelay() throws IOException, InterruptedException {
        OutputStream requests;
        OutputStream answers;
        try {
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            broker.connect(target, CONNECT_MS);
            requests = broker.getOutputStream();
            answers = client.getOutputStream();
        } catch (IOException e) {
            // the client cannot distinguish it from the broker's own refusal
            resetAll();
            throw e;
        }
        start("to-broker", () -> {
            toBroker.run(requests);
            broker.shutdownOutput();
        });
        start("answers", () -> relay(broker, toClient, this::relayAnswer));
        start("to-client", () -> {
            toClient.run(answers);
            close();
        });
        relay(client, toBroker, this::relayRequest);
    }

    private void relay(Socket from, FrameQueue queue, Consumer<Frame> relay) throws IOException, InterruptedException {
        try {
            InputStream in = new BufferedInputStream(from.getInputStream());
            for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                relay.accept(frame);
                queue.awaitRoom();
            }
        } catch (StreamCorruptedException e) {
            LOG.warn("A connection through the proxy is reset: {}", e.getMessage());
            resetAll();
        } finally {
            queue.end();
        }
    }

    private void relayRequest(Frame request) {
        if (toBroker.muted()) {
            return;
        }
        synchronized (rules) {
            Fault fault = rules.faultFor(request.kind());
            if (fault == Fault.DROP_REQUESTS) {
                gap = true;
                toBroker.mute();
                counts.add(fault);
                return;
            }
            pending.add(request.requestId(), fault);
            toBroker.put(request, fault == Fault.HOLD);
            if (fault == Fault.HOLD) {
                counts.add(fault);
            }
        }
    }

    private void relayAnswer(Frame answer) {
        synchronized (rules) {
            Fault fault = pending.answered(answer.answerId());
            if (fault == Fault.RESET) {
                reset();
            } else if (fault == Fault.DROP_ACKS) {
                gap = true;
                toClient.mute();
                counts.add(fault);
            } else {
                toClient.put(answer, false);
            }
            if (fault == Fault.HOLD) {
                counts.addAnswered();
            }
        }
    }

    int held() {
        return toBroker.held();
    }

    /** Releases what is held, and returns how many frames that were. */
    int release() {
        return toBroker.release();
    }

    /**
     * Releases what is held, and passes the responses that were to be lost. If one has been lost already, nothing
     * behind it could be understood, so the connection is reset for the client to connect again. To be called with the
     * monitor of the rules.
     */
    void heal() {
        pending.spare();
        if (release() == 0 && gap) {
            resetAll();
        }
    }

    void wake() {
        toBroker.wake();
        toClient.wake();
    }

    /** Shuts one direction down and discards what waits in it. */
    void halfClose(Direction direction) {
        try {
            if (direction == Direction.TO_BROKER) {
                toBroker.discard();
                broker.shutdownOutput();
            } else {
                toClient.discard();
                client.shutdownOutput();
            }
            counts.add(Fault.HALF_CLOSE);
        } catch (IOException e) {
            LOG.debug("{} was not open to be half closed: {}", name, e.toString());
        }
    }

    /**
     * Resets both connections, but only the client's if something is held, which can still be released.
     */
    void reset() {
        if (closed) {
            return;
        }
        counts.add(Fault.RESET);
        if (held() > 0) {
            toClient.discard();
            reset(client);
        } else {
            resetAll();
        }
    }

    private void resetAll() {
        reset(client);
        reset(broker);
        close();
    }

    /** Closes a socket so that its peer sees a reset. */
    static void reset(Socket socket) {
        quietly(() -> socket.setSoLinger(true, 0));
        quietly(socket);
    }

    void close() {
        closed = true;
        toBroker.close();
        toClient.close();
        quietly(client);
        quietly(broker);
    }

    private static void quietly(Closeable closing) {
        try {
            closing.close();
        } catch (IOException e) {
            LOG.debug("A socket of the proxy was closed before: {}", e.toString());
        }
    }

    /** Returns whether none of its threads is alive any more. */
    synchronized boolean ended() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /**
     * Waits until its threads have ended, after a {@link #close()}, including threads that another of them starts
     * meanwhile.
     */
    void join() throws InterruptedException {
        for (int joined = 0; joined < started(); joined++) {
            thread(joined).join();
        }
    }

    private synchronized int started() {
        return threads.size();
    }

    private synchronized Thread thread(int number) {
        return threads.get(number);
    }
}
