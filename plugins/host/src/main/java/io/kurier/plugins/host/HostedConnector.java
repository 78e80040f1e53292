// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.internal.closing.ClosingStep;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.plugins.Instances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector with its tasks; calls them in Connect's order. It is the context that the connector gets. Prepared and
 * started by one thread, stopped on a thread of its own.
 */
final class HostedConnector implements SourceConnectorContext {
    private static final Logger LOG = LoggerFactory.getLogger(HostedConnector.class);

    private final ConnectorSettings settings;
    private final SourceConnector connector;
    private final Metrics metrics = new Metrics();
    private final ContextMetrics ownMetrics;
    private final Thread stopping;
    private final OffsetStore offsets = new OffsetStore();
    private final CompletableFuture<Void> raised = new CompletableFuture<>();
    private final List<HostedTask> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean started;

    HostedConnector(ConnectorSettings settings, SourceConnector connector) {
        this.settings = settings;
        this.connector = connector;
        this.stopping = new Thread(this::stop, "kurier-" + settings.name() + "-stop");
        stopping.setDaemon(true);
        this.ownMetrics = new ContextMetrics(metrics, Map.of("connector", settings.name()));
    }

    /** Initializes the connector and collects what it finds wrong with its properties. */
    void check(List<String> problems) {
        try {
            called("initialize", () -> {
                connector.initialize(this);
                return true;
            });
            for (ConfigValue value : called("validate", () -> connector.validate(new HashMap<>(settings.properties())))
                    .configValues()) {
                value.errorMessages()
                        .forEach(message ->
                                problems.add("connector " + settings.name() + ", " + value.name() + ": " + message));
            }
            ConfigDef declared = called("config", connector::config);
            ConnectorKeys.check(settings, connector.getClass(), declared.names(), problems);
        } catch (StartException e) {
            problems.addAll(e.problems());
        }
    }

    /** Starts the connector and creates its tasks, which do not run yet. */
    void start(Publisher publisher, HostListener listener) {
        called("start", () -> {
            connector.start(new HashMap<>(settings.properties()));
            return true;
        });
        started = true;
        Class<? extends Task> type = called("taskClass", connector::taskClass);
        if (!SourceTask.class.isAssignableFrom(type)) {
            throw new StartException(
                    "connector " + settings.name() + ": its task " + type.getName() + " is no source task", null);
        }
        List<Map<String, String>> configs = called("taskConfigs", () -> connector.taskConfigs(settings.maxTasks()));
        if (configs.size() > settings.maxTasks()) { // KIP-1004
            throw new StartException(
                    "connector " + settings.name() + ", tasks.max: the connector made " + configs.size()
                            + " tasks, and " + settings.maxTasks() + " are allowed. Raise tasks.max.",
                    null);
        }
        for (Map<String, String> config : configs) {
            SourceTask task = Instances.create(settings.name(), type.asSubclass(SourceTask.class));
            Map<String, String> taskConfig = new HashMap<>(config);
            taskConfig.put("task.class", type.getName()); // the one key that a worker adds
            HostedTask hosted = new HostedTask(
                    settings, task, new TaskContext(taskConfig, offsets, metricsOfNextTask()), publisher, listener);
            Thread thread = new Thread(hosted, "kurier-" + settings.name() + "-" + tasks.size());
            thread.setDaemon(true);
            tasks.add(hosted);
            threads.add(thread);
        }
    }

    private ContextMetrics metricsOfNextTask() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("connector", settings.name());
        tags.put("task", String.valueOf(tasks.size()));
        return new ContextMetrics(metrics, tags);
    }

    /** Starts the tasks. */
    void run() {
        threads.forEach(Thread::start);
    }

    /** Returns what can end this connector: its tasks one by one, and an error that the connector itself raises. */
    List<CompletableFuture<Void>> taskOutcomes() {
        return tasks.stream().map(HostedTask::outcome).toList();
    }

    /** Returns a future that fails if the connector raises an error and otherwise never completes. */
    CompletableFuture<Void> raised() {
        return raised;
    }

    /**
     * Begins to stop tasks and connector, on a thread that ends when all is stopped: user code that hangs in
     * {@code stop()} must not hang the host (KAFKA-10792). If no thread can be created, it stops them in the caller's
     * thread. To be called once.
     */
    void beginStop() {
        tasks.forEach(HostedTask::requestStop);
        try {
            stopping.start();
        } catch (OutOfMemoryError e) { // "unable to create native thread"
            stop();
        }
    }

    /** Waits for the end of the stop, at most the given number of milliseconds. */
    void awaitStop(long millis) throws InterruptedException {
        stopping.join(millis);
    }

    private void stop() {
        tasks.forEach(HostedTask::unblock);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            LOG.warn("connector {} is stopped before its tasks have ended", settings.name());
        }
        try {
            // As in Connect, start() and stop() are a pair; a connector that was not started is not stopped.
            if (started) {
                connector.stop();
            }
        } catch (Throwable e) { // it would be visible nowhere else
            SafeLogger.error(LOG, e, "connector {} failed in stop()", settings.name());
        }
        metrics.close();
    }

    /** Interrupts the tasks that have not ended, and logs what is not stopped. */
    void leaveBehind() {
        if (!stopping.isAlive()) {
            return;
        }
        LOG.warn("connector {} did not stop in time and is left behind", settings.name(), ClosingStep.place(stopping));
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                LOG.warn(
                        "the task {} did not stop in time and is interrupted",
                        thread.getName(),
                        ClosingStep.place(thread));
                thread.interrupt();
            }
        }
    }

    /** Calls the connector; an exception names the connector. */
    private <T> T called(String method, Supplier<T> call) {
        try {
            return Objects.requireNonNull(call.get(), "the answer is null");
        } catch (Throwable e) { // an Error too, and checked exceptions that the connector does not declare
            throw new StartException(
                    "connector " + settings.name() + ": " + settings.className() + " failed in " + method + "(): "
                            + ThrowableText.reason(e),
                    ThrowableText.loggable(e));
        }
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return offsets;
    }

    @Override
    public void requestTaskReconfiguration() {
        LOG.warn("connector {} asks for other tasks; this host keeps those it started with", settings.name());
    }

    @Override
    public void raiseError(Exception e) {
        SafeLogger.error(LOG, e, "connector {} raises an error", settings.name());
        raised.completeExceptionally(new ConnectorFailedException(settings.name(), e));
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return ownMetrics.get();
    }
}
