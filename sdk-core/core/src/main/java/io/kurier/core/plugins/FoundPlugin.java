// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.plugins;

import io.kurier.spi.Plugin;
import java.security.CodeSource;
import java.util.TreeSet;

/**
 * A plugin that was found, and where.
 *
 * @param plugin the plugin
 * @param origin the jar or folder that its class came from
 * @param <P> its kind
 */
public record FoundPlugin<P extends Plugin>(P plugin, String origin) {

    static <P extends Plugin> FoundPlugin<P> of(P plugin) {
        return new FoundPlugin<>(plugin, origin(plugin.getClass()));
    }

    /** The jar or folder that a class came from. */
    public static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "unknown" : Origins.ofLocation(source.getLocation());
    }

    boolean answersTo(String name) {
        return plugin.name().equals(name) || plugin.aliases().contains(name);
    }

    /** Its name, with its aliases behind it. */
    public String names() {
        return plugin.aliases().isEmpty()
                ? plugin.name()
                : plugin.name() + " (also " + String.join(", ", new TreeSet<>(plugin.aliases())) + ")";
    }
}
