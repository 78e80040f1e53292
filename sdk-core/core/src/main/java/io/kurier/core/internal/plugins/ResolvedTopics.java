// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.config.KeyOrigin;
import io.kurier.core.internal.config.PluginChoice;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.ResolvedKeys;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.config.TopicKeys;
import io.kurier.spi.Plugin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** Lists the keys of topics, with the plugins that they name and the defaults of those. */
public final class ResolvedTopics {
    /** A serializer's key for its framing, whose own keys begin with this and its name. */
    private static final String FRAMING = "framing";

    private final PublisherConfig config;
    private final PluginCatalog plugins;
    private final List<ResolvedKey> keys = new ArrayList<>();

    private ResolvedTopics(PublisherConfig config, PluginCatalog plugins) {
        this.config = config;
        this.plugins = plugins;
    }

    /** Returns the keys of all topics of a configuration without problems. */
    public static List<ResolvedKey> of(PublisherConfig config, PluginCatalog plugins) {
        ResolvedTopics topics = new ResolvedTopics(config, plugins);
        config.topics().forEach(topics::list);
        return List.copyOf(topics.keys);
    }

    private void list(TopicConfig topic) {
        String section = "topic " + topic.alias();
        String prefix = TopicKeys.prefix(topic.alias());
        for (String name : TopicKeys.KEYS.names()) {
            String key = prefix + name;
            switch (name) {
                case TopicKeys.NAME -> own(section, key, topic.alias());
                case TopicKeys.KEY_SERIALIZER -> serializer(section, topic.keySerializer());
                case TopicKeys.VALUE_SERIALIZER -> serializer(section, topic.valueSerializer());
                case TopicKeys.PARTITIONER -> partitioner(section, key, topic.partitioner());
                case TopicKeys.GUARDS -> guards(section, key, topic.guards().plugins());
                default -> own(section, key, TopicKeys.KEYS.shownDefault(name));
            }
            if (name.equals(TopicKeys.REPLICATION_FACTOR)) {
                topic.configs()
                        .keySet()
                        .forEach(config -> own(section, prefix + TopicKeys.CONFIG_PREFIX + config, null));
            }
        }
    }

    private void partitioner(String section, String key, @Nullable PluginChoice choice) {
        if (choice == null) {
            own(section, key, TopicKeys.KEYS.shownDefault(TopicKeys.PARTITIONER));
            return;
        }
        Plugin partitioner = plugins.partitioner(choice.name());
        plugin(section, choice, partitioner, origin(partitioner, plugins.partitioners()));
    }

    private void guards(String section, String key, List<PluginChoice> choices) {
        if (choices.isEmpty()) {
            own(section, key, TopicKeys.KEYS.shownDefault(TopicKeys.GUARDS));
            return;
        }
        Set<String> origins = new LinkedHashSet<>();
        for (PluginChoice choice : choices) {
            String origin = origin(plugins.guard(choice.name()), plugins.guards());
            if (origin != null) {
                origins.add(origin);
            }
        }
        keys.add(KeyOrigin.of(section, choices.get(0).setting(), String.join(", ", origins)));
        choices.forEach(choice -> keysOf(section, choice, plugins.guard(choice.name())));
    }

    private void serializer(String section, @Nullable PluginChoice choice) {
        if (choice == null) {
            return;
        }
        Plugin serializer = plugins.serializer(
                choice.name(), PluginKeys.of(config, choice.name(), choice).keySet());
        plugin(section, choice, serializer, origin(serializer, plugins.serializers()));
    }

    private static @Nullable String origin(Plugin plugin, List<? extends FoundPlugin<?>> found) {
        return found.stream()
                .filter(candidate -> candidate.plugin() == plugin)
                .findFirst()
                .map(FoundPlugin::origin)
                .orElse(null);
    }

    private void plugin(String section, PluginChoice choice, Plugin plugin, @Nullable String origin) {
        keys.add(KeyOrigin.of(section, choice.setting(), origin));
        keysOf(section, choice, plugin);
    }

    private void keysOf(String section, PluginChoice choice, Plugin plugin) {
        Map<String, Setting> set = PluginKeys.of(config, plugin, choice);
        ConfigDef definition = plugin.configDef();
        for (String name : new TreeSet<>(definition.names())) {
            Setting setting = set.get(name);
            if (setting == null && isOfAnotherFraming(name, definition, set)) {
                continue;
            }
            if (setting == null) {
                ResolvedKeys.defaults(definition, Map.of(name, choice.prefix() + name), section, keys);
            } else {
                keys.add(KeyOrigin.of(
                        section, choice.prefix() + name, setting, PluginKeys.isSecret(definition, name, setting)));
            }
        }
    }

    /** Returns whether a key has an effect only with another framing than the chosen one; see {@code FramingPlugin}. */
    private static boolean isOfAnotherFraming(String key, ConfigDef definition, Map<String, Setting> set) {
        ConfigDef.ConfigKey framing = definition.configKeys().get(FRAMING);
        if (framing == null || !key.startsWith(FRAMING + ".")) {
            return false;
        }
        Setting chosen = set.get(FRAMING);
        Object name = chosen == null ? framing.defaultValue : chosen.value().strip();
        return !key.startsWith(FRAMING + "." + name + ".");
    }

    private void own(String section, String key, @Nullable String shownDefault) {
        KeyOrigin.add(section, key, config.settings().get(key), shownDefault, keys);
    }
}
