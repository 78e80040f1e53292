// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.Printable;
import io.kurier.spi.Plugin;
import java.security.CodeSource;
import java.util.Set;
import java.util.TreeSet;

/**
 * A plugin that was found, with its origin and the results of its methods at that time. They are called once: what they
 * would return or throw later has no effect.
 *
 * @param plugin the plugin
 * @param name the name that configuration uses
 * @param aliases further names
 * @param version its version
 * @param origin the jar or folder that its class came from
 * @param <P> its kind
 */
public record FoundPlugin<P extends Plugin>(P plugin, String name, Set<String> aliases, String version, String origin) {

    /** Makes the version and the origin printable; the names stay as they are. */
    public FoundPlugin {
        version = Printable.of(version);
        origin = Printable.of(origin);
    }

    /** Returns this plugin wrapped by another one. */
    FoundPlugin<P> behind(P front) {
        return new FoundPlugin<>(front, name, aliases, version, origin);
    }

    /** Returns the jar or folder that a class came from. */
    public static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "unknown" : Origins.ofLocation(source.getLocation());
    }

    boolean answersTo(String other) {
        return name.equals(other) || aliases.contains(other);
    }

    /** Returns its name, followed by its aliases. */
    public String names() {
        return Printable.of(
                aliases.isEmpty() ? name : name + " (also " + String.join(", ", new TreeSet<>(aliases)) + ")");
    }
}
