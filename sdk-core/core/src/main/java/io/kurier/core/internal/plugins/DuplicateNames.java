// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.Plugin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds names that several plugins of a kind claim. None of them can be used by that name; everything else is
 * unaffected.
 */
final class DuplicateNames {
    private DuplicateNames() {}

    static <P extends Plugin> void report(String kind, List<FoundPlugin<P>> plugins, List<PluginFault> faults) {
        Map<String, FoundPlugin<P>> byName = new HashMap<>();
        for (FoundPlugin<P> found : plugins) {
            TreeSet<String> names = new TreeSet<>(found.aliases());
            names.add(found.name());
            for (String name : names) {
                FoundPlugin<P> first = byName.putIfAbsent(name, found);
                if (first != null) {
                    faults.add(PluginFault.warning(
                            found.origin(),
                            "its " + kind + " has the name \"" + name + "\", and so has one in " + first.origin()
                                    + ". The name cannot be used; remove one of them."));
                }
            }
        }
    }
}
