// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over a {@link ServiceLoader} so that one bad provider is reported, with its jar, and the rest still load
 * (KAFKA-14649).
 */
public final class Providers {
    /** A loader whose class path cannot be read fails at every step; this limit ends the iteration. */
    private static final int MOST_FAILURES = 1_000;

    private static final String SERVICES = "META-INF/services/";

    private Providers() {}

    /**
     * Returns every provider of a service on the class path that can be created.
     *
     * @param kind the users' name of the service
     * @param service the service's interface or class
     * @param faults collects the problems of the others
     */
    public static <S> List<S> load(String kind, Class<S> service, List<PluginFault> faults) {
        return load(kind, service, classPath(service), Origins::ofFile, faults);
    }

    /** Returns the loader of the class path: that of the thread if it sees the service, or else that of the service. */
    public static ClassLoader classPath(Class<?> service) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null && sees(context, service) ? context : service.getClassLoader();
    }

    /**
     * Returns the class of every provider of a service that a loader of the class path finds. None is created.
     *
     * @param faults collects the problems of the others
     */
    public static <S> List<Class<? extends S>> types(
            String kind, Class<S> service, ClassLoader loader, List<PluginFault> faults) {
        return types(kind, service, loader, Origins::ofFile, faults);
    }

    /**
     * Returns the class of every provider of a service that a loader finds.
     *
     * @param origin returns the jar, for people, of a services file
     */
    static <S> List<Class<? extends S>> types(
            String kind, Class<S> service, ClassLoader loader, Function<URL, String> origin, List<PluginFault> faults) {
        Map<Class<?>, Class<? extends S>> found = new LinkedHashMap<>();
        each(kind, service, loader, origin, faults, provider -> found.put(provider.type(), provider.type()));
        return List.copyOf(found.values());
    }

    /**
     * Returns every provider of a service that a loader finds and that can be created.
     *
     * @param origin returns the jar, for people, of a services file
     */
    static <S> List<S> load(
            String kind, Class<S> service, ClassLoader loader, Function<URL, String> origin, List<PluginFault> faults) {
        Map<Class<?>, S> found = new LinkedHashMap<>();
        each(kind, service, loader, origin, faults, provider -> {
            S made = provider.get();
            found.putIfAbsent(made.getClass(), made);
        });
        return List.copyOf(found.values());
    }

    private static <S> void each(
            String kind,
            Class<S> service,
            ClassLoader loader,
            Function<URL, String> origin,
            List<PluginFault> faults,
            Consumer<ServiceLoader.Provider<S>> found) {
        for (@Nullable URL file : files(loader, SERVICES + service.getName())) {
            Iterator<ServiceLoader.Provider<S>> providers =
                    ServiceLoader.load(service, new SingleServicesFile(loader, file)).stream()
                            .iterator();
            for (int failures = 0; failures < MOST_FAILURES; ) {
                Class<?> type = null;
                try {
                    if (!providers.hasNext()) {
                        break;
                    }
                    ServiceLoader.Provider<S> provider = providers.next();
                    type = provider.type();
                    found.accept(provider);
                } catch (Throwable e) { // a constructor can throw anything, and its plugin may not be in use
                    failures++;
                    LoadFailure failure = new LoadFailure(service);
                    String jar = file == null ? "the modules" : origin.apply(file);
                    faults.add(
                            PluginFault.broken(jar, kind, type == null ? failure.reason(e) : failure.reason(type, e)));
                }
            }
        }
    }

    /** Returns the files that name providers, and then null: providers of modules are named in no file. */
    private static List<@Nullable URL> files(ClassLoader loader, String name) {
        List<@Nullable URL> files = new ArrayList<>();
        try {
            files.addAll(Collections.list(loader.getResources(name)));
        } catch (IOException e) {
            throw new ServiceConfigurationError("the class path cannot be read", e);
        }
        files.add(null);
        return files;
    }

    /**
     * Returns whether a thread's loader can load the service. A common pool thread's may not (KAFKA-21107), and then
     * the loader of the service itself finds the plugins beside it.
     */
    private static boolean sees(ClassLoader loader, Class<?> service) {
        try {
            return Class.forName(service.getName(), false, loader) == service;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
