// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import io.kurier.core.internal.config.Arguments;
import io.kurier.core.internal.config.Setting;
import java.util.Objects;
import java.util.function.Consumer;

/** Configures a topic; each method sets one key under {@code topics.<alias>}. */
public final class TopicBinder {
    private final Consumer<Setting> settings;
    private final String prefix;

    TopicBinder(Consumer<Setting> settings, String alias) {
        this.settings = settings;
        this.prefix = "topics." + alias + ".";
    }

    /** Sets the physical name, if it is not the alias. */
    public TopicBinder name(String name) {
        Objects.requireNonNull(name, "name");
        return set("name", name);
    }

    /** Sets the declared number of partitions. */
    public TopicBinder partitions(int partitions) {
        return set("partitions", Integer.toString(partitions));
    }

    /**
     * Sets whether a start with {@code topics.management=create} raises the partitions of a topic that has fewer than
     * declared. Keys then move to other partitions.
     */
    public TopicBinder partitionsIncrease(boolean increase) {
        return set("partitions.increase", Boolean.toString(increase));
    }

    /** Sets the declared replication factor. */
    public TopicBinder replicationFactor(int replicas) {
        return set("replication.factor", Integer.toString(replicas));
    }

    /** Sets the plugin for keys; the default is {@code text}. */
    public TopicBinder keySerializer(String plugin) {
        Objects.requireNonNull(plugin, "plugin");
        return set("key.serializer", plugin);
    }

    /** Sets the plugin for values. */
    public TopicBinder valueSerializer(String plugin) {
        Objects.requireNonNull(plugin, "plugin");
        return set("value.serializer", plugin);
    }

    /** Sets the plugin that partitions; by default Kafka chooses the partition. */
    public TopicBinder partitioner(String plugin) {
        Objects.requireNonNull(plugin, "plugin");
        return set("partitioner", plugin);
    }

    /** Sets the plugins that guard records, in the order in which they run; the default is none. */
    public TopicBinder guards(String... plugins) {
        Arguments.checkElements("plugins", plugins);
        return set("guards", String.join(",", plugins));
    }

    /** Sets any key under {@code topics.<alias>}, such as {@code config.retention.ms}. */
    public TopicBinder set(String key, String value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        settings.accept(new Setting(prefix + key, value, CallSite.outside(TopicBinder.class)));
        return this;
    }
}
