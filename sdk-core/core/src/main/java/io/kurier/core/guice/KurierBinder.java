// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.internal.config.Arguments;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.Instrumentation;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Configures a publisher and its topics in a Guice module. Several modules may each have a binder, and their settings
 * add up. A key that two of them set, or a topic that two declare, is an error of the injector's creation. A module
 * given to {@code Modules.override(...).with(...)} replaces keys of others instead.
 */
public final class KurierBinder {
    private final Binder binder;
    private final Multibinder<DeclaredTopic> topics;
    private final Multibinder<SerializerPlugin> serializers;
    private final Multibinder<FramingPlugin> framings;
    private final Multibinder<PartitionerPlugin> partitioners;
    private final Multibinder<GuardPlugin> guards;
    private final Multibinder<PublishListener> listeners;
    private final Multibinder<Instrumentation> instrumentations;

    private KurierBinder(Binder binder) {
        this.binder = binder;
        topics = Multibinder.newSetBinder(binder, DeclaredTopic.class).permitDuplicates();
        serializers = Multibinder.newSetBinder(binder, SerializerPlugin.class);
        framings = Multibinder.newSetBinder(binder, FramingPlugin.class);
        partitioners = Multibinder.newSetBinder(binder, PartitionerPlugin.class);
        guards = Multibinder.newSetBinder(binder, GuardPlugin.class);
        listeners = Multibinder.newSetBinder(binder, PublishListener.class);
        instrumentations = Multibinder.newSetBinder(binder, Instrumentation.class);
    }

    /** Returns a binder for the module whose {@code configure} this is called from. */
    public static KurierBinder of(Binder binder) {
        Objects.requireNonNull(binder, "binder");
        Binder skipping =
                binder.skipSources(KurierBinder.class, TopicBinder.class, TopicPublishers.class, InstalledModule.class);
        InstalledModule.expectedBy(skipping, CallSite.outside(KurierBinder.class));
        return new KurierBinder(skipping);
    }

    /** Sets a key, as in {@code kurier.properties}. */
    public KurierBinder set(String key, String value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        return set(new Setting(key, value, CallSite.outside(KurierBinder.class)));
    }

    /** Sets keys, as in {@code kurier.properties}. */
    public KurierBinder set(Map<String, String> keys) {
        Arguments.checkKeys("keys", keys);
        String source = CallSite.outside(KurierBinder.class);
        for (Map.Entry<String, String> key :
                keys.entrySet()) { // with forEach Guice would take Map's line for the module's
            set(new Setting(key.getKey(), key.getValue(), source));
        }
        return this;
    }

