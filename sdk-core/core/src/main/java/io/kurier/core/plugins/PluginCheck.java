// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.plugins;

import io.kurier.spi.Plugin;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a plugin that was loaded fits the interface as it is now. The JVM would say so with the first call of
 * a method that is not there; a number of a version would have to be kept right by everyone who makes plugins.
 */
final class PluginCheck {
    private PluginCheck() {}

    /** Why a plugin cannot be used, in sentences, or null if nothing is known against it. */
    static @Nullable String fault(Class<? extends Plugin> service, Plugin plugin) {
        String type = plugin.getClass().getName();
        try {
            String missing = missing(service, plugin.getClass());
            if (missing != null) {
                return type + " was made for another version of io.kurier.spi: it has no method " + missing
                        + ". Get a build of it for this version of Kurier.";
            }
            boolean named = !Objects.requireNonNull(plugin.name()).isBlank();
            Objects.requireNonNull(plugin.aliases());
            return named ? null : type + " has an empty name. Let its name() answer a word.";
        } catch (RuntimeException | LinkageError | AssertionError e) {
            return type + " cannot tell its name: " + e + ". Tell those who made it.";
        }
    }

    private static @Nullable String missing(Class<?> service, Class<?> type) {
        return Arrays.stream(service.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !has(type, method))
                .map(PluginCheck::words)
                .sorted()
                .findFirst()
                .orElse(null);
    }

    /** By its whole descriptor, which is what the JVM goes by. */
    private static boolean has(Class<?> type, Method wanted) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> !Modifier.isAbstract(method.getModifiers())
                        && method.getName().equals(wanted.getName())
                        && method.getReturnType() == wanted.getReturnType()
                        && Arrays.equals(method.getParameterTypes(), wanted.getParameterTypes()));
    }

    private static String words(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}
