// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.StartException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Runs source connectors in this JVM. Each task has a daemon thread; all publish through one {@link Publisher}, which
 * stays the caller's to close.
 *
 * <p>A record that cannot be published ends its task, unless the connector's properties say
 * {@code errors.tolerance=all}; then it is told to the listener and the task goes on.
 */
public final class ConnectorHost implements AutoCloseable {
    private final List<HostedConnector> connectors;

    private ConnectorHost(List<HostedConnector> connectors) {
        this.connectors = connectors;
    }

    /**
     * Starts connectors.
     *
     * @param publisher where records go; it must know the connectors' topics, see {@link HostTopics#declare}
     * @param properties each connector's properties, as for Connect: {@code name}, {@code connector.class},
     *     {@code tasks.max} and its own
     * @param listener told what happens
     * @throws StartException with everything that the connectors find wrong with their properties
     */
    public static ConnectorHost start(
            Publisher publisher, List<Map<String, String>> properties, HostListener listener) {
        ConnectorCatalog catalog = ConnectorCatalog.discover();
        List<HostedConnector> connectors = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Map<String, String> config : properties) {
            String className = config.get("connector.class");
            if (className == null) {
                problems.add("connector " + config.get("name") + ": connector.class is missing");
                continue;
            }
            HostedConnector connector = new HostedConnector(
                    config.getOrDefault("name", className), Map.copyOf(config), catalog.create(className));
            problems.addAll(connector.problems());
            connectors.add(connector);
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems, null);
        }
        ConnectorHost host = new ConnectorHost(connectors);
        try {
            connectors.forEach(connector -> connector.start(publisher, listener));
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
        return host;
    }

    /**
     * Waits until every task has read all the input that is there and every record of it is acknowledged or given up.
     * Only tasks that tell when they are done can be waited for; Kurier's own do.
     *
     * @throws ConnectorFailedException if a connector ended before
     */
    public void awaitDrained() throws InterruptedException {
        List<CompletableFuture<Void>> tasks = connectors.stream()
                .flatMap(connector -> connector.taskOutcomes().stream())
                .toList();
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        for (CompletableFuture<Void> outcome : tasks) {
            relayFailure(outcome, firstFailure);
        }
        for (HostedConnector connector : connectors) {
            relayFailure(connector.raised(), firstFailure);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(tasks.toArray(CompletableFuture<?>[]::new));
        try {
            CompletableFuture.anyOf(all, firstFailure).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectorFailedException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void relayFailure(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        from.whenComplete((done, failure) -> {
            if (failure != null) {
                to.completeExceptionally(failure);
            }
        });
    }

    /** Stops all connectors; records on their way are awaited, at most 30 seconds a connector. */
    @Override
    public void close() {
        connectors.forEach(HostedConnector::stop);
    }
}
