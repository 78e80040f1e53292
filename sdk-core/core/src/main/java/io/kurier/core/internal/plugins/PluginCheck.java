// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.spi.Plugin;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a loaded plugin implements the current interface. The JVM would report a missing method only with its
 * first call, and a version number would have to be maintained by every author of a plugin.
 */
final class PluginCheck {
    private PluginCheck() {}

    /**
     * Calls the descriptive methods of a plugin.
     *
     * @param kind the users' name of the service
     * @param origin the jar or folder that its class came from
     * @param faults collects the problem if the plugin cannot be used, whatever its methods throw or return
     * @return the plugin with the results, or null if it cannot be used
     */
    static <P extends Plugin> @Nullable FoundPlugin<P> ask(
            String kind, Class<P> service, P plugin, String origin, List<PluginFault> faults) {
        String type = plugin.getClass().getName();
        String question = "name";
        String fault;
        try {
            String missing = missing(service, plugin.getClass());
            if (missing == null) {
                String name = Objects.requireNonNull(plugin.name(), "name() returned null");
                Set<String> aliases = Set.copyOf(Objects.requireNonNull(plugin.aliases(), "aliases() returned null"));
                question = "version";
                String version = Objects.requireNonNull(plugin.version(), "version() returned null");
                if (!name.isBlank()) {
                    return new FoundPlugin<>(plugin, name, aliases, version, origin);
                }
                fault = type + " has an empty name. Let its name() answer a word.";
            } else {
                fault = type + " was made for another version of io.kurier.spi: it has no method " + missing
                        + ". Get a build of it for this version of Kurier.";
            }
        } catch (Throwable e) { // an Error too: this plugin may not be in use, and it must hide no other
            fault = type + " cannot tell its " + question + ": " + ThrowableText.of(e) + ". Tell those who made it.";
        }
        faults.add(PluginFault.broken(origin, kind, fault));
        return null;
    }

    private static @Nullable String missing(Class<?> service, Class<?> type) {
        Method[] present = type.getMethods();
        return Arrays.stream(service.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !has(present, method))
                .map(PluginCheck::words)
                .sorted()
                .findFirst()
                .orElse(null);
    }

    /** Compares the whole descriptor, by which the JVM resolves methods. */
    private static boolean has(Method[] present, Method wanted) {
        for (Method method : present) {
            if (method.getName().equals(wanted.getName())
                    && !Modifier.isAbstract(method.getModifiers())
                    && method.getReturnType() == wanted.getReturnType()
                    && Arrays.equals(method.getParameterTypes(), wanted.getParameterTypes())) {
                return true;
            }
        }
        return false;
    }

    private static String words(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}
