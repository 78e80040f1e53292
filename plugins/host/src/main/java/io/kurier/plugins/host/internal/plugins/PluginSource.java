// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import io.kurier.core.internal.plugins.FoundPlugin;
import io.kurier.core.internal.plugins.IsolatedFolder;
import io.kurier.core.internal.plugins.PluginFault;
import io.kurier.core.internal.plugins.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/** Where plugins are: the class path, or one folder of {@code plugin.path}. Safe for use by any number of threads. */
final class PluginSource {
    private static final Pattern NAME = Pattern.compile("[\\p{javaJavaIdentifierPart}.]+");

    private final @Nullable IsolatedFolder folder;
    private final ClassLoader loader;
    private final Map<Class<?>, Listed> listed = new ConcurrentHashMap<>();

    /** What services files name: the classes that can be loaded, and the faults of the others. */
    private record Listed(List<Class<?>> types, List<PluginFault> faults) {}

    private PluginSource(@Nullable IsolatedFolder folder, ClassLoader loader) {
        this.folder = folder;
        this.loader = loader;
    }

    /** The class path, as the calling thread sees it. */
    static PluginSource classPath() {
        return new PluginSource(null, Providers.classPath(SourceConnector.class));
    }

    static PluginSource of(IsolatedFolder folder) {
        return new PluginSource(folder, folder.loader());
    }

    /** Returns the folder, or null for the class path. */
    @Nullable
    IsolatedFolder folder() {
        return folder;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Returns where this is, for people. */
    String origin() {
        return folder == null ? "the class path" : folder.origin();
    }

    /** Returns the jar of a class, for people. */
    String origin(Class<?> type) {
        return folder == null ? FoundPlugin.origin(type) : folder.origin(type);
    }

    /**
     * Returns the class of a full name, or null if this source does not hold one.
     *
     * @throws LinkageError if its class file cannot be used
     */
    @Nullable
    Class<?> byName(String className) {
        if (!NAME.matcher(className).matches()) {
            return null;
        }
        try {
            Class<?> found = Class.forName(className, false, loader);
            return folder == null || found.getClassLoader() == loader ? found : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Returns the classes that this source names as providers of a kind of plugins; none is initialized. */
    List<Class<?>> types(Class<?> kind) {
        return listed.computeIfAbsent(kind, this::list).types();
    }

    /** Returns the faults of the other providers of a kind that this source names. */
    List<PluginFault> faults(Class<?> kind) {
        return listed.computeIfAbsent(kind, this::list).faults();
    }

    private Listed list(Class<?> kind) {
        List<PluginFault> faults = new ArrayList<>();
        List<? extends Class<?>> types = List.of();
        String name = PluginNames.ofKind(kind);
        if (folder == null) {
            types = Providers.types(name, kind, loader, faults);
        } else if (folder.names(kind)) {
            types = folder.types(name, kind, faults);
        }
        return new Listed(List.copyOf(types), List.copyOf(faults));
    }

    /** Makes a folder's loader the context class loader of the calling thread; does nothing for the class path. */
    ConnectPlugins.Scope enter() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (folder == null || before == loader) {
            return ConnectPlugins.Scope.NONE;
        }
        thread.setContextClassLoader(loader);
        return () -> thread.setContextClassLoader(before);
    }
}
