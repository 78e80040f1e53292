// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.StartException;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.config.KeyOrigin;
import io.kurier.core.internal.config.ResolvedKeys;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.plugins.Instances;
import io.kurier.plugins.host.internal.records.RecordPipelines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of a connector's class, from {@code initialize} to {@code stop}; it is the context that the connector
 * gets. Every call of the connector runs with its class loader, and an exception names the connector.
 */
final class ConnectorInstance implements SourceConnectorContext {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorInstance.class);

    private final ConnectorSettings settings;
    private final ConnectPlugins plugins;
    private final SourceConnector connector;
    private final Metrics metrics = new Metrics();
    private final ContextMetrics ownMetrics;
    private volatile @Nullable HostedConnector owner;
    private volatile @Nullable OffsetStore offsets;
    private @Nullable RecordPipelines pipelines;
    private boolean started;
    private Class<? extends SourceTask> taskClass = SourceTask.class;
    private List<Map<String, String>> taskConfigs = List.of();

    private ConnectorInstance(ConnectorSettings settings, ConnectPlugins plugins, SourceConnector connector) {
        this.settings = settings;
        this.plugins = plugins;
        this.connector = connector;
        this.ownMetrics = new ContextMetrics(metrics, Map.of("connector", settings.name()));
    }

    /**
     * Creates and initializes a connector.
     *
     * @throws StartException if there is none of this class, or it fails
     */
    static ConnectorInstance create(ConnectorSettings settings, ConnectPlugins plugins) {
        ConnectorInstance instance = new ConnectorInstance(
                settings,
                plugins,
                plugins.create(
                        settings.name(),
                        settings.className(),
                        settings.properties().get("connector.plugin.version")));
        instance.run("initialize", () -> instance.connector.initialize(instance));
        return instance;
    }

    /** Collects what the connector finds wrong with its properties. */
    void check(List<String> problems) {
        try {
            for (ConfigValue value : called("validate", () -> connector.validate(new HashMap<>(settings.properties())))
                    .configValues()) {
                value.errorMessages()
                        .forEach(message ->
                                problems.add("connector " + settings.name() + ", " + value.name() + ": " + message));
            }
            ConfigDef declared = called("config", connector::config);
            checkExactlyOnce(problems);
            ConnectorKeys.check(settings, connector.getClass(), declared.names(), problems);
            pipelines = RecordPipelines.read(settings.name(), settings.properties(), plugins, connector, problems);
        } catch (StartException e) {
            problems.addAll(e.problems());
        }
    }

    private void checkExactlyOnce(List<String> problems) {
        ExactlyOnce required = settings.exactlyOnce();
        if (required == null) {
            return;
        }
        Map<String, String> properties = new HashMap<>(settings.properties());
        Optional<ExactlyOnceSupport> support =
                called("exactlyOnceSupport", () -> Optional.ofNullable(connector.exactlyOnceSupport(properties)));
        if (support.isEmpty() || support.get() != ExactlyOnceSupport.SUPPORTED) {
            problems.add("connector " + settings.name() + ", " + ConnectorValues.EXACTLY_ONCE + ": "
                    + settings.className()
                    + (support.isEmpty()
                            ? " does not say whether it can publish exactly once."
                            : " cannot publish exactly once with these properties.")
                    + " Remove the key, and records are published at least once.");
            return;
        }
        if (required.boundary() == ExactlyOnce.Boundary.CONNECTOR) {
            ConnectorTransactionBoundaries can = called(
                    "canDefineTransactionBoundaries",
                    () -> Objects.requireNonNullElse(
                            connector.canDefineTransactionBoundaries(properties),
                            ConnectorTransactionBoundaries.UNSUPPORTED));
            if (can != ConnectorTransactionBoundaries.SUPPORTED) {
                problems.add("connector " + settings.name() + ", " + ConnectorValues.BOUNDARY + ": "
                        + settings.className() + " does not end transactions itself. Set it to poll or interval.");
            }
        }
    }

    /** Returns every key that is set, and then the defaults of the host and of the connector for others. */
    List<ResolvedKey> resolved() {
        String section = "connector " + settings.name();
        ConfigDef declared = called("config", connector::config);
        List<ResolvedKey> keys = new ArrayList<>();
        new TreeMap<>(settings.properties()).forEach((key, value) -> {
            ConfigDef.ConfigKey known = declared.configKeys().get(key);
            boolean isSecret = (known != null && known.type == ConfigDef.Type.PASSWORD)
                    || new Setting(key, value, "code").isSecret();
            keys.add(new ResolvedKey(section, key, isSecret ? ResolvedKey.HIDDEN : value, "code", null));
        });
        Map<String, String> unset = new TreeMap<>();
        declared.names().stream()
                .filter(name -> !settings.properties().containsKey(name))
                .forEach(name -> unset.put(name, name));
        ResolvedKeys.defaults(declared, unset, section, keys);
        Map.of(ConnectorValues.TASKS_MAX, "1", ConnectorValues.TOLERANCE, "none").entrySet().stream()
                .filter(key -> !settings.properties().containsKey(key.getKey()) && !unset.containsKey(key.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(key -> keys.add(KeyOrigin.ofDefault(section, key.getKey(), key.getValue())));
        return keys;
    }

    /** Returns the transformations and converters of its records; to be called after a successful {@link #check}. */
    RecordPipelines pipelines() {
        return Objects.requireNonNull(pipelines, "not checked");
    }

    /**
     * Starts the connector and reads the properties of its tasks.
     *
     * @param by what handles the connector's requests
     * @throws StartException if it fails
     */
    void start(HostedConnector by, OffsetStore stored) {
        offsets = stored;
        run("start", () -> connector.start(new HashMap<>(settings.properties())));
        started = true;
        Class<? extends Task> type = called("taskClass", connector::taskClass);
        if (!SourceTask.class.isAssignableFrom(type)) {
            throw new StartException(
                    "connector " + settings.name() + ": its task " + type.getName() + " is no source task", null);
        }
        taskClass = type.asSubclass(SourceTask.class);
        boolean unused = readTaskConfigs();
        owner = by;
    }

    /**
     * Reads the properties of the tasks again and returns whether they have changed.
     *
     * @throws StartException if the connector fails or makes too many
     */
    boolean readTaskConfigs() {
        List<Map<String, String>> configs = called("taskConfigs", () -> connector.taskConfigs(settings.maxTasks()));
        if (configs.size() > settings.maxTasks()) { // KIP-1004
            throw new StartException(
                    "connector " + settings.name() + ", tasks.max: the connector made " + configs.size()
                            + " tasks, and " + settings.maxTasks() + " are allowed. Raise tasks.max.",
                    null);
        }
        List<Map<String, String>> copies =
                configs.stream().<Map<String, String>>map(HashMap::new).toList();
        boolean changed = !copies.equals(taskConfigs);
        taskConfigs = copies;
        return changed;
    }

    /** Returns the properties of each task. */
    List<Map<String, String>> taskConfigs() {
        return taskConfigs;
    }

    /**
     * Creates a task.
     *
     * @throws StartException if it has no constructor without parameters, or that fails
     */
    SourceTask newTask() {
        try (ConnectPlugins.Scope scope = plugins.enter(connector)) {
            return Instances.create(settings.name(), taskClass);
        }
    }

    /**
     * Returns what a task is given.
     *
     * @param boundaries takes where its transactions end, or null
     */
    TaskContext taskContext(
            int number, Map<String, String> config, OffsetStore stored, @Nullable TransactionBoundaries boundaries) {
        Map<String, String> all = new HashMap<>(config);
        all.put("task.class", taskClass.getName()); // the one key that a worker adds
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("connector", settings.name());
        tags.put("task", String.valueOf(number));
        return new TaskContext(all, stored, new ContextMetrics(metrics, tags), boundaries);
    }

    /** Stops the connector; an exception is logged. */
    void stop() {
        owner = null;
        try {
            // As in Connect, start() and stop() are a pair; a connector that was not started is not stopped.
            if (started) {
                run("stop", connector::stop);
            }
        } catch (StartException e) { // it would be visible nowhere else
            SafeLogger.error(LOG, e, "connector {} failed in stop()", settings.name());
        }
        metrics.close();
    }

    private void run(String method, Runnable call) {
        boolean unused = called(method, () -> {
            call.run();
            return true;
        });
    }

    /** Calls the connector; an exception names the connector. */
    private <T> T called(String method, Supplier<T> call) {
        try (ConnectPlugins.Scope scope = plugins.enter(connector)) {
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
        OffsetStore stored = offsets;
        if (stored == null) {
            throw new IllegalStateException("the offsets can be read from start() on");
        }
        return stored;
    }

    /** Ignored while the connector starts, since its tasks are read after that. */
    @Override
    public void requestTaskReconfiguration() {
        HostedConnector by = owner;
        if (by != null) {
            by.reconfigure();
        }
    }

    @Override
    public void raiseError(Exception e) {
        HostedConnector by = owner;
        if (by == null) {
            SafeLogger.error(LOG, e, "connector {} raises an error while it is not running", settings.name());
        } else {
            by.raised(e);
        }
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return ownMetrics.get();
    }
}
