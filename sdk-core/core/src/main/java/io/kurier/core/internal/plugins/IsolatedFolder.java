// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.errors.SafeLogger;
import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin of {@code plugin.path}, a folder or a single jar, with a class loader of its own. Safe for use by any
 * number of threads.
 */
public final class IsolatedFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IsolatedFolder.class);

    private final PluginFiles files;
    private final PluginClassLoader loader;

    /** For people, by the addresses of the jars. */
    private final Map<String, String> origins;

    private IsolatedFolder(PluginFiles files, PluginClassLoader loader, Map<String, String> origins) {
        this.files = files;
        this.loader = loader;
        this.origins = origins;
    }

    static IsolatedFolder open(PluginFiles files, ClassLoader parent) {
        Map<String, String> origins = new HashMap<>();
        files.jars()
                .forEach(jar -> origins.put(PluginClassLoader.url(jar.file()).toExternalForm(), jar.origin()));
        PluginClassLoader loader = new PluginClassLoader(
                files.origin(), files.jars().stream().map(PluginJar::file).toList(), parent);
        return new IsolatedFolder(files, loader, origins);
    }

    /**
     * Returns every folder and jar that has at least one usable jar, in the order of their names; to be closed.
     *
     * @param parent the loader of the classes that plugins share with the application
     * @param faults collects the problems of the others
     */
    public static List<IsolatedFolder> open(PluginPath path, ClassLoader parent, List<PluginFault> faults) {
        return PluginFolder.all(path, faults).stream()
                .map(files -> open(files, parent))
                .toList();
    }

    /** Returns the folder or jar, for people. */
    public String origin() {
        return files.origin();
    }

    /** Returns the loader of its classes. */
    public ClassLoader loader() {
        return loader;
    }

    PluginClassLoader pluginLoader() {
        return loader;
    }

    /** Returns whether one of its jars names providers of a service. */
    public boolean names(Class<?> service) {
        return files.jars().stream().anyMatch(jar -> jar.services().contains(service.getName()));
    }

    /** Returns the jar that holds a class of this folder, for people. */
    public String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL jar = source == null ? null : source.getLocation();
        return jar == null ? files.origin() : origins.getOrDefault(jar.toExternalForm(), files.origin());
    }

    /** Returns the jars that have a class of a name, whether it is used or not, for people; none after the close. */
    public List<String> jarsWith(String className) {
        try {
            return Collections.list(loader.findResources(className.replace('.', '/') + ".class")).stream()
                    .map(this::originOfFile)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Returns every provider of a service that this folder names, holds, and can create.
     *
     * @param kind the users' name of the service
     * @param faults collects the problems of the others
     */
    public <S> List<S> load(String kind, Class<S> service, List<PluginFault> faults) {
        return loader.within(() -> Providers.load(kind, service, loader, this::originOfFile, faults)).stream()
                .filter(plugin -> isOwn(kind, plugin.getClass(), faults))
                .toList();
    }

    /** Returns the class of every provider of a service that this folder names and holds. None is created. */
    public <S> List<Class<? extends S>> types(String kind, Class<S> service, List<PluginFault> faults) {
        List<Class<? extends S>> own = new ArrayList<>();
        for (Class<? extends S> type : Providers.types(kind, service, loader, this::originOfFile, faults)) {
            if (isOwn(kind, type, faults)) {
                own.add(type);
            }
        }
        return own;
    }

    private boolean isOwn(String kind, Class<?> type, List<PluginFault> faults) {
        if (type.getClassLoader() == loader) {
            return true;
        }
        // a provider of a module was not named by this folder, and a shared class is always the application's
        if (!type.getModule().isNamed() && !ParentFirstClasses.isShared(type.getName())) {
            faults.add(PluginFault.broken(
                    files.origin(),
                    kind,
                    "it names " + type.getName() + " and does not hold that class; the application has one of that"
                            + " name, which is not taken. Let the jar be built with its classes."));
        }
        return false;
    }

    /** Returns the jar that a file is in, for people. */
    private String originOfFile(URL file) {
        String address = file.toExternalForm();
        return origins.entrySet().stream()
                .filter(jar -> address.startsWith("jar:" + jar.getKey() + "!/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(files.origin());
    }

    /** Closes the loader: a class that was not needed so far cannot be loaded any more. */
    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            SafeLogger.warn(LOG, e, "the jars of {} cannot be closed", files.origin());
        }
        files.close();
    }
}