    /**
     * Reads a properties file; one that cannot be read is an error of the injector's creation. Each of its keys is a
     * separate binding, so that a file in {@code Modules.override(...).with(...)} replaces the keys that it names and
     * no others.
     */
    public KurierBinder properties(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            Set<String> seen = new HashSet<>();
            for (Setting setting : PropertiesFile.read(file)) {
                // a key that is in the file twice is a problem of the file, which Kurier reports with both lines
                bind(setting, seen.add(setting.key()) ? setting.key() : setting.key() + " in " + setting.source());
            }
        } catch (StartException e) {
            binder.addError("%s", e.getMessage());
        }
        return this;
    }

    KurierBinder set(Setting setting) {
        bind(setting, setting.key());
        return this;
    }

    /**
     * Makes one binding for each key: {@code Modules.override} replaces bindings, and Guice reports those that are
     * bound twice.
     */
    private void bind(Setting setting, String name) {
        binder.bind(Key.get(Setting.class, Names.named(name))).toInstance(setting);
    }

    /**
     * Declares a topic with its types. Its keys under {@code topics.<alias>} may be set here or in a properties file.
     * Classes that the injector makes can get a {@link io.kurier.TopicPublisher} of it.
     */
    public TopicBinder topic(Topic<?, ?> topic) {
        Objects.requireNonNull(topic, "topic");
        DeclaredTopic declared = new DeclaredTopic(topic, CallSite.outside(KurierBinder.class));
        topics.addBinding().toInstance(declared);
        TopicPublishers.bind(binder, new TopicBinding(declared, Key.get(Publisher.class)));
        return keys(topic);
    }

    /** Sets keys of a topic that is declared elsewhere, for example in a module that this one overrides. */
    public TopicBinder keys(Topic<?, ?> topic) {
        Objects.requireNonNull(topic, "topic");
        return new TopicBinder(this::set, topic.alias());
    }

    /** Adds a serializer plugin, which the caller may have made with its dependencies. */
    public KurierBinder serializer(SerializerPlugin plugin) {
        Objects.requireNonNull(plugin, "plugin");
        serializers.addBinding().toInstance(plugin);
        return this;
    }

    /** Adds a serializer plugin that Guice makes, so that it can have injected dependencies. */
    public KurierBinder serializer(Class<? extends SerializerPlugin> plugin) {
        Objects.requireNonNull(plugin, "plugin");
        serializers.addBinding().to(plugin);
        return this;
    }

    /** Adds a framing plugin; serializers choose it by their key {@code framing}. */
    public KurierBinder framing(FramingPlugin plugin) {
        Objects.requireNonNull(plugin, "plugin");
        framings.addBinding().toInstance(plugin);
        return this;
    }

    /** Adds a framing plugin that Guice makes, so that it takes injected dependencies. */
    public KurierBinder framing(Class<? extends FramingPlugin> plugin) {
        Objects.requireNonNull(plugin, "plugin");
        framings.addBinding().to(plugin);
        return this;
    }

    /** Adds a partitioner plugin. */
    public KurierBinder partitioner(PartitionerPlugin plugin) {
        Objects.requireNonNull(plugin, "plugin");
        partitioners.addBinding().toInstance(plugin);
        return this;
    }

    /** Adds a partitioner plugin that Guice makes, so that it can have injected dependencies. */
    public KurierBinder partitioner(Class<? extends PartitionerPlugin> plugin) {
        Objects.requireNonNull(plugin, "plugin");
        partitioners.addBinding().to(plugin);
        return this;
    }

    /** Adds a guard plugin. */
    public KurierBinder guard(GuardPlugin plugin) {
        Objects.requireNonNull(plugin, "plugin");
        guards.addBinding().toInstance(plugin);
        return this;
    }

    /** Adds a guard plugin that Guice makes, so that it can have injected dependencies. */
    public KurierBinder guard(Class<? extends GuardPlugin> plugin) {
        Objects.requireNonNull(plugin, "plugin");
        guards.addBinding().to(plugin);
        return this;
    }

    /** Adds a listener that receives the outcome of every message. */
    public KurierBinder listener(PublishListener listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.addBinding().toInstance(listener);
        return this;
    }

    /** Adds a listener that Guice makes, so that it can have injected dependencies. */
    public KurierBinder listener(Class<? extends PublishListener> listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.addBinding().to(listener);
        return this;
    }

    /** Adds a library of metrics or traces. */
    public KurierBinder instrumentation(Instrumentation instrumentation) {
        Objects.requireNonNull(instrumentation, "instrumentation");
        instrumentations.addBinding().toInstance(instrumentation);
        return this;
    }

    /** Adds a library of metrics or traces, which Guice makes, so that it can have injected dependencies. */
    public KurierBinder instrumentation(Class<? extends Instrumentation> instrumentation) {
        Objects.requireNonNull(instrumentation, "instrumentation");
        instrumentations.addBinding().to(instrumentation);
        return this;
    }

    /** Replaces the Kafka cluster with another transport; for tests, with {@code kurier-testkit}. */
    public KurierBinder transport(TransportFactory factory) {
        Objects.requireNonNull(factory, "factory");
        OptionalBinder.newOptionalBinder(binder, TransportFactory.class)
                .setBinding()
                .toInstance(factory);
        return this;
    }
}
