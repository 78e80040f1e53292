// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.route;

import io.kurier.core.config.DeclaredValues;
import io.kurier.core.config.PluginChoice;
import io.kurier.core.config.Problems;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.Setting;
import io.kurier.core.plugins.PluginCatalog;
import io.kurier.core.plugins.PluginNotFoundException;
import io.kurier.spi.Plugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** Has plugins make what a topic needs of them, each with its own keys, reporting all that does not fit. */
final class PluginMaker {
    private final PublisherConfig config;
    private final Problems problems;

    PluginMaker(PublisherConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    /** What a plugin makes, or null if that is a problem. */
    <P extends Plugin, T> @Nullable T made(
            String kind, PluginChoice choice, Function<String, P> catalog, BiFunction<P, AbstractConfig, T> maker) {
        if (!choice.setting().isUsable()) {
            return null;
        }
        P plugin;
        try {
            plugin = catalog.apply(choice.name());
        } catch (PluginNotFoundException e) {
            notFound(kind, choice, e);
            return null;
        }
        try {
            AbstractConfig keys = keys(plugin, choice);
            // a plugin that makes nothing must not go unseen: records would pass without their guard
            return keys == null ? null : Objects.requireNonNull(maker.apply(plugin, keys), "the plugin answered null");
        } catch (RuntimeException | LinkageError e) {
            cannotBeMade(kind, plugin, choice, e);
            return null;
        }
    }

    private void notFound(String kind, PluginChoice choice, PluginNotFoundException e) {
        String what = choice.setting().isSecret()
                ? choice.setting().quoted() + " is not the name of one " + kind + "."
                : choice.name().isEmpty() ? "empty. Name a plugin, or remove the key." : String.valueOf(e.getMessage());
        problems.add(choice.setting(), what);
    }

    /** In the plugin's own words, which may quote a value. */
    private void cannotBeMade(String kind, Plugin plugin, PluginChoice choice, Throwable e) {
        List<String> passwords = PluginKeys.of(config, plugin, choice).entrySet().stream()
                .filter(entry -> PluginKeys.isSecret(plugin, entry.getKey(), entry.getValue()))
                .map(entry -> entry.getValue().value())
                .toList();
        problems.add(
                choice.setting(),
                config.secrets()
                        .and(passwords)
                        .hide("the " + kind + " " + choice.name() + " cannot be made: " + e.getMessage()));
    }

    /** The plugin's own keys, checked and parsed; null if one of them is wrong. */
    private @Nullable AbstractConfig keys(Plugin plugin, PluginChoice choice) {
        ConfigDef definition = plugin.configDef();
        boolean sound = true;
        for (Setting setting : choice.keys()) {
            sound &= isKnown(plugin, setting, choice.prefix());
        }
        Map<String, Setting> byKey = PluginKeys.of(config, plugin, choice);
        sound &= DeclaredValues.check(definition, byKey, choice, problems)
                .keySet()
                .containsAll(definition.names());
        Map<String, String> values = new LinkedHashMap<>();
        byKey.forEach((key, setting) -> values.put(key, setting.value()));
        return sound ? new AbstractConfig(definition, values, false) : null;
    }

    /** Reports keys for all topics that no serializer understands. */
    void checkDefaults(PluginCatalog plugins) {
        for (Setting setting : config.serializerDefaults()) {
            String rest = setting.key().substring(PluginKeys.DEFAULTS.length());
            String name = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
            try {
                isKnown(plugins.serializer(name), setting, PluginKeys.DEFAULTS + name + ".");
            } catch (PluginNotFoundException e) {
                problems.add(setting, String.valueOf(e.getMessage()));
            }
        }
    }

    private boolean isKnown(Plugin plugin, Setting setting, String prefix) {
        if (setting.key().startsWith(prefix)
                && plugin.configDef().names().contains(setting.key().substring(prefix.length()))) {
            return true;
        }
        problems.unknownKey(
                setting,
                setting.key().startsWith(prefix) ? prefix : "",
                plugin.configDef().names());
        return false;
    }
}
