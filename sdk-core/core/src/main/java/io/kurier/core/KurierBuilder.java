// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.config.Arguments;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.SecurityWarnings;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.start.ClientClasses;
import io.kurier.core.internal.start.Extensions;
import io.kurier.core.internal.start.KafkaConnection;
import io.kurier.core.internal.start.Plan;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.Instrumentation;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Configures a publisher that needs more than one file and a list of topics; see {@link Kurier#builder()}. Several
 * calls add to each other. A key that is set twice stops the start, unless it is overridden. Not safe for use by
 * several threads.
 */
public final class KurierBuilder {
    private final List<Setting> settings = new ArrayList<>();
    private final List<DeclaredTopic> topics = new ArrayList<>();
    private final Map<String, Setting> overrides = new LinkedHashMap<>();
    private final List<SerializerPlugin> serializers = new ArrayList<>();
    private final List<FramingPlugin> framings = new ArrayList<>();
    private final List<PartitionerPlugin> partitioners = new ArrayList<>();
    private final List<GuardPlugin> guards = new ArrayList<>();
    private final List<PublishListener> listeners = new ArrayList<>();
    private final List<Instrumentation> instrumentations = new ArrayList<>();
    private @Nullable TransportFactory transport;

    KurierBuilder() {}

    /**
     * Reads a properties file, in UTF-8.
     *
     * @throws io.kurier.StartException if it cannot be read
     */
    public KurierBuilder properties(Path file) {
        Objects.requireNonNull(file, "file");
        settings.addAll(PropertiesFile.read(file));
        return this;
    }

    /** Sets keys, as in {@code kurier.properties}. */
    public KurierBuilder set(Map<String, String> keys) {
        Arguments.checkKeys("keys", keys);
        keys.forEach(this::set);
        return this;
    }

    /** Sets a key, as in {@code kurier.properties}. */
    public KurierBuilder set(String key, String value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        settings.add(new Setting(key, value.strip(), "code"));
        return this;
    }

    /**
     * Reads a properties file whose keys replace those that are set otherwise, such as a file for an environment. If a
     * key is overridden twice, the later override counts.
     *
     * @throws io.kurier.StartException if it cannot be read
     */
    public KurierBuilder override(Path file) {
        Objects.requireNonNull(file, "file");
        PropertiesFile.read(file).forEach(this::override);
        return this;
    }

    /** Sets keys that replace those that are set otherwise, such as arguments of a command line. */
    public KurierBuilder override(Map<String, String> keys) {
        Arguments.checkKeys("keys", keys);
        keys.forEach((key, value) -> override(new Setting(key, value.strip(), "code")));
        return this;
    }

    /**
     * Sets a key that replaces one that is set otherwise, for a framework that has read it itself.
     *
     * @param origin the place that set it, as problems show it, such as {@code application.yml:7}
     */
    public KurierBuilder override(String key, String value, String origin) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
        override(new Setting(key, value.strip(), origin));
        return this;
    }

    private void override(Setting setting) {
        overrides.put(setting.key(), setting);
    }

    /** Declares topics with their types. */
    public KurierBuilder topics(Topic<?, ?>... more) {
        Arguments.checkElements("topics", more);
        Stream.of(more).map(DeclaredTopic::inCode).forEach(topics::add);
        return this;
    }

    /** Adds a serializer plugin, which replaces a discovered one of its class. */
    public KurierBuilder serializer(SerializerPlugin plugin) {
        serializers.add(Objects.requireNonNull(plugin, "plugin"));
        return this;
    }

    /**
     * Adds a framing plugin, which replaces a discovered one of its class; serializers choose it by their key {@code
     * framing}.
     */
    public KurierBuilder framing(FramingPlugin plugin) {
        framings.add(Objects.requireNonNull(plugin, "plugin"));
        return this;
    }

    /** Adds a partitioner plugin, which replaces a discovered one of its class. */
    public KurierBuilder partitioner(PartitionerPlugin plugin) {
        partitioners.add(Objects.requireNonNull(plugin, "plugin"));
        return this;
    }

    /** Adds a guard plugin, which replaces a discovered one of its class. */
    public KurierBuilder guard(GuardPlugin plugin) {
        guards.add(Objects.requireNonNull(plugin, "plugin"));
        return this;
    }

    /** Adds a listener that receives the outcome of every message. */
    public KurierBuilder listener(PublishListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds a library of metrics or traces. */
    public KurierBuilder instrumentation(Instrumentation instrumentation) {
        instrumentations.add(Objects.requireNonNull(instrumentation, "instrumentation"));
        return this;
    }

    /** Replaces the Kafka cluster with another transport; for tests, with {@code kurier-testkit}. */
    public KurierBuilder transport(TransportFactory factory) {
        transport = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /**
     * Checks the configuration in the same way as a start, without contacting a broker; see {@link Kurier#check(Path,
     * Topic...)}.
     *
     * @return every key with its effective value, defaults included and secrets hidden
     * @throws io.kurier.StartException with everything that is wrong
     */
    public List<ResolvedKey> check() {
        try (Plan plan = plan()) {
            return ConfigCheck.of(plan);
        }
    }

    /**
     * Starts the publisher, see {@link Kurier#start(Path, Topic...)}.
     *
     * @return the publisher, to be closed by the caller
     * @throws io.kurier.StartException with everything that is wrong
     */
    public Publisher start() {
        if (transport == null) {
            ClientClasses.load();
        }
        return plan().start(
                        transport == null ? new KafkaConnection() : transport,
                        new Extensions(listeners, instrumentations));
    }

    private Plan plan() {
        List<Setting> all = new ArrayList<>(settings);
        all.removeIf(setting -> overrides.containsKey(setting.key()));
        all.addAll(overrides.values());
        Plan plan = Plan.of(all, topics, new BoundPlugins(serializers, partitioners, guards, framings));
        SecurityWarnings.log(plan.config());
        return plan;
    }
}
