// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code kurier doctor} examines: the folders of plugins, and a configuration with its cluster. */
final class DoctorOptions {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String PLUGIN_PATH = "plugin.path";

    @Option(
            names = "--plugin-path",
            paramLabel = "FOLDERS",
            description = "Look into these folders too, as plugin.path does; commas separate them.")
    private @Nullable String pluginPath;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Examine this properties file of a publisher and its cluster too. Of a file without"
                    + " bootstrap.servers only plugin.path is used.")
    private @Nullable Path config;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            converter = BrokerAddress.Converter.class,
            description = "Examine the cluster of this broker, with the other keys of --config if there are any.")
    private @Nullable BrokerAddress bootstrap;

    @Option(
            names = "--topics",
            paramLabel = "ALIAS",
            split = ",",
            description = "Aliases of topics that only the application's code declares; they cannot be known from the"
                    + " file.")
    private List<String> topics = List.of();

    @Option(
            names = "--no-write",
            description = "Create no topic. Without it a temporary one is created, some records are published to it for"
                    + " the time to the acknowledgment and the clock, and it is deleted.")
    private boolean noWrite;

    /** Returns whether a cluster is to be examined. */
    boolean hasCluster() {
        return settings().stream().anyMatch(setting -> setting.key().equals(BOOTSTRAP));
    }

    /** Returns the file if it names no cluster, and {@code --bootstrap} does not either; otherwise null. */
    @Nullable
    Path fileWithoutCluster() {
        return hasCluster() ? null : config;
    }

    /** Returns whether a topic may be created. */
    boolean mayWrite() {
        return !noWrite;
    }

    /**
     * Returns the folders of plugins.
     *
     * @throws io.kurier.StartException if one cannot be used
     */
    PluginPath pluginPath() {
        return ConfigReader.pluginPath(settings());
    }

    /**
     * Returns the configuration that is examined.
     *
     * @throws io.kurier.StartException with everything that is wrong
     */
    PublisherConfig publisher() {
        Problems problems = new Problems();
        PublisherConfig read = ConfigReader.read(settings(), topics, problems);
        problems.throwIfAny();
        return read;
    }

    /** Returns the keys of the connection and of the producer. */
    ClusterKeys cluster() {
        return ClusterKeys.withProducer(config, bootstrap == null ? null : bootstrap.toString());
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(config == null ? List.of() : PropertiesFile.read(config));
        if (bootstrap != null) {
            settings.removeIf(setting -> setting.key().equals(BOOTSTRAP));
            settings.add(new Setting(BOOTSTRAP, bootstrap.toString(), "--bootstrap"));
        }
        if (pluginPath != null) {
            settings.add(new Setting(PLUGIN_PATH, pluginPath, "--plugin-path"));
        }
        return settings;
    }
}
