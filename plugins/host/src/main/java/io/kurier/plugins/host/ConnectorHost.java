// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.time.Durations;
import io.kurier.plugins.host.ConnectorHostBuilder.Prepared;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs source connectors in this JVM. Each task has a daemon thread. All publish through one {@link Publisher}, which
 * the caller must close, after the host.
 *
 * <p>A task that fails is started again, after a pause that doubles from {@code restart.backoff.ms} to
 * {@code restart.backoff.max.ms}; it continues behind the last record whose offset was committed. The other tasks are
 * not affected.
 *
 * <p>A record that is itself invalid (it cannot be transformed, converted or encoded, is too large, a guard refuses it,
 * or the connector refuses a part of its input) ends its task for good, since another run would meet it again. With
 * {@code errors.tolerance=all} in the connector's properties it is reported and left out instead.
 *
 * <p>Safe for use by any number of threads, but not from the listener: the host waits for the threads that call it.
 */
public final class ConnectorHost implements AutoCloseable {
    private static final Duration MOST_CLOSING = Duration.ofSeconds(30);

    private final HostContext context;
    private final Map<String, HostedConnector> connectors;
    private boolean closed;

    private ConnectorHost(Prepared prepared) {
        this.context = prepared.context();
        this.connectors = prepared.connectors();
    }

    /**
     * Returns a builder of a host.
     *
     * @param publisher publishes the records; must have the connectors' topics, see {@link HostTopics#declare}
     */
    public static ConnectorHostBuilder builder(Publisher publisher) {
        return new ConnectorHostBuilder(Objects.requireNonNull(publisher, "publisher"));
    }

    /**
     * Starts connectors of the class path, with offsets in memory.
     *
     * @param publisher publishes the records; must have the connectors' topics, see {@link HostTopics#declare}
     * @param properties each connector's properties, as for Connect: {@code name}, {@code connector.class},
     *     {@code tasks.max} and its own
     * @param listener is called with each event
     * @return the running host, to be closed by the caller
     * @throws StartException as {@link ConnectorHostBuilder#start}
     */
    public static ConnectorHost start(
            Publisher publisher, List<Map<String, String>> properties, HostListener listener) {
        return builder(publisher).connectors(properties).listener(listener).start();
    }

    /**
     * Checks connectors of the class path in the same way as a start. No connector is started, and no broker contacted.
     *
     * @param properties each connector's properties, as for {@link #start}
     * @return every key with its effective value, defaults included and secrets hidden; those of a connector are in the
     *     section {@code connector <its name>}
     * @throws StartException with everything that is wrong
     */
    public static List<ResolvedKey> check(List<Map<String, String>> properties) {
        ConnectorSettings.checkNoNull("properties", properties);
        return ConnectorCheck.keys(properties, ConnectPlugins.discover());
    }

    /**
     * Checks connectors as {@link #check(List)} does, with plugins in folders too.
     *
     * @param pluginPath the folders, as for {@link ConnectorHostBuilder#pluginPath}
     * @throws StartException with everything that is wrong
     */
    public static List<ResolvedKey> check(List<Map<String, String>> properties, String pluginPath) {
        ConnectorSettings.checkNoNull("properties", properties);
        Objects.requireNonNull(pluginPath, "pluginPath");
        try (ConnectPlugins plugins = ConnectPlugins.discover(pluginPath)) {
            return ConnectorCheck.keys(properties, plugins);
        }
    }

    static ConnectorHost start(Prepared prepared) {
        ConnectorHost host = new ConnectorHost(prepared);
        try {
            prepared.start();
        } catch (Throwable e) {
            host.close();
            throw e;
        }
        host.connectors.values().forEach(HostedConnector::run);
        return host;
    }

    /** Returns what the connectors do at present, in the order in which they were added. */
    public List<ConnectorStatus> status() {
        return connectors.values().stream().map(HostedConnector::status).toList();
    }

