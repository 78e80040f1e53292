// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.DeclaredValues;
import io.kurier.core.internal.config.PluginChoice;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.PublisherKeys;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** Lets plugins create the objects of a topic, each with its own keys, and reports every problem. */
public final class PluginMaker {
    private final PublisherConfig config;
    private final PluginCatalog plugins;
    private final Problems problems;

    /**
     * Creates a maker for one configuration. Used by one thread.
     *
     * @param config the configuration
     * @param plugins the catalog in which plugins are chosen
     * @param problems collects the problems
     */
    public PluginMaker(PublisherConfig config, PluginCatalog plugins, Problems problems) {
        this.config = config;
        this.plugins = plugins;
        this.problems = problems;
    }

    /** Finds the serializer that a topic names, which may be one of Kafka's own with keys that only its class knows. */
    public Function<String, SerializerPlugin> serializers(PluginChoice choice) {
        return name ->
                plugins.serializer(name, PluginKeys.of(config, name, choice).keySet());
    }

    /** Finds the partitioner that a topic names, which may be one of Kafka's own with keys that only its class knows. */
    public Function<String, PartitionerPlugin> partitioners(PluginChoice choice) {
        return name -> plugins.partitioner(name, PluginKeys.own(choice).keySet());
    }

    /**
     * Returns what a plugin makes, or null if that is a problem, which is reported.
     *
     * @param kind the kind of plugin, for problems
     * @param choice the plugin that configuration names, with its keys
     * @param catalog finds the plugin by its name
     * @param maker calls the plugin with its checked keys
     */
    public <P extends Plugin, T> @Nullable T made(
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
        ConfigDef definition = null;
        try {
            definition = Objects.requireNonNull(plugin.configDef(), "its configDef() returned null");
            AbstractConfig keys = keys(plugin, definition, choice);
            // a plugin that makes nothing must not go unnoticed: records would pass without their guard
            return keys == null ? null : Objects.requireNonNull(maker.apply(plugin, keys), "the plugin answered null");
        } catch (Throwable e) { // an Error too, and what a plugin throws undeclared
            cannotBeMade(kind, plugin, definition, choice, e);
            return null;
        }
    }

    private void notFound(String kind, PluginChoice choice, PluginNotFoundException e) {
        String what = choice.setting().isSecret()
                ? choice.setting().quoted() + " is not the name of one " + kind + "."
                : choice.name().isEmpty() ? "empty. Name a plugin, or remove the key." : String.valueOf(e.getMessage());
        problems.add(choice.setting(), what);
    }

    /**
     * Reports the plugin's own message, which may quote a value; any may be a password if the plugin does not declare
     * which are.
     */
    private void cannotBeMade(
            String kind, Plugin plugin, @Nullable ConfigDef definition, PluginChoice choice, Throwable e) {
        List<String> passwords = PluginKeys.of(config, plugin, choice).entrySet().stream()
                .filter(entry ->
                        definition == null || PluginKeys.isSecret(definition, entry.getKey(), entry.getValue()))
                .map(entry -> entry.getValue().value())
                .toList();
        problems.add(
                choice.setting(),
                "the " + kind + " " + choice.shown() + " in " + plugins.origin(plugin) + " cannot be made: "
                        + config.secrets().and(passwords).hide(ThrowableText.reason(e)));
    }

    /** Returns the plugin's own keys, checked and parsed; null if one of them is wrong. */
    private @Nullable AbstractConfig keys(Plugin plugin, ConfigDef definition, PluginChoice choice) {
        boolean sound = true;
        for (Setting setting : choice.keys()) {
            sound &= isKnown(definition, setting, choice.prefix());
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
    public void checkDefaults() {
        for (Setting setting : config.serializerDefaults()) {
            String rest = setting.key().substring(PublisherKeys.SERIALIZER_PREFIX.length());
            String name = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
            try {
                checkDefault(setting, name, plugins.serializer(name));
            } catch (PluginNotFoundException e) {
                problems.add(setting, String.valueOf(e.getMessage()));
            }
        }
    }

    private void checkDefault(Setting setting, String name, Plugin plugin) {
        try {
            ConfigDef definition = Objects.requireNonNull(plugin.configDef(), "its configDef() returned null");
            isKnown(definition, setting, PublisherKeys.SERIALIZER_PREFIX + name + ".");
        } catch (Throwable e) {
            problems.add(
                    setting,
                    "the serializer " + name + " in " + plugins.origin(plugin) + " cannot tell its keys: "
                            + config.secrets().and(List.of(setting.value())).hide(ThrowableText.reason(e)));
        }
    }

    private boolean isKnown(ConfigDef definition, Setting setting, String prefix) {
        if (setting.key().startsWith(prefix)
                && definition.names().contains(setting.key().substring(prefix.length()))) {
            return true;
        }
        problems.unknownKey(setting, setting.key().startsWith(prefix) ? prefix : "", definition.names());
        return false;
    }
}
