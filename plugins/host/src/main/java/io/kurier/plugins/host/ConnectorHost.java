// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.internal.time.Durations;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs source connectors in this JVM. Each task has a daemon thread. All publish through one {@link Publisher}, which
 * the caller must close, after the host.
 *
 * <p>A record that cannot be published ends its task, and the other tasks continue. With {@code errors.tolerance=all}
 * in the connector's properties, a record that is itself invalid (it cannot be encoded, is too large, or a guard
 * refuses it) is reported to the listener and left out. An outage, an undeclared topic and an unknown outcome end the
 * task even then.
 *
 * <p>Safe for use by any number of threads, but not from the listener: the host waits for the threads that call it.
 */
public final class ConnectorHost implements AutoCloseable {
    private static final Duration MOST_CLOSING = Duration.ofSeconds(30);

    private final List<HostedConnector> connectors;
    private boolean closed;

    private ConnectorHost(List<HostedConnector> connectors) {
        this.connectors = connectors;
    }

    /**
     * Starts connectors. No record is published before all of them have started.
     *
     * @param publisher publishes the records; must have the connectors' topics, see {@link HostTopics#declare}
     * @param properties each connector's properties, as for Connect: {@code name}, {@code connector.class},
     *     {@code tasks.max} and its own
     * @param listener is called with each event
     * @return the running host, to be closed by the caller
     * @throws StartException with everything that is wrong with the properties, or with the first connector that fails
     *     to start; those that had started are stopped
     */
    public static ConnectorHost start(
            Publisher publisher, List<Map<String, String>> properties, HostListener listener) {
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(listener, "listener");
        ConnectorSettings.checkNoNull("properties", properties);
        ConnectorHost host = new ConnectorHost(prepare(properties));
        HostListener quiet = new SafeListener(listener);
        try {
            host.connectors.forEach(connector -> connector.start(publisher, quiet));
        } catch (Throwable e) {
            host.close();
            throw e;
        }
        host.connectors.forEach(HostedConnector::run);
        return host;
    }

    private static List<HostedConnector> prepare(List<Map<String, String>> properties) {
        ConnectPlugins catalog = ConnectPlugins.discover();
        List<HostedConnector> connectors = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ConnectorSettings settings : ConnectorSettings.read(properties, problems)) {
            try {
                HostedConnector connector =
                        new HostedConnector(settings, catalog.create(settings.name(), settings.className()));
                connector.check(problems);
                connectors.add(connector);
            } catch (StartException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems, null);
        }
        return connectors;
    }

    /**
     * Waits until every task has read all available input and every record of it is acknowledged or left out. This
     * works for tasks that report when they have read everything ({@link io.kurier.spi.ReportingTask}; Kurier's own
     * do). For other tasks this method ends only by a failure.
     *
     * @throws ConnectorFailedException as soon as one task has ended before, by an error or by {@link #close()}
     */
    public void awaitDrained() throws InterruptedException {
        List<CompletableFuture<Void>> tasks = connectors.stream()
                .flatMap(connector -> connector.taskOutcomes().stream())
                .toList();
        CompletableFuture<Void> never = new CompletableFuture<>();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        ends.add(CompletableFuture.allOf(tasks.toArray(CompletableFuture<?>[]::new)));
        tasks.forEach(outcome -> ends.add(outcome.thenCompose(done -> never))); // the first failure ends the wait
        connectors.forEach(connector -> ends.add(connector.raised()));
        try {
            CompletableFuture.anyOf(ends.toArray(CompletableFuture<?>[]::new)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectorFailedException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Calls {@link #close(Duration)} with 30 seconds. */
    @Override
    public void close() {
        close(MOST_CLOSING);
    }

    /**
     * Stops all connectors and waits until their records in flight are acknowledged and their offsets committed. A
     * second close waits for the first and does nothing.
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
        connectors.forEach(HostedConnector::beginStop);
        try {
            for (HostedConnector connector : connectors) {
                connector.awaitStop(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connectors.forEach(HostedConnector::leaveBehind);
    }
}
