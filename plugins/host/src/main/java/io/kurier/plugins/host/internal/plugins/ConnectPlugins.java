// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import io.kurier.StartException;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.FoundPlugin;
import io.kurier.core.internal.plugins.IsolatedFolder;
import io.kurier.core.internal.plugins.PluginFault;
import io.kurier.core.internal.plugins.Providers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/**
 * Connect's plugins on the class path and in the folders of {@code plugin.path}, each folder with a class loader of its
 * own. They are found by {@link java.util.ServiceLoader}, as Connect does (KIP-898); one that no services file names is
 * found by the full name of its class. Safe for use by any number of threads.
 */
public final class ConnectPlugins implements AutoCloseable {
    private final PluginSource classPath = PluginSource.classPath();
    private final List<PluginSource> folders;
    private final Map<ClassLoader, PluginSource> byLoader = new HashMap<>();
    private final List<SourceConnector> connectors;
    private final List<PluginFault> broken;

    private ConnectPlugins(PluginPath path) {
        List<PluginFault> faults = new ArrayList<>();
        List<IsolatedFolder> opened = IsolatedFolder.open(path, ConnectPlugins.class.getClassLoader(), faults);
        folders = opened.stream().map(PluginSource::of).toList();
        folders.forEach(source -> byLoader.put(source.loader(), source));
        try {
            List<SourceConnector> found = new ArrayList<>(Providers.load("connector", SourceConnector.class, faults));
            for (IsolatedFolder folder : opened) {
                if (folder.names(SourceConnector.class)) {
                    found.addAll(folder.load("connector", SourceConnector.class, faults));
                }
            }
            connectors = List.copyOf(found);
        } catch (RuntimeException | Error e) {
            opened.forEach(IsolatedFolder::close);
            throw e;
        }
        broken = faults.stream().filter(fault -> !fault.isWarning()).toList();
    }

    /** Finds the plugins on the class path. */
    public static ConnectPlugins discover() {
        return discover(PluginPath.NONE);
    }

    /** Finds the plugins on the class path and in folders; must be closed if there are folders. */
    public static ConnectPlugins discover(PluginPath path) {
        return new ConnectPlugins(path);
    }

    /**
     * Finds the plugins on the class path and in folders; must be closed if there are folders.
     *
     * @param pluginPath the value of {@code plugin.path}: folders, separated by commas
     * @throws StartException if one of the folders cannot be read
     */
    public static ConnectPlugins discover(String pluginPath) {
        return discover(ConfigReader.pluginPath(List.of(new Setting("plugin.path", pluginPath, "code"))));
    }

    /** Returns one instance of each connector that a services file names; not to be started. */
    public List<SourceConnector> connectors() {
        return connectors;
    }

    /** Returns the providers of connectors, and the jars and folders, that cannot be used. */
    public List<PluginFault> broken() {
        return broken;
    }

    /** Returns the jar or folder that the class of a plugin came from, for people. */
    public String origin(Class<?> type) {
        PluginSource folder = folder(type);
        return folder == null ? FoundPlugin.origin(type) : folder.origin(type);
    }

    /** Calls {@link #create(String, String, String)} without a version. */
    public SourceConnector create(String name, String className) {
        return create(name, className, (String) null);
    }

    /**
     * Creates a connector of the class that its properties name in {@code connector.class}: by its full name, by its
     * simple name, or by its simple name without "Connector", as a Connect worker accepts them.
     *
     * @param name the connector's name, for errors
     * @param version the value of {@code connector.plugin.version}: the connector's version; null or {@code latest} for
     *     any, of which there must be one
     * @throws StartException if there is none or more than one, or it cannot be created
     */
    public SourceConnector create(String name, String className, @Nullable String version) {
        List<PluginSource> everywhere =
                Stream.concat(Stream.of(classPath), folders.stream()).toList();
        PluginSearch search = new PluginSearch(
                "connector " + name + ", connector.class", SourceConnector.class, List.of(everywhere), broken);
        List<PluginSearch.Found> candidates = search.candidates(className);
        if (version != null && !version.equals("latest")) {
            candidates = ConnectorVersions.of("connector " + name, version, candidates);
        }
        PluginSearch.Found found = search.only(className, candidates);
        return Instances.create("connector " + name, found.type().asSubclass(SourceConnector.class), found.source());
    }

    /**
     * Creates a plugin that is no connector, from the class path or else from one of the folders.
     *
     * @param where the connector and the key that name it, for errors
     * @param kind the plugin's interface, for example {@code org.apache.kafka.connect.storage.Converter}
     * @param className the full name of the class, or a name by which a Connect worker knows it
     * @throws StartException if there is no such class or more than one, it is of another kind, or it cannot be created
     */
    public <T> T create(String where, Class<T> kind, String className) {
        return create(where, kind, className, null);
    }

    /**
     * Creates a plugin that is no connector, from the folder of a connector, or else from the class path, or else from
     * one of the other folders. A Connect worker also takes the connector's own first.
     *
     * @param where the connector and the key that name it, for errors
     * @param kind the plugin's interface, for example {@code org.apache.kafka.connect.storage.Converter}
     * @param className the full name of the class, or a name by which a Connect worker knows it
     * @param connector the connector that it is for, or null if there is none
     * @throws StartException if there is no such class or more than one, it is of another kind, or it cannot be created
     */
    public <T> T create(String where, Class<T> kind, String className, @Nullable Object connector) {
        PluginSource own = connector == null ? null : folder(connector.getClass());
        List<List<PluginSource>> tiers = new ArrayList<>();
        if (own != null) {
            tiers.add(List.of(own));
        }
        tiers.add(List.of(classPath));
        tiers.add(folders.stream().filter(folder -> folder != own).toList());
        List<PluginFault> jars = broken.stream()
                .filter(fault -> fault.kind().equals(PluginFault.ANY))
                .toList();
        PluginSearch.Found found = new PluginSearch(where, kind, tiers, jars).find(className);
        return Instances.create(where, found.type().asSubclass(kind), found.source());
    }

    /**
     * Makes the class loader of a plugin's folder the context class loader of the calling thread until the returned
     * scope is closed by the same thread. For plugins of the class path it does nothing.
     *
     * @param plugin what {@link #create} made, or a task of a connector
     */
    public Scope enter(Object plugin) {
        PluginSource folder = folder(plugin.getClass());
        return folder == null ? Scope.NONE : folder.enter();
    }

    /**
     * Returns which jar of a plugin's folder to remove or replace, in sentences, if the plugin failed because its jars
     * do not fit the application's or one another.
     *
     * @param plugin what {@link #create} made, or a task of a connector
     * @param thrown what it has thrown
     */
    public Optional<String> conflict(Object plugin, Throwable thrown) {
        PluginSource source = folder(plugin.getClass());
        IsolatedFolder folder = source == null ? null : source.folder();
        return folder == null ? Optional.empty() : Optional.ofNullable(JarConflict.explain(folder, thrown));
    }

    private @Nullable PluginSource folder(Class<?> type) {
        return folders.isEmpty() ? null : byLoader.get(type.getClassLoader());
    }

    /** Closes the class loaders of the folders: a class that was not needed so far cannot be loaded any more. */
    @Override
    public void close() {
        for (PluginSource source : folders) {
            IsolatedFolder folder = source.folder();
            if (folder != null) {
                folder.close();
            }
        }
    }

    /** Restores the context class loader when it is closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        /** Restores nothing. */
        Scope NONE = () -> {};

        @Override
        void close();
    }
}
