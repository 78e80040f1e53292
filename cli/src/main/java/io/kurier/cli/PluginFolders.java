// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that list plugins: the folders to search, in addition to the class path. */
final class PluginFolders {
    @Option(
            names = "--plugin-path",
            paramLabel = "FOLDERS",
            description = "Look into these folders too, as plugin.path does; commas separate them.")
    private @Nullable String pluginPath;

    @Option(names = "--config", paramLabel = "FILE", description = "Take plugin.path from this properties file.")
    private @Nullable Path config;

    /**
     * Returns the folders.
     *
     * @throws io.kurier.StartException if one cannot be used
     */
    PluginPath path() {
        List<Setting> settings = new ArrayList<>(config == null ? List.of() : PropertiesFile.read(config));
        if (pluginPath != null) {
            settings.add(new Setting("plugin.path", pluginPath, "--plugin-path"));
        }
        return ConfigReader.pluginPath(settings);
    }
}
