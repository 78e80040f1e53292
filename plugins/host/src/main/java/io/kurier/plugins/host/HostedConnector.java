// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.StartException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connector with its tasks; it is the context that the connector sees. Started and closed by one thread. */
final class HostedConnector implements SourceConnectorContext {
    private static final Logger LOG = LoggerFactory.getLogger(HostedConnector.class);
    private static final long MOST_STOPPING_SECONDS = 30;

    private final String name;
    private final Map<String, String> config;
    private final SourceConnector connector;
    private final OffsetStore offsets = new OffsetStore();
    private final CompletableFuture<Void> raised = new CompletableFuture<>();
    private final List<HostedTask> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    HostedConnector(String name, Map<String, String> config, SourceConnector connector) {
        this.name = name;
        this.config = config;
        this.connector = connector;
    }

    /** What the connector finds wrong with its properties. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (ConfigValue value : connector.validate(config).configValues()) {
            value.errorMessages().forEach(message -> problems.add("connector " + name + ", " + message));
        }
        return problems;
    }

    /** Starts the connector and its tasks. */
    void start(Publisher publisher, HostListener listener) {
        connector.initialize(this);
        connector.start(config);
        Class<? extends Task> taskClass = connector.taskClass();
        if (!SourceTask.class.isAssignableFrom(taskClass)) {
            throw new StartException(
                    "connector " + name + ": its task " + taskClass.getName() + " is no source task", null);
        }
        int most = Integer.parseInt(config.getOrDefault("tasks.max", "1").strip());
        for (Map<String, String> own : connector.taskConfigs(most)) {
            Map<String, String> taskConfig = new HashMap<>(own);
            config.forEach((key, value) -> {
                if (key.equals("name") || key.startsWith("errors.")) {
                    taskConfig.putIfAbsent(key, value);
                }
            });
            SourceTask task = Instances.create(taskClass.asSubclass(SourceTask.class));
            HostedTask hosted = new HostedTask(name, task, taskConfig, publisher, offsets, listener);
            Thread thread = new Thread(hosted, "kurier-" + name + "-" + tasks.size());
            thread.setDaemon(true);
            tasks.add(hosted);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** What can end this connector's work: its tasks one by one, and an error that the connector itself raises. */
    List<CompletableFuture<Void>> taskOutcomes() {
        return tasks.stream().map(HostedTask::outcome).toList();
    }

    /** Fails if the connector raises an error; never completes otherwise. */
    CompletableFuture<Void> raised() {
        return raised;
    }

    /** Stops tasks and connector, and waits for what is on its way. */
    void stop() {
        tasks.forEach(HostedTask::stop);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_STOPPING_SECONDS);
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                LOG.warn("the task {} did not stop in time and is interrupted", thread.getName());
                thread.interrupt();
            }
        }
        connector.stop();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return offsets;
    }

    @Override
    public void requestTaskReconfiguration() {
        LOG.warn("connector {} asks for other tasks; this host keeps those it started with", name);
    }

    @Override
    public void raiseError(Exception e) {
        raised.completeExceptionally(new ConnectorFailedException(name, e.getMessage(), e));
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return HostMetrics.of(config);
    }
}
