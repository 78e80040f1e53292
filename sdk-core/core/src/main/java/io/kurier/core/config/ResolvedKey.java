// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of a configuration with the value that it comes to.
 *
 * @param section what it belongs to: {@code connection}, {@code producer}, {@code publisher} or {@code topic <alias>}
 * @param key the full key
 * @param value the value, or {@code [hidden]} for a secret and for what a config provider gave
 * @param source for people: where it was set, {@code default}, {@code profile <its name>}, or
 *     {@code fixed by Kurier}
 * @param plugin the jars or folders of the plugins that the value names, or null if it names none
 */
public record ResolvedKey(
        String section,
        String key,
        String value,
        String source,
        @Nullable String plugin) {
    /** What is shown in place of a secret. */
    public static final String HIDDEN = "[hidden]";

    static final String DEFAULT = "default";
    static final String FIXED = "fixed by Kurier";

    /** A key that is not set. */
    public static ResolvedKey ofDefault(String section, String key, String value) {
        return new ResolvedKey(section, key, value, DEFAULT, null);
    }

    /** A key that is set. */
    public static ResolvedKey of(String section, Setting setting) {
        return of(section, setting.key(), setting, setting.isSecret());
    }

    /** A key that is set, perhaps through another one that stands for all topics. */
    public static ResolvedKey of(String section, String key, Setting setting, boolean secret) {
        StringBuilder source = new StringBuilder(setting.source());
        if (!key.equals(setting.key())) {
            source.append(", ").append(setting.key());
        }
        setting.variables().forEach(variable -> source.append(", ").append(variable));
        return new ResolvedKey(section, key, secret ? HIDDEN : setting.value(), source.toString(), null);
    }

    /** The same key, with the plugin that its value names. */
    public ResolvedKey from(String jar) {
        return new ResolvedKey(section, key, value, source, jar);
    }
}
