// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.Printable;
import io.kurier.spi.Plugin;
import java.security.CodeSource;
import java.util.Set;
import java.util.TreeSet;

/**
 * A plugin that was found, where, and what it said of itself when it was. It is asked once: what it would say, or throw,
 * another time changes nothing.
 *
 * @param plugin the plugin
 * @param name the word that configuration uses
 * @param aliases further words
 * @param version its version
 * @param origin the jar or folder that its class came from
 * @param <P> its kind
 */
public record FoundPlugin<P extends Plugin>(P plugin, String name, Set<String> aliases, String version, String origin) {

    /** A plugin, of which the names stay as they are. */
    public FoundPlugin {
        version = Printable.of(version);
        origin = Printable.of(origin);
    }

    /** The same, with another in front of it. */
    FoundPlugin<P> behind(P front) {
        return new FoundPlugin<>(front, name, aliases, version, origin);
    }

    /** The jar or folder that a class came from. */
    public static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "unknown" : Origins.ofLocation(source.getLocation());
    }

    boolean answersTo(String other) {
        return name.equals(other) || aliases.contains(other);
    }

    /** Its name, with its aliases behind it. */
    public String names() {
        return Printable.of(
                aliases.isEmpty() ? name : name + " (also " + String.join(", ", new TreeSet<>(aliases)) + ")");
    }
}
