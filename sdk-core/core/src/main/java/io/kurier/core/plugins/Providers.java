// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.plugins;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Walks a {@link ServiceLoader} so that one bad provider is reported and the rest still load. */
public final class Providers {
    /** A loader whose class path cannot be read fails at every step; this ends the walk. */
    private static final int MOST_FAILURES = 1_000;

    private Providers() {}

    /**
     * Every provider of a service that can be made.
     *
     * @param kind what users call the service
     * @param service the service's interface or class
     * @param broken where the others are reported
     */
    public static <S> List<S> load(String kind, Class<S> service, List<BrokenPlugin> broken) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Iterator<S> providers = ServiceLoader.load(service, sees(context, service) ? context : service.getClassLoader())
                .iterator();
        List<S> found = new ArrayList<>();
        for (int failures = 0; failures < MOST_FAILURES; ) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                broken.add(new BrokenPlugin(kind, reason(e)));
            }
        }
        return found;
    }

    /**
     * Whether a thread's loader knows the service. A common pool thread's may not (KAFKA-21107), and then the loader of
     * the service itself finds the plugins beside it.
     */
    private static boolean sees(@Nullable ClassLoader loader, Class<?> service) {
        if (loader == null) {
            return false;
        }
        try {
            return Class.forName(service.getName(), false, loader) == service;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String reason(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null ? String.valueOf(error.getMessage()) : error.getMessage() + ": " + cause;
    }
}
