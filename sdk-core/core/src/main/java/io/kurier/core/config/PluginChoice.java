// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import java.util.List;

/**
 * A plugin that configuration names, and the keys it is given.
 *
 * @param setting the setting that names it; its value is the plugin's name
 * @param prefix the prefix of the plugin's own keys, with the final dot
 * @param keys the plugin's own keys, still with their prefix
 */
public record PluginChoice(Setting setting, String prefix, List<Setting> keys) {

    /** The plugin's name as written. */
    public String name() {
        return setting.value();
    }
}
