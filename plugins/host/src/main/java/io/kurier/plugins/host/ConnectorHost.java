// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.internal.time.Durations;
import io.kurier.plugins.host.internal.ConnectorCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs source connectors in this JVM. Each task has a daemon thread; all publish through one {@link Publisher}, which
 * stays the caller's to close, after the host.
 *
 * <p>A record that cannot be published ends its task, and the other tasks go on. With {@code errors.tolerance=all} in
 * the connector's properties, a record that is itself wrong (it cannot be encoded, is too large, a guard refuses it) is
 * told to the listener and left out. An outage, an undeclared topic and an unknown outcome end the task all the same.
 *
 * <p>Safe for use by any number of threads, but not from the listener: its threads are those that the host waits for.
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
     * @param publisher where records go; it must know the connectors' topics, see {@link HostTopics#declare}
     * @param properties each connector's properties, as for Connect: {@code name}, {@code connector.class},
     *     {@code tasks.max} and its own
     * @param listener told what happens
     * @throws StartException with everything that is wrong with the properties, or the first connector that fails to
     *     start; those that had started are stopped
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
        ConnectorCatalog catalog = ConnectorCatalog.discover();
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
     * Waits until every task has read all the input that is there and every record of it is acknowledged or left out.
     * Only tasks that tell when they have read all can be waited for ({@link io.kurier.spi.ReportingTask}; Kurier's own
     * do); for others this ends by a failure only.
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

    /** {@link #close(Duration)} with 30 seconds. */
    @Override
    public void close() {
        close(MOST_CLOSING);
    }

    /**
     * Stops all connectors and waits until their records on the way are acknowledged and their offsets committed. A
     * second close waits for the first and does nothing.
     *
     * @param timeout how long to wait; tasks that have not ended by then are interrupted and left behind, and so they
     *     are if the calling thread is interrupted, which keeps its flag
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
