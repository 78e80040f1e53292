// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The plugins in the folders of {@code plugin.path}, each with its own class loader, until it is closed. */
final class FolderPlugins implements AutoCloseable {
    private final List<IsolatedFolder> all = new ArrayList<>();
    private final List<PluginFault> faults;

    private FolderPlugins(List<PluginFault> faults) {
        this.faults = faults;
    }

    /** Opens the plugins in the folders; problems are added to {@code faults}. */
    static FolderPlugins open(PluginPath path, List<PluginFault> faults) {
        FolderPlugins plugins = new FolderPlugins(faults);
        for (PluginFiles files : PluginFolder.all(path, faults)) {
            if (files.jars().stream().anyMatch(PluginJar::namesPlugins)) {
                plugins.all.add(IsolatedFolder.open(files, SerializerPlugin.class.getClassLoader()));
                continue;
            }
            files.close();
            if (files.jars().stream().noneMatch(PluginJar::namesPluginsOfKafka)) {
                faults.add(PluginFault.broken(
                        files.origin(),
                        PluginFault.ANY,
                        "it names no plugin: there is no file META-INF/services/io.kurier.spi.* in it. Let the plugin's jar"
                                + " be built with one. A connector in it can be named by the full name of its class."));
            }
        }
        return plugins;
    }

    /**
     * Returns the plugins of a kind.
     *
     * @param isolate wraps a plugin so that it runs with its own loader
     */
    <P extends Plugin> List<FoundPlugin<P>> load(
            String kind, Class<P> service, BiFunction<FoundPlugin<P>, PluginClassLoader, P> isolate) {
        List<FoundPlugin<P>> found = new ArrayList<>();
        for (IsolatedFolder folder : all) {
            List<P> named = folder.load(kind, service, faults);
            folder.pluginLoader()
                    .run(() -> named.forEach(plugin -> {
                        FoundPlugin<P> asked =
                                PluginCheck.ask(kind, service, plugin, folder.origin(plugin.getClass()), faults);
                        if (asked != null) {
                            found.add(asked.behind(isolate.apply(asked, folder.pluginLoader())));
                        }
                    }));
        }
        return found;
    }

    /** Closes the loaders: a class that was not needed so far cannot be loaded any more. */
    @Override
    public void close() {
        all.forEach(IsolatedFolder::close);
    }
}
