// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.cluster;

import io.kurier.StartException;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.start.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a command takes from its user's file: how to connect and log in, and settings of serializers. The file
 * has others, such as topics; these are left out.
 */
public final class ClusterKeys {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final List<String> OF_THE_CLUSTER = List.of(
            BOOTSTRAP, "security.", "ssl.", "sasl.", "config.providers", "plugin.path", "plugin.sha256", "serializer.");
    private static final List<String> OF_THE_PRODUCER = List.of("producer.", "profile");

    private final List<Setting> settings;

    private ClusterKeys(List<Setting> settings) {
        this.settings = List.copyOf(settings);
    }

    /**
     * Takes the keys of a file, without those of the producer.
     *
     * @param file a properties file, or null for none
     * @param bootstrap the address that replaces that of the file, or null
     * @throws StartException if the file cannot be read, or neither has an address
     */
    public static ClusterKeys of(@Nullable Path file, @Nullable String bootstrap) {
        return taken(file, bootstrap, OF_THE_CLUSTER);
    }

    /** Takes the keys of a file as {@link #of} does, and those of the producer too. */
    public static ClusterKeys withProducer(@Nullable Path file, @Nullable String bootstrap) {
        List<String> taken = new ArrayList<>(OF_THE_CLUSTER);
        taken.addAll(OF_THE_PRODUCER);
        return taken(file, bootstrap, taken);
    }

    private static ClusterKeys taken(@Nullable Path file, @Nullable String bootstrap, List<String> prefixes) {
        List<Setting> settings = new ArrayList<>();
        if (file != null) {
            PropertiesFile.read(file).stream()
                    .filter(setting -> !setting.isUsable() || prefixes.stream().anyMatch(setting.key()::startsWith))
                    .forEach(settings::add);
        }
        if (bootstrap != null) {
            settings.removeIf(setting -> setting.key().equals(BOOTSTRAP));
            settings.add(new Setting(BOOTSTRAP, bootstrap, "--bootstrap"));
        }
        if (settings.stream().noneMatch(setting -> setting.key().equals(BOOTSTRAP))) {
            throw new StartException(
                    file == null
                            ? "no cluster is named; name a broker by --bootstrap HOST:PORT, or a file with"
                                    + " bootstrap.servers by --config"
                            : "--config " + file + ": it has no " + BOOTSTRAP + "; set it, or use --bootstrap",
                    null);
        }
        return new ClusterKeys(settings);
    }

    /** Returns whether a key is set. */
    public boolean has(String key) {
        return settings.stream().anyMatch(setting -> setting.key().equals(key));
    }

    /**
     * Returns the configuration of these keys, without a topic.
     *
     * @throws StartException with everything that is wrong
     */
    public PublisherConfig config() {
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(settings, List.of(), problems);
        problems.throwIfAny();
        return config;
    }

    /**
     * Returns the folders of plugins.
     *
     * @throws StartException if one of them cannot be used
     */
    PluginPath pluginPath() {
        return ConfigReader.pluginPath(settings);
    }

    /** Returns the settings of these keys, as written. */
    public List<Setting> settings() {
        return settings;
    }

    /** Returns these keys and others. */
    List<Setting> and(Collection<Setting> others) {
        List<Setting> all = new ArrayList<>(settings);
        all.addAll(others);
        return all;
    }

    /**
     * Returns the plan of a publisher with these keys and others.
     *
     * @throws StartException with everything that is wrong
     */
    public Plan plan(Collection<Setting> others, DeclaredTopic topic) {
        return Plan.of(and(others), List.of(topic), BoundPlugins.NONE);
    }
}
