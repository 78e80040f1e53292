// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.Preparable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Separates a plugin's libraries from the application's and from those of other plugins: a class that is not
 * {@linkplain ParentFirstClasses shared} comes from the plugin's own jars first. Safe for use by any number of threads.
 *
 * <p>Its parent is the loader of Kurier's interfaces, independent of the thread that creates it (KAFKA-21107).
 */
final class PluginClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable(); // two threads that load classes of one plugin must not deadlock
    }

    private static final String SERVICES = "META-INF/services/";

    /** The services of plugins: Kurier's and Connect's. */
    private static final List<String> SERVICES_OF_PLUGINS =
            List.of(SERVICES + "io.kurier.spi.", SERVICES + "org.apache.kafka.connect.");

    /**
     * Creates a loader, to be closed.
     *
     * @param name the name of the plugin, which stack traces show
     */
    PluginClassLoader(String name, List<Path> jars, ClassLoader parent) {
        super(name, jars.stream().map(PluginClassLoader::url).toArray(URL[]::new), parent);
    }

    static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("no URL for a file", e);
        }
    }

    /** Code of a plugin that returns a result. */
    @FunctionalInterface
    interface Answering<T> {
        T answer();
    }

    /** Code of a plugin. */
    @FunctionalInterface
    interface Code<E extends Exception> {
        void run() throws E;
    }

    /** Runs code with this as the thread's context class loader, and always restores the previous one. */
    <T> T within(Answering<T> code) {
        ClassLoader before = enter();
        try {
            return code.answer();
        } finally {
            leave(before);
        }
    }

    /** Lets an object of the plugin request what it needs, if it is {@link Preparable}. */
    CompletionStage<?> prepare(Object made) {
        return made instanceof Preparable preparable
                ? within(() -> Objects.requireNonNull(preparable.prepare(), "it answers null"))
                : CompletableFuture.completedFuture(null);
    }

    /** Does the same as {@link #within} for code that returns nothing. */
    <E extends Exception> void run(Code<E> code) throws E {
        ClassLoader before = enter();
        try {
            code.run();
        } finally {
            leave(before);
        }
    }

    /**
     * Makes this the context class loader of the current thread, and returns the previous one, which must be restored.
     */
    @Nullable
    ClassLoader enter() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        return before;
    }

    static void leave(@Nullable ClassLoader before) {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (ParentFirstClasses.isShared(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                try {
                    loaded = findClass(name);
                } catch (ClassNotFoundException notOwn) {
                    return super.loadClass(name, resolve);
                }
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own == null && !isOwnOnly(name) ? super.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = new ArrayList<>(Collections.list(findResources(name)));
        if (!isOwnOnly(name)) {
            found.addAll(Collections.list(getParent().getResources(name)));
        }
        return Collections.enumeration(found);
    }

    /**
     * Returns whether the application's files of a service do not apply to the plugin: Kurier's and Connect's plugins of
     * the application do not belong to this folder, and providers for the application's copy of an interface (its modules
     * of Jackson, for example) do not fit the plugin's copy.
     */
    private boolean isOwnOnly(String name) {
        if (!name.startsWith(SERVICES)) {
            return false;
        }
        String service = name.substring(SERVICES.length());
        return SERVICES_OF_PLUGINS.stream().anyMatch(name::startsWith)
                || (!ParentFirstClasses.isShared(service)
                        && super.findResource(service.replace('.', '/') + ".class") != null);
    }

    @Override
    public @Nullable URL findResource(String name) {
        URL found = super.findResource(name);
        return found == null ? null : uncached(found);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        return Collections.enumeration(Collections.list(super.findResources(name)).stream()
                .map(PluginClassLoader::uncached)
                .toList());
    }

    /**
     * Returns the same address without the JDK's cache. The JDK otherwise keeps one open jar for all readers of its
     * address: it would stay open after this loader is closed, and be closed while another publisher's loader uses the
     * same jar.
     */
    private static URL uncached(URL url) {
        try {
            return new URL(null, url.toExternalForm(), new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL same) throws IOException {
                    URLConnection connection = new URL(same.toExternalForm()).openConnection();
                    connection.setUseCaches(false);
                    return connection;
                }
            });
        } catch (MalformedURLException e) {
            throw new IllegalStateException("not an address any more: " + url, e);
        }
    }
}
