// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.config.ResolvedKey;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link ConfigDef} for one key, as texts for people and tools. It shows no default of a secret.
 *
 * @param key the key, with {@code <alias>} for the alias of a topic
 * @param type Kafka's name of the type, in lower case
 * @param defaultValue the default, or null if there is none
 * @param unset the effect of not setting a key without a default, or null
 * @param required whether the key must be set
 * @param valid the values that the validator allows, as it prints itself, or null if it does not print them or there is
 *     none
 * @param documentation the meaning of the key; empty if the definition has none
 */
public record KeyDescription(
        String key,
        String type,
        @Nullable String defaultValue,
        @Nullable String unset,
        boolean required,
        @Nullable String valid,
        String documentation) {

    /** Describes a key of a plugin. */
    public static KeyDescription of(ConfigDef.ConfigKey key) {
        return of("", key, null);
    }

    /**
     * Describes a key.
     *
     * @param prefix precedes the name of the key
     * @param unset the effect of not setting it, or null
     */
    static KeyDescription of(String prefix, ConfigDef.ConfigKey key, @Nullable String unset) {
        return new KeyDescription(
                prefix + key.name,
                key.type.name().toLowerCase(Locale.ROOT),
                defaultValue(key),
                unset,
                !key.hasDefault(),
                valid(key.validator),
                key.documentation == null ? "" : key.documentation);
    }

    /** Returns the default for people: a text if it is empty or there is none. */
    public String shownDefault() {
        if (required) {
            return "must be set";
        }
        if (defaultValue == null) {
            return unset == null ? "none" : unset;
        }
        return defaultValue.isEmpty() ? "empty" : defaultValue;
    }

    private static @Nullable String defaultValue(ConfigDef.ConfigKey key) {
        if (!key.hasDefault() || key.defaultValue == null) {
            return null;
        }
        return key.type == ConfigDef.Type.PASSWORD || SecretKeys.isSecret(key.name)
                ? ResolvedKey.HIDDEN
                : ConfigDef.convertToString(key.defaultValue, key.type);
    }

    /**
     * Returns null for a validator that does not describe itself: it prints the name of its class, perhaps with a hash
     * code.
     */
    private static @Nullable String valid(ConfigDef.@Nullable Validator validator) {
        String text = validator == null ? "" : String.valueOf(validator.toString());
        return validator == null
                        || text.isEmpty()
                        || text.startsWith(validator.getClass().getName())
                ? null
                : text;
    }
}
