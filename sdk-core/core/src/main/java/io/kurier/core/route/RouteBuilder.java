// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.route;

import io.kurier.Topic;
import io.kurier.core.config.PluginChoice;
import io.kurier.core.config.Problems;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.Setting;
import io.kurier.core.config.TopicConfig;
import io.kurier.core.plugins.PluginCatalog;
import io.kurier.core.plugins.PluginNotFoundException;
import io.kurier.spi.Guard;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.Plugin;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the routes from configuration, code and plugins, reporting all that does not fit. Used by one thread. */
public final class RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(RouteBuilder.class);
    private static final String DEFAULTS = "serializer.";

    private final PublisherConfig config;
    private final PluginCatalog plugins;
    private final Problems problems;
    private final Map<String, Topic<?, ?>> typed = new HashMap<>();

    private RouteBuilder(PublisherConfig config, PluginCatalog plugins, Problems problems) {
        this.config = config;
        this.plugins = plugins;
        this.problems = problems;
    }

    /**
     * The routes of all declared topics.
     *
     * @param config what configuration says
     * @param topics the topics that code declares, with their types
     * @param plugins where plugins are chosen
     * @param problems where to say what is wrong; if anything is, the answer is not to be used
     */
    public static Routes build(
            PublisherConfig config, Collection<Topic<?, ?>> topics, PluginCatalog plugins, Problems problems) {
        return new RouteBuilder(config, plugins, problems).build(topics);
    }

    private Routes build(Collection<Topic<?, ?>> topics) {
        for (Topic<?, ?> topic : topics) {
            Topic<?, ?> other = typed.putIfAbsent(topic.alias(), topic);
            if (other != null && !other.equals(topic)) {
                problems.add(
                        "topics." + topic.alias(),
                        "declared twice in code, as " + types(other) + " and as " + types(topic) + ". Keep one.");
            }
        }
        checkDefaults();
        List<Route> routes = new ArrayList<>();
        for (TopicConfig topic : config.topics()) {
            route(topic, routes);
        }
        return new Routes(routes);
    }

    private static String types(Topic<?, ?> topic) {
        return "<" + topic.keyType() + ", " + topic.valueType() + ">";
    }

    private void route(TopicConfig topic, List<Route> routes) {
        Topic<?, ?> declared = typed.get(topic.alias());
        Encoder key = encoder(
                topic.alias(),
                topic.keySerializer(),
                true,
                declared == null ? Object.class : declared.keyType().type());
        if (topic.valueSerializer() == null) {
            problems.add(
                    "topics." + topic.alias() + ".value.serializer",
                    "missing. Name one of: "
                            + String.join(
                                    ", ",
                                    plugins.serializers().stream()
                                            .map(found -> found.plugin().name())
                                            .toList())
                            + ".");
            return;
        }
        Encoder value = encoder(
                topic.alias(),
                topic.valueSerializer(),
                false,
                declared == null ? Object.class : declared.valueType().type());
        if (value != null && value.makesSequences() && isCompacted(topic)) {
            problems.add(
                    topic.valueSerializer().setting(),
                    "values by " + topic.valueSerializer().name()
                            + " may become several records of one key, and config.cleanup.policy=compact keeps only the"
                            + " last of a key. Use delete, or another serializer.");
        }
        RecordPartitioner partitioner = topic.partitioner() == null ? null : partitioner(topic.partitioner());
        List<Guard> guards = topic.maxRecordBytes() == Integer.MAX_VALUE
                ? List.of()
                : List.of(new MaxRecordBytes(topic.maxRecordBytes()));
        if (key != null && value != null) {
            routes.add(new Route(topic.alias(), topic.name(), key, value, guards, partitioner));
            LOG.info(
                    "topic {} is {}: keys by {}, values by {}, partitions by {}",
                    topic.alias(),
                    topic.name(),
                    topic.keySerializer().name(),
                    topic.valueSerializer().name(),
                    topic.partitioner() == null ? "Kafka" : topic.partitioner().name());
        }
    }

    private static boolean isCompacted(TopicConfig topic) {
        return topic.configs().getOrDefault("cleanup.policy", "").contains("compact");
    }

    private @Nullable Encoder encoder(String alias, PluginChoice choice, boolean forKey, Type type) {
        try {
            SerializerPlugin plugin = plugins.serializer(choice.name());
            AbstractConfig keys = keys(plugin, choice);
            return keys == null
                    ? null
                    : new Encoder(
                            alias,
                            forKey ? "key" : "value",
                            choice.name(),
                            plugin.serializer(new SerializerSettings(choice.name(), forKey, type, keys)));
        } catch (PluginNotFoundException e) {
            problems.add(choice.setting(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            problems.add(choice.setting(), "the serializer " + choice.name() + " cannot be made: " + e.getMessage());
        }
        return null;
    }

    private @Nullable RecordPartitioner partitioner(PluginChoice choice) {
        try {
            PartitionerPlugin plugin = plugins.partitioner(choice.name());
            AbstractConfig keys = keys(plugin, choice);
            return keys == null ? null : plugin.partitioner(keys);
        } catch (PluginNotFoundException e) {
            problems.add(choice.setting(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            problems.add(choice.setting(), "the partitioner " + choice.name() + " cannot be made: " + e.getMessage());
        }
        return null;
    }

    /** The plugin's own keys, checked and parsed; null if one of them is wrong. */
    private @Nullable AbstractConfig keys(Plugin plugin, PluginChoice choice) {
        Map<String, Setting> byKey = new LinkedHashMap<>(defaultsOf(plugin, choice.name()));
        boolean sound = true;
        for (Setting setting : choice.keys()) {
            sound &= isKnown(plugin, setting, choice.prefix());
            byKey.put(setting.key().substring(choice.prefix().length()), setting);
        }
        Map<String, String> values = new LinkedHashMap<>();
        byKey.forEach((key, setting) -> values.put(key, setting.value()));
        for (ConfigValue value : plugin.configDef().validate(values)) {
            if (!value.errorMessages().isEmpty()) {
                // of a value that cannot be parsed Kafka says that it is null as well
                problems.add(
                        byKey.getOrDefault(value.name(), choice.setting()),
                        value.errorMessages().get(0) + ".");
                sound = false;
            }
        }
        return sound ? new AbstractConfig(plugin.configDef(), values, false) : null;
    }

    private Map<String, Setting> defaultsOf(Plugin plugin, String name) {
        if (!(plugin instanceof SerializerPlugin)) {
            return Map.of();
        }
        String prefix = DEFAULTS + name + ".";
        Map<String, Setting> defaults = new LinkedHashMap<>();
        config.serializerDefaults().stream()
                .filter(setting -> setting.key().startsWith(prefix))
                .forEach(setting -> defaults.put(setting.key().substring(prefix.length()), setting));
        return defaults;
    }

    private void checkDefaults() {
        for (Setting setting : config.serializerDefaults()) {
            String rest = setting.key().substring(DEFAULTS.length());
            String name = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
            try {
                isKnown(plugins.serializer(name), setting, DEFAULTS + name + ".");
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
