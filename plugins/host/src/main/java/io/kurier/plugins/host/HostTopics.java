// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.TopicKeys;
import io.kurier.plugins.host.internal.deadletters.DeadLetterDestinations;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.TopicSerializers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Derives what connectors need of the publisher, topics above all, from the connectors' properties, as keys of {@code kurier.properties}:
 * in Connect the properties of a connector are its declaration.
 */
public final class HostTopics {
    private static final String TOPIC = "topic";
    private static final String TOPICS = "topics.";

    private final ConnectPlugins plugins;
    private final Set<String> topics = new LinkedHashSet<>();
    private final Map<String, Declared> byKey = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private HostTopics(ConnectPlugins plugins) {
        this.plugins = plugins;
    }

    /** A value and the connector that sets it. */
    private record Declared(String value, String connector) {}

    /**
     * Returns the declarations of the topics that the connectors publish to, with the key {@code topics} if there are
     * any: the topic that a connector names in {@code topic}, and every entry of {@code topic.creation.<group>.include}
     * that is the name of a topic and not another regular expression, for connectors that name their topics in another
     * way or have a transformation that changes them. Any other topic is to be declared elsewhere.
     *
     * <p>Partitions, replication factor and topic configs come from the first of {@code topic.creation.groups} that a
     * topic matches, or else from {@code topic.creation.default.*}; a number that is not set, or is set to Connect's -1,
     * is the broker's default. With a converter the serializer is {@code bytes}; without one it comes from {@code
     * value.serializer}, or else from the connector's own default for that key, or else is {@code bytes}, and the same
     * applies to keys. Connectors may share a topic if no two values contradict each other.
     *
     * <p>The topic of dead letters is declared too if errors are tolerated, with the settings of a group that names it.
     * {@code producer.override.*} become keys of the publisher's producer, which the connectors share.
     *
     * @param connectors each connector's properties
     * @return keys and values for the publisher's configuration; the caller may change the map
     * @throws StartException with everything that is wrong
     */
    public static Map<String, String> declare(List<Map<String, String>> connectors) {
        ConnectorSettings.checkNoNull("connectors", connectors);
        return new HostTopics(ConnectPlugins.discover()).read(connectors);
    }

    /**
     * Returns the declarations as {@link #declare(List)} does, for connectors of which some are in folders.
     *
     * @param pluginPath the folders, as for {@link ConnectorHostBuilder#pluginPath}
     * @throws StartException with everything that is wrong
     */
    public static Map<String, String> declare(List<Map<String, String>> connectors, String pluginPath) {
        ConnectorSettings.checkNoNull("connectors", connectors);
        Objects.requireNonNull(pluginPath, "pluginPath");
        try (ConnectPlugins plugins = ConnectPlugins.discover(pluginPath)) {
            return new HostTopics(plugins).read(connectors);
        }
    }

    private Map<String, String> read(List<Map<String, String>> connectors) {
        for (ConnectorSettings settings : ConnectorSettings.read(connectors, problems)) {
            try {
                declare(settings);
            } catch (StartException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems, null);
        }
        Map<String, String> all = new LinkedHashMap<>();
        byKey.forEach((key, declared) -> all.put(key, declared.value));
        if (!topics.isEmpty()) {
            all.put("topics", String.join(",", topics));
        }
        return all;
    }

    private void declare(ConnectorSettings settings) {
        TopicGroups groups = TopicGroups.read(settings, problems);
        ProducerOverrides.read(settings, problems).forEach((key, value) -> put(key, value, settings));
        Set<String> own = new LinkedHashSet<>();
        String topic = settings.properties().getOrDefault(TOPIC, "").strip();
        if (!topic.isEmpty()) {
            own.add(topic);
        }
        own.addAll(groups.names());
        String deadLetters = settings.toleratesErrors() ? settings.deadLetters().topic() : null;
        TopicSerializers serializers = TopicSerializers.read(settings.name(), settings.properties(), plugins, problems);
        for (String each : own) {
            if (!each.equals(deadLetters)) { // a group that names it is for its settings
                declare(each, groups.of(each), serializers, settings);
            }
        }
        if (deadLetters != null) {
            declareDeadLetters(deadLetters, topic, groups, settings);
        }
    }

    private void declareDeadLetters(String deadLetters, String topic, TopicGroups groups, ConnectorSettings settings) {
        if (deadLetters.equals(topic)) {
            problems.add("connector " + settings.name() + ", " + DeadLetterDestinations.TOPIC + ": "
                    + Printable.brief(topic) + " is the topic of its records too. Choose another.");
        }
        TopicSerializers bytes = new TopicSerializers(TopicSerializers.BYTES, TopicSerializers.BYTES);
        Map<String, String> group = new LinkedHashMap<>(groups.ofListed(deadLetters));
        String factor = settings.properties()
                .getOrDefault(DeadLetterDestinations.REPLICATION_FACTOR, TopicGroups.UNSET)
                .strip();
        if (!factor.equals(TopicGroups.UNSET)) {
            group.putIfAbsent(TopicKeys.REPLICATION_FACTOR, factor);
        }
        declare(deadLetters, group, bytes, settings);
    }

    private void declare(
            String topic, Map<String, String> group, TopicSerializers serializers, ConnectorSettings settings) {
        topics.add(topic);
        String prefix = TopicKeys.prefix(topic);
        group.forEach((key, value) -> put(prefix + key, value, settings));
        put(prefix + TopicKeys.VALUE_SERIALIZER, serializers.value(), settings);
        String ofKeys = serializers.key();
        if (ofKeys != null) {
            put(prefix + TopicKeys.KEY_SERIALIZER, ofKeys, settings);
        }
    }

    private void put(String key, String value, ConnectorSettings settings) {
        Declared other = byKey.putIfAbsent(key, new Declared(value, settings.name()));
        if (other != null && !other.value.equals(value)) {
            boolean ofTopic = key.startsWith(TOPICS);
            problems.add("connectors " + other.connector + " and " + settings.name() + ": they share "
                    + (ofTopic ? "a topic" : "the publisher's producer") + " and differ in " + key + ": "
                    + Printable.brief(other.value) + " and " + Printable.brief(value) + ". Set both to the same"
                    + (ofTopic ? ", or give each connector a topic of its own." : "."));
        }
    }
}
