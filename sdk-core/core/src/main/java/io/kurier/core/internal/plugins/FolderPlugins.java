// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins in the folders of {@code plugin.path}, each with its own class loader, until it is closed. */
final class FolderPlugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderPlugins.class);

    private final List<Isolated> all = new ArrayList<>();
    private final List<PluginFault> faults;

    private record Isolated(PluginFiles files, PluginClassLoader loader, Map<String, String> origins) {

        /** Returns the jar that holds a class, for people. */
        String origin(Class<?> type) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            URL jar = source == null ? null : source.getLocation();
            return jar == null ? files.origin() : origins.getOrDefault(jar.toExternalForm(), files.origin());
        }

        /** Returns the jar that a services file is in, for people. */
        String originOfFile(URL file) {
            String address = file.toExternalForm();
            return origins.entrySet().stream()
                    .filter(jar -> address.startsWith("jar:" + jar.getKey() + "!/"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(files.origin());
        }
    }

    private FolderPlugins(List<PluginFault> faults) {
        this.faults = faults;
    }

    /** Opens the plugins in the folders; problems are added to {@code faults}. */
    static FolderPlugins open(PluginPath path, List<PluginFault> faults) {
        FolderPlugins plugins = new FolderPlugins(faults);
        for (PluginFiles files : PluginFolder.all(path, faults)) {
            if (files.jars().stream().anyMatch(PluginJar::namesPlugins)) {
                plugins.add(files);
            } else if (!files.jars().isEmpty() && files.jars().stream().noneMatch(PluginJar::namesPluginsOfKafka)) {
                faults.add(PluginFault.broken(
                        files.origin(),
                        PluginFault.ANY,
                        "it names no plugin: there is no file META-INF/services/io.kurier.spi.* in it. Let the plugin's jar"
                                + " be built with one."));
            }
        }
        return plugins;
    }

    private void add(PluginFiles files) {
        Map<String, String> origins = new HashMap<>();
        files.jars()
                .forEach(jar -> origins.put(PluginClassLoader.url(jar.file()).toExternalForm(), jar.origin()));
        PluginClassLoader loader = new PluginClassLoader(
                files.origin(),
                files.jars().stream().map(PluginJar::file).toList(),
                SerializerPlugin.class.getClassLoader());
        all.add(new Isolated(files, loader, origins));
    }

    /**
     * Returns the plugins of a kind.
     *
     * @param isolate wraps a plugin so that it runs with its own loader
     */
    <P extends Plugin> List<FoundPlugin<P>> load(
            String kind, Class<P> service, BiFunction<FoundPlugin<P>, PluginClassLoader, P> isolate) {
        List<FoundPlugin<P>> found = new ArrayList<>();
        for (Isolated isolated : all) {
            isolated.loader()
                    .run(() -> Providers.load(kind, service, isolated.loader(), isolated::originOfFile, faults)
                            .forEach(plugin -> admit(kind, service, isolate, isolated, plugin, found)));
        }
        return found;
    }

    private <P extends Plugin> void admit(
            String kind,
            Class<P> service,
            BiFunction<FoundPlugin<P>, PluginClassLoader, P> isolate,
            Isolated isolated,
            P plugin,
            List<FoundPlugin<P>> found) {
        Class<?> type = plugin.getClass();
        if (type.getClassLoader() != isolated.loader()) {
            if (!type.getModule().isNamed()) { // a provider of a module was not named by this folder
                faults.add(PluginFault.broken(
                        isolated.files().origin(),
                        kind,
                        "it names " + type.getName() + " and does not hold that class; the application has one of that"
                                + " name, which is not taken. Let the jar be built with its classes."));
            }
            return;
        }
        String origin = isolated.origin(type);
        FoundPlugin<P> asked = PluginCheck.ask(kind, service, plugin, origin, faults);
        if (asked != null) {
            found.add(asked.behind(isolate.apply(asked, isolated.loader())));
        }
    }

    /** Closes the loaders: a class that was not needed so far cannot be loaded any more. */
    @Override
    public void close() {
        for (Isolated isolated : all) {
            try {
                isolated.loader().close();
            } catch (IOException e) {
                SafeLogger.warn(
                        LOG,
                        e,
                        "the jars of {} cannot be closed",
                        isolated.files().origin());
            }
        }
    }
}