    /**
     * Returns what a connector does at present.
     *
     * @throws IllegalArgumentException if there is no such connector
     */
    public ConnectorStatus status(String connector) {
        return find(connector).status();
    }

    /**
     * Pauses a connector: its tasks keep what they have open and are not polled until {@link #resume}. What they had
     * returned before is published.
     *
     * @return completes when the tasks have the request; the status shows when each is paused
     * @throws IllegalArgumentException if there is no such connector
     */
    public CompletableFuture<Void> pause(String connector) {
        return find(connector).pause();
    }

    /**
     * Resumes a connector that was paused, or starts one that was stopped.
     *
     * @return completes when its tasks are polled again, or were started
     * @throws IllegalArgumentException if there is no such connector
     */
    public CompletableFuture<Void> resume(String connector) {
        return find(connector).resume();
    }

    /**
     * Stops a connector and its tasks, after the records that are under way have been acknowledged, until
     * {@link #resume} or {@link #restart}.
     *
     * @return completes when it is stopped
     * @throws IllegalArgumentException if there is no such connector
     */
    public CompletableFuture<Void> stop(String connector) {
        return find(connector).stop();
    }

    /**
     * Stops a connector and its tasks as {@link #stop} does, and starts them again; this is how a connector continues
     * that has failed for good.
     *
     * @return completes when its tasks were started
     * @throws IllegalArgumentException if there is no such connector
     */
    public CompletableFuture<Void> restart(String connector) {
        return find(connector).restart();
    }

    private HostedConnector find(String connector) {
        HostedConnector found = connectors.get(Objects.requireNonNull(connector, "connector"));
        if (found == null) {
            throw new IllegalArgumentException(
                    "no connector is named " + connector + "; this host has " + connectors.keySet());
        }
        return found;
    }

    /**
     * Waits until every task has read all available input and every record of it is acknowledged or left out. This
     * works for tasks that report when they have read everything ({@link io.kurier.spi.ReportingTask}; Kurier's own
     * do). For other tasks this method ends only by a failure.
     *
     * @throws ConnectorFailedException as soon as one connector or task has ended before and is not started again: by
     *     an error, by {@link #stop} or by {@link #close()}
     */
    public void awaitDrained() throws InterruptedException {
        context.changes().await(() -> failure() != null || isDrained());
        ConnectorFailedException failure = failure();
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Waits for one connector as {@link #awaitDrained()} does for all.
     *
     * @throws ConnectorFailedException as soon as it or one of its tasks has ended before and is not started again
     * @throws IllegalArgumentException if there is no such connector
     */
    public void awaitDrained(String connector) throws InterruptedException {
        HostedConnector found = find(connector);
        context.changes().await(() -> found.end() != null || found.isDrained());
        ConnectorFailedException failure = found.end();
        if (failure != null) {
            throw failure;
        }
    }

    private boolean isDrained() {
        return connectors.values().stream().allMatch(HostedConnector::isDrained);
    }

    private @Nullable ConnectorFailedException failure() {
        for (HostedConnector connector : connectors.values()) {
            ConnectorFailedException end = connector.end();
            if (end != null) {
                return end;
            }
        }
        return null;
    }

    /** Calls {@link #close(Duration)} with 30 seconds. */
    @Override
    public void close() {
        close(MOST_CLOSING);
    }

    /**
     * Stops all connectors, waits until their records in flight are acknowledged, and stores their offsets. A second
     * close waits for the first and does nothing.
     *
     * @param timeout the maximum time to wait; tasks that have not ended by then are interrupted and left behind. The
     *     same happens if the calling thread is interrupted, which keeps its interrupt flag
     */
    public synchronized void close(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (closed) {
            return;
        }
        closed = true;
        long deadline = System.nanoTime() + Durations.nanos(timeout);
        connectors.values().forEach(HostedConnector::beginClose);
        try {
            for (HostedConnector connector : connectors.values()) {
                connector.awaitClose(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connectors.values().forEach(HostedConnector::leaveBehind);
        context.close();
    }
}
