// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.core.internal.config.KeyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the publisher, of a topic, or of one plugin.
 *
 * @param kind {@code publisher}, {@code topic} or the kind of the plugin
 * @param plugin the name of the plugin, or null
 * @param written how the keys of the plugin are written in a configuration, or empty if they are written without a
 *     prefix
 * @param keys the keys, possibly none
 */
record KeyGroup(String kind, @Nullable String plugin, String written, List<KeyDescription> keys) {

    /** Returns the title above the keys. */
    String title() {
        String name = plugin == null ? kind : kind + " " + plugin;
        return written.isEmpty() || keys.isEmpty() ? name : name + ": " + written;
    }
}
