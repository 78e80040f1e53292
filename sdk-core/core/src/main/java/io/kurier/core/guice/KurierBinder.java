// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Binder;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.config.PropertiesFile;
import io.kurier.core.config.Setting;
import io.kurier.core.route.DeclaredTopic;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import java.nio.file.Path;
import java.util.Map;

/**
 * Says in a Guice module what to publish and how. Several modules may each have a binder; what they say adds up, and a
 * key that is set twice stops the start.
 */
public final class KurierBinder {
    private final Binder binder;
    private final Multibinder<Setting> settings;
    private final Multibinder<DeclaredTopic> topics;
    private final Multibinder<SerializerPlugin> serializers;
    private final Multibinder<PartitionerPlugin> partitioners;
    private final Multibinder<GuardPlugin> guards;
    private final Multibinder<PublishListener> listeners;

    private KurierBinder(Binder binder) {
        this.binder = binder;
        settings = Multibinder.newSetBinder(binder, Setting.class).permitDuplicates();
        topics = Multibinder.newSetBinder(binder, DeclaredTopic.class).permitDuplicates();
        serializers = Multibinder.newSetBinder(binder, SerializerPlugin.class);
        partitioners = Multibinder.newSetBinder(binder, PartitionerPlugin.class);
        guards = Multibinder.newSetBinder(binder, GuardPlugin.class);
        listeners = Multibinder.newSetBinder(binder, PublishListener.class);
    }

    /** A binder for the module whose {@code configure} this is called from. */
    public static KurierBinder of(Binder binder) {
        return new KurierBinder(binder.skipSources(KurierBinder.class));
    }

    /** Sets a key, as in {@code kurier.properties}. */
    public KurierBinder set(String key, String value) {
        return set(new Setting(key, value, CallSite.ofBinder()));
    }

    /** Sets keys, as in {@code kurier.properties}. */
    public KurierBinder set(Map<String, String> keys) {
        String source = CallSite.ofBinder();
        keys.forEach((key, value) -> set(new Setting(key, value, source)));
        return this;
    }

    /** Reads a properties file; one that cannot be read is an error of the injector's creation. */
    public KurierBinder properties(Path file) {
        try {
            PropertiesFile.read(file).forEach(this::set);
        } catch (StartException e) {
            binder.addError("%s", e.getMessage());
        }
        return this;
    }

    KurierBinder set(Setting setting) {
        settings.addBinding().toInstance(setting);
        return this;
    }

    /** Declares a topic with its types; keys under {@code topics.<alias>} may stand here or in a properties file. */
    public TopicBinder topic(Topic<?, ?> topic) {
        topics.addBinding().toInstance(new DeclaredTopic(topic, CallSite.ofBinder()));
        return new TopicBinder(topic.alias());
    }

    /** Adds a serializer plugin, which may have dependencies injected by its maker. */
    public KurierBinder serializer(SerializerPlugin plugin) {
        serializers.addBinding().toInstance(plugin);
        return this;
    }

    /** Adds a serializer plugin that Guice makes, so that it takes injected dependencies. */
    public KurierBinder serializer(Class<? extends SerializerPlugin> plugin) {
        serializers.addBinding().to(plugin);
        return this;
    }

    /** Adds a partitioner plugin. */
    public KurierBinder partitioner(PartitionerPlugin plugin) {
        partitioners.addBinding().toInstance(plugin);
        return this;
    }

    /** Adds a partitioner plugin that Guice makes, so that it takes injected dependencies. */
    public KurierBinder partitioner(Class<? extends PartitionerPlugin> plugin) {
        partitioners.addBinding().to(plugin);
        return this;
    }

    /** Adds a guard plugin. */
    public KurierBinder guard(GuardPlugin plugin) {
        guards.addBinding().toInstance(plugin);
        return this;
    }

    /** Adds a guard plugin that Guice makes, so that it takes injected dependencies. */
    public KurierBinder guard(Class<? extends GuardPlugin> plugin) {
        guards.addBinding().to(plugin);
        return this;
    }

    /** Adds a listener that hears of every message's outcome. */
    public KurierBinder listener(PublishListener listener) {
        listeners.addBinding().toInstance(listener);
        return this;
    }

    /** Adds a listener that Guice makes, so that it takes injected dependencies. */
    public KurierBinder listener(Class<? extends PublishListener> listener) {
        listeners.addBinding().to(listener);
        return this;
    }

    /** Puts something else in the place of a Kafka cluster; for tests, with {@code kurier-testkit}. */
    public KurierBinder transport(TransportFactory factory) {
        OptionalBinder.newOptionalBinder(binder, TransportFactory.class)
                .setBinding()
                .toInstance(factory);
        return this;
    }

    /** Says what a topic is like; each method sets one key under {@code topics.<alias>}. */
    public final class TopicBinder {
        private final String prefix;

        private TopicBinder(String alias) {
            prefix = "topics." + alias + ".";
        }

        /** The physical name, if it is not the alias. */
        public TopicBinder name(String name) {
            return set("name", name);
        }

        /** The declared number of partitions. */
        public TopicBinder partitions(int partitions) {
            return set("partitions", Integer.toString(partitions));
        }

        /**
         * Whether a start with {@code topics.management=create} raises the partitions of a topic that has fewer than
         * declared. Keys then move to other partitions.
         */
        public TopicBinder partitionsIncrease(boolean increase) {
            return set("partitions.increase", Boolean.toString(increase));
        }

        /** The declared replication factor. */
        public TopicBinder replicationFactor(int replicas) {
            return set("replication.factor", Integer.toString(replicas));
        }

        /** The plugin for keys; {@code text} if not said. */
        public TopicBinder keySerializer(String plugin) {
            return set("key.serializer", plugin);
        }

        /** The plugin for values. */
        public TopicBinder valueSerializer(String plugin) {
            return set("value.serializer", plugin);
        }

        /** The plugin that partitions; Kafka's default if not said. */
        public TopicBinder partitioner(String plugin) {
            return set("partitioner", plugin);
        }

        /** The plugins that guard records, in the order in which they run; none if not said. */
        public TopicBinder guards(String... plugins) {
            return set("guards", String.join(",", plugins));
        }

        /** Any key under {@code topics.<alias>}, such as {@code config.retention.ms}. */
        public TopicBinder set(String key, String value) {
            KurierBinder.this.set(new Setting(prefix + key, value, CallSite.ofBinder()));
            return this;
        }
    }
}
