// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of a configuration with its effective value.
 *
 * @param section the part that it belongs to: {@code connection}, {@code producer}, {@code publisher} or {@code topic
 *     <alias>}
 * @param key the full key
 * @param value the value, or {@code [hidden]} for a secret and for a value that a config provider returned
 * @param source where it was set, {@code default}, {@code profile <its name>}, or {@code fixed by Kurier}
 * @param plugin the jars or folders of the plugins that the value names, or null if it names none
 */
public record ResolvedKey(
        String section,
        String key,
        String value,
        String source,
        @Nullable String plugin) {
    /** The text that is shown in place of a secret. */
    public static final String HIDDEN = "[hidden]";
}
