// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.Plugin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of a kind that a class loader finds, of which a key chooses one or more by name.
 *
 * @param plugins those that can be loaded; one that cannot hides no other
 * @param broken why one of the others cannot be used; null if all can
 * @param <P> the kind of plugins
 */
public record ChosenPlugins<P extends Plugin>(
        List<P> plugins, @Nullable String broken) {
    /** A class path that cannot be read fails at every step; this limit ends the search. */
    private static final int MOST_FAILURES = 100;

    /** Finds the plugins by their files of services. */
    public static <P extends Plugin> ChosenPlugins<P> load(Class<P> kind, @Nullable ClassLoader loader) {
        List<P> all = new ArrayList<>();
        String broken = null;
        Iterator<P> found = ServiceLoader.load(kind, loader).iterator();
        for (int failures = 0; failures < MOST_FAILURES; ) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                all.add(found.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                broken = String.valueOf(e.getMessage());
            }
        }
        return new ChosenPlugins<>(List.copyOf(all), broken);
    }

    /**
     * Adds the keys of a plugin that may be chosen, with a prefix. None of them is required, since another plugin may
     * be chosen. A key that is defined already stays as it is.
     */
    public static void defineKeys(ConfigDef keys, String prefix, Plugin plugin) {
        ConfigDef own;
        try {
            own = plugin.configDef();
        } catch (RuntimeException | LinkageError e) {
            // It fails again, and is reported, if it is chosen; it does not affect the others.
            return;
        }
        for (ConfigDef.ConfigKey key : own.configKeys().values()) {
            if (!keys.names().contains(prefix + key.name)) {
                keys.define(
                        prefix + key.name,
                        key.type(),
                        key.hasDefault() ? key.defaultValue : null,
                        key.validator == null ? null : optional(key.validator),
                        key.importance,
                        key.documentation);
            }
        }
    }

    private static ConfigDef.Validator optional(ConfigDef.Validator validator) {
        return ConfigDef.LambdaValidator.with(
                (key, value) -> {
                    if (value != null) {
                        validator.ensureValid(key, value);
                    }
                },
                validator::toString);
    }
}
