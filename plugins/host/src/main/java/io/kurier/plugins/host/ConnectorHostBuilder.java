// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.internal.publisher.RoutedPublisher;
import io.kurier.plugins.host.OffsetStorage.SourcePartition;
import io.kurier.plugins.host.internal.deadletters.DeadLetterDestinations;
import io.kurier.plugins.host.internal.deadletters.DeadLetters;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Configures a {@link ConnectorHost}. Used by one thread, for one host. */
public final class ConnectorHostBuilder {
    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);

    private final Publisher publisher;
    private final List<Map<String, String>> connectors = new ArrayList<>();
    private @Nullable String pluginPath;
    private OffsetStorage offsets = OffsetStorage.inMemory();
    private Duration flushInterval = FLUSH_INTERVAL;
    private HostListener listener = HostListener.NONE;

    ConnectorHostBuilder(Publisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Adds a connector.
     *
     * @param properties its properties, as for Connect: {@code name}, {@code connector.class}, {@code tasks.max} and its
     *     own
     */
    public ConnectorHostBuilder connector(Map<String, String> properties) {
        return connectors(List.of(properties));
    }

    /** Adds connectors, as {@link #connector} does. */
    public ConnectorHostBuilder connectors(List<Map<String, String>> properties) {
        ConnectorSettings.checkNoNull("properties", properties);
        properties.forEach(ofOne -> connectors.add(Map.copyOf(ofOne)));
        return this;
    }

    /**
     * Sets folders in which connectors, converters and transformations are found besides the class path, as in Connect:
     * each folder in them, and each jar, is one plugin with a class loader of its own.
     *
     * @param folders the folders, separated by commas; at least one
     */
    public ConnectorHostBuilder pluginPath(String folders) {
        pluginPath = Objects.requireNonNull(folders, "folders");
        return this;
    }

    /**
     * Sets where source offsets are stored, so that connectors continue after a restart. The default keeps them in
     * memory: a host that is started again reads from the beginning.
     *
     * @param storage the storage, which the host closes
     */
    public ConnectorHostBuilder offsets(OffsetStorage storage) {
        offsets = Objects.requireNonNull(storage, "storage");
        return this;
    }

    /**
     * Sets how often changed offsets are stored; one second by default. They are also stored when a task ends, is
     * paused, or has read all of its input.
     *
     * @param interval at least one millisecond
     */
    public ConnectorHostBuilder offsetFlushInterval(Duration interval) {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("the interval " + interval + " is shorter than one millisecond");
        }
        flushInterval = interval;
        return this;
    }

    /** Sets what is called with each event; by default nothing is. */
    public ConnectorHostBuilder listener(HostListener called) {
        listener = Objects.requireNonNull(called, "listener");
        return this;
    }

    /**
     * Starts the connectors. No record is published before all of them have started.
     *
     * @return the running host, to be closed by the caller
     * @throws StartException with everything that is wrong with the properties, or with the first connector that fails
     *     to start; those that had started are stopped
     * @throws OffsetStorageException if the offsets cannot be read
     */
    public ConnectorHost start() {
        HostContext context = new HostContext(
                publisher,
                pluginPath == null ? ConnectPlugins.discover() : ConnectPlugins.discover(pluginPath),
                new DeadLetterDestinations(publisher),
                new OffsetWriter(offsets, flushInterval),
                new SafeListener(listener),
                new StateChanges());
        Prepared prepared;
        try {
            prepared = prepare(context);
        } catch (Throwable e) {
            context.close();
            throw e;
        }
        return ConnectorHost.start(prepared);
    }

    private Prepared prepare(HostContext context) {
        Map<ConnectorSettings, ConnectorInstance> checked = ConnectorCheck.instances(connectors, context.plugins());
        checkExactlyOnce(checked.keySet());
        Map<String, ConnectorInstance> instances = new LinkedHashMap<>();
        checked.forEach((settings, instance) -> instances.put(settings.name(), instance));
        Map<String, Map<SourcePartition, Map<String, Object>>> stored = loadOffsets();
        Map<String, HostedConnector> hosted = new LinkedHashMap<>();
        checked.forEach((settings, instance) -> {
            String name = settings.name();
            OffsetStore store = new OffsetStore(name, context.offsets(), stored.getOrDefault(name, Map.of()));
            DeadLetters letters = context.deadLetters()
                    .of(
                            settings.deadLetters().topic(),
                            settings.deadLetters().file(),
                            settings.properties().getOrDefault("topic", "").strip());
            hosted.put(
                    name,
                    new HostedConnector(
                            settings,
                            context,
                            store,
                            new TaskRuns(
                                    settings,
                                    context,
                                    instance.pipelines(),
                                    letters,
                                    store,
                                    sessions(settings, store))));
        });
        return new Prepared(context, hosted, instances);
    }

    private void checkExactlyOnce(Collection<ConnectorSettings> all) {
        List<String> problems = new ArrayList<>();
        for (ConnectorSettings settings : all) {
            if (settings.exactlyOnce() == null) {
                continue;
            }
            String where = "connector " + settings.name() + ", " + ConnectorValues.EXACTLY_ONCE + ": ";
            if (offsets.transactional().isEmpty()) {
                problems.add(where + "source offsets must be in a topic, so that one transaction holds them and the"
                        + " records. Use OffsetStorage.inTopic, or kurier run --offsets-topic.");
            }
            if (!(publisher instanceof RoutedPublisher)) {
                problems.add(where + "the host needs the publisher that Kurier.start returned, and has "
                        + publisher.getClass().getName() + ".");
            }
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems, null);
        }
    }

    private @Nullable TaskSessions sessions(ConnectorSettings settings, OffsetStore store) {
        ExactlyOnce required = settings.exactlyOnce();
        TransactionalOffsets stored = offsets.transactional().orElse(null);
        return required == null || stored == null || !(publisher instanceof RoutedPublisher routed)
                ? null
                : new TaskSessions(settings, required, routed, stored, store, flushInterval);
    }

    private Map<String, Map<SourcePartition, Map<String, Object>>> loadOffsets() {
        Map<String, Map<SourcePartition, Map<String, Object>>> byConnector = new HashMap<>();
        offsets.load()
                .forEach((SourcePartition of, Map<String, Object> offset) -> byConnector
                        .computeIfAbsent(of.connector(), name -> new HashMap<>())
                        .put(of, offset));
        return byConnector;
    }

    /** Connectors that are valid and not started. */
    record Prepared(
            HostContext context, Map<String, HostedConnector> connectors, Map<String, ConnectorInstance> instances) {

        /** Starts the connectors, whose tasks do not run yet. */
        void start() {
            context.offsets().start();
            connectors.forEach((name, connector) ->
                    connector.prepare(Objects.requireNonNull(instances.get(name), "each connector has an instance")));
        }
    }
}
