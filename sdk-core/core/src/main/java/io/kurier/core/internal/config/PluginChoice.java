// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.Printable;
import java.util.List;

/**
 * A plugin that configuration names, and its keys.
 *
 * @param setting the setting that names it
 * @param name the plugin's name as written
 * @param prefix the prefix of the plugin's own keys, with the final dot
 * @param keys the plugin's own keys, still with their prefix
 */
public record PluginChoice(Setting setting, String name, String prefix, List<Setting> keys) {

    /** Returns the name for a sentence: the variables if a config provider returned it. */
    public String shown() {
        return setting.variables().isEmpty() ? Printable.of(name) : setting.shown();
    }
}
