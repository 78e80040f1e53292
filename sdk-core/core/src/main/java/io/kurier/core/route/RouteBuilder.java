// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.route;

import io.kurier.Topic;
import io.kurier.core.config.DeclaredValues;
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
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the routes from configuration, code and plugins, reporting all that does not fit. Used by one thread. */
public final class RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(RouteBuilder.class);

    private final PublisherConfig config;
    private final PluginCatalog plugins;
    private final Problems problems;
    private final Map<String, DeclaredTopic> typed = new HashMap<>();
    private final RecordIds ids = new RecordIds();

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
            PublisherConfig config, Collection<DeclaredTopic> topics, PluginCatalog plugins, Problems problems) {
        return new RouteBuilder(config, plugins, problems).build(topics);
    }

    private Routes build(Collection<DeclaredTopic> topics) {
        topics.forEach(this::declare);
        checkDefaults();
        List<Route> routes = new ArrayList<>();
        for (TopicConfig topic : config.topics()) {
            route(topic, routes);
        }
        return new Routes(routes);
    }

    private void declare(DeclaredTopic declared) {
        String alias = declared.topic().alias();
        DeclaredTopic other = typed.putIfAbsent(alias, declared);
        if (other != null) {
            problems.add(
                    "topics." + alias, "declared twice, " + words(other) + " and " + words(declared) + ". Keep one.");
        }
    }

    private static String words(DeclaredTopic declared) {
        Topic<?, ?> topic = declared.topic();
        return "in " + declared.source() + " as <" + topic.keyType() + ", " + topic.valueType() + ">";
    }

    private void route(TopicConfig topic, List<Route> routes) {
        DeclaredTopic inCode = typed.get(topic.alias());
        Topic<?, ?> declared = inCode == null ? null : inCode.topic();
        Encoder key = encoder(
                topic.alias(),
                topic.keySerializer(),
                true,
                declared == null ? Object.class : declared.keyType().type());
        if (topic.valueSerializer() == null) {
            problems.add(
                    "topics." + topic.alias() + ".value.serializer"
                            + (inCode == null ? "" : " (" + inCode.source() + ")"),
                    "missing. Name one of: "
                            + String.join(
                                    ", ",
                                    plugins.serializers().stream()
                                            .map(found -> found.plugin().name())
                                            .distinct()
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
                    "values by " + config.secrets().hide(topic.valueSerializer().name())
                            + " may become several records of one key, and config.cleanup.policy=compact keeps only the"
                            + " last of a key. Use delete, or another serializer.");
        }
        RecordPartitioner partitioner = topic.partitioner() == null ? null : partitioner(topic.partitioner());
        List<Guard> guards = topic.maxRecordBytes() == Integer.MAX_VALUE
                ? List.of()
                : List.of(new MaxRecordBytes(topic.maxRecordBytes()));
        if (key != null && value != null) {
            routes.add(new Route(
                    topic.alias(), topic.name(), key, value, guards, partitioner, topic.recordId() ? ids : null));
            LOG.info(
                    "topic {} is {}: keys by {}, values by {}, partitions by {}",
                    topic.alias(),
                    config.secrets().hide(topic.name()),
                    config.secrets().hide(topic.keySerializer().name()),
                    config.secrets().hide(topic.valueSerializer().name()),
                    topic.partitioner() == null
                            ? "Kafka"
                            : config.secrets().hide(topic.partitioner().name()));
        }
    }

    private static boolean isCompacted(TopicConfig topic) {
        return topic.configs().getOrDefault("cleanup.policy", "").contains("compact");
    }

    private @Nullable Encoder encoder(String alias, PluginChoice choice, boolean forKey, Type type) {
        return made("serializer", choice, plugins::serializer, (plugin, keys) -> {
            SerializerSettings settings = new SerializerSettings(choice.name(), forKey, type, keys);
            return new Encoder(alias, forKey ? "key" : "value", choice.name(), plugin.serializer(settings));
        });
    }

    private @Nullable RecordPartitioner partitioner(PluginChoice choice) {
        return made("partitioner", choice, plugins::partitioner, PartitionerPlugin::partitioner);
    }

    /** What a plugin makes, or null if that is a problem. */
    private <P extends Plugin, T> @Nullable T made(
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
            return keys == null ? null : maker.apply(plugin, keys);
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
        sound &= DeclaredValues.check(definition, byKey, choice.setting(), problems)
                .keySet()
                .containsAll(definition.names());
        Map<String, String> values = new LinkedHashMap<>();
        byKey.forEach((key, setting) -> values.put(key, setting.value()));
        return sound ? new AbstractConfig(definition, values, false) : null;
    }

    private void checkDefaults() {
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
