// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.start.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of every publisher of a measurement: how to connect and log in, and settings of serializers. A user's file
 * has others, such as topics and keys of the producer; these are left out, since profiles are compared as they are.
 */
public final class ClusterKeys {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final List<String> TAKEN =
            List.of(BOOTSTRAP, "security.", "ssl.", "sasl.", "config.providers", "plugin.path", "serializer.");

    private final List<Setting> settings;

    private ClusterKeys(List<Setting> settings) {
        this.settings = List.copyOf(settings);
    }

    /**
     * Takes the keys of a file.
     *
     * @param file a properties file, or null for none
     * @param bootstrap the address that replaces that of the file, or null
     * @throws io.kurier.StartException if the file cannot be read
     * @throws TuneException if neither has an address
     */
    public static ClusterKeys of(@Nullable Path file, @Nullable String bootstrap) {
        List<Setting> settings = new ArrayList<>();
        if (file != null) {
            PropertiesFile.read(file).stream()
                    .filter(setting -> !setting.isUsable() || TAKEN.stream().anyMatch(setting.key()::startsWith))
                    .forEach(settings::add);
        }
        if (bootstrap != null) {
            settings.removeIf(setting -> setting.key().equals(BOOTSTRAP));
            settings.add(new Setting(BOOTSTRAP, bootstrap, "--bootstrap"));
        }
        if (settings.stream().noneMatch(setting -> setting.key().equals(BOOTSTRAP))) {
            throw TuneException.ofInput(
                    file == null
                            ? "no cluster is named; name a broker by --bootstrap HOST:PORT, or a file with"
                                    + " bootstrap.servers by --config"
                            : "--config " + file + ": it has no " + BOOTSTRAP + "; set it, or use --bootstrap",
                    null);
        }
        return new ClusterKeys(settings);
    }

    /**
     * Returns the plan of a publisher with these keys and others.
     *
     * @throws io.kurier.StartException with everything that is wrong
     */
    Plan plan(Map<String, String> others, DeclaredTopic topic) {
        List<Setting> all = new ArrayList<>(settings);
        others.forEach((key, value) -> all.add(new Setting(key, value, "kurier tune")));
        return Plan.of(all, List.of(topic), BoundPlugins.NONE);
    }
}
