// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.config.ResolvedKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Makes resolved keys from settings and defaults. */
public final class KeyOrigin {
    static final String FIXED = "fixed by Kurier";
    private static final String DEFAULT = "default";

    private KeyOrigin() {}

    /** Returns a key that is not set. */
    public static ResolvedKey ofDefault(String section, String key, String value) {
        return new ResolvedKey(section, key, value, DEFAULT, null);
    }

    /**
     * Adds a key, unless it is not set and has no default.
     *
     * @param setting the key's setting, or null if it is not set
     * @param shownDefault the effective value if it is not set, or null
     */
    public static void add(
            String section,
            String key,
            @Nullable Setting setting,
            @Nullable String shownDefault,
            Collection<ResolvedKey> to) {
        if (setting != null) {
            to.add(of(section, setting));
        } else if (shownDefault != null) {
            to.add(ofDefault(section, key, shownDefault));
        }
    }

    /** Returns a key that is set. */
    public static ResolvedKey of(String section, Setting setting) {
        return of(section, setting, null);
    }

    /**
     * Returns a key that is set.
     *
     * @param plugin the origin of the plugins that its value names, or null if it names none
     */
    public static ResolvedKey of(String section, Setting setting, @Nullable String plugin) {
        return of(section, setting.key(), setting, setting.isSecret(), plugin);
    }

    /** Returns a key that is set, possibly by another key that applies to all topics. */
    public static ResolvedKey of(String section, String key, Setting setting, boolean secret) {
        return of(section, key, setting, secret, null);
    }

    private static ResolvedKey of(
            String section, String key, Setting setting, boolean secret, @Nullable String plugin) {
        StringBuilder source = new StringBuilder(setting.source());
        if (!key.equals(setting.key())) {
            source.append(", ").append(setting.key());
        }
        setting.variables().forEach(variable -> source.append(", ").append(variable));
        return new ResolvedKey(section, key, secret ? ResolvedKey.HIDDEN : setting.value(), source.toString(), plugin);
    }
}
