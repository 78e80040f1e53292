// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.StartException;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Derives the topics that connectors publish to from the connectors' properties, as keys of {@code kurier.properties}:
 * in Connect the properties of a connector are its declaration.
 */
public final class HostTopics {
    static final String CREATION = "topic.creation.default.";
    static final String SERIALIZER = "value.serializer";
    private static final String TOPIC = "topic";

    private final ConnectPlugins catalog = ConnectPlugins.discover();
    private final Map<String, Declared> byKey = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private HostTopics() {}

    /** A value and the connector that sets it. */
    private record Declared(String value, String connector) {}

    /**
     * Returns the declarations of the topics that the connectors name in {@code topic}, with the key {@code topics} if
     * there are any. A connector that names its topics in another way publishes to topics that are declared elsewhere.
     *
     * <p>Partitions, replication factor and topic configs come from {@code topic.creation.default.*}; a value that is
     * not set, or is set to Connect's -1, is the broker's default. The serializer comes from {@code value.serializer},
     * or else from the connector's own default for that key. Connectors may share a topic if no two values contradict
     * each other.
     *
     * @param connectors each connector's properties
     * @return keys and values for the publisher's configuration; the caller may change the map
     * @throws StartException with everything that is wrong
     */
    public static Map<String, String> declare(List<Map<String, String>> connectors) {
        ConnectorSettings.checkNoNull("connectors", connectors);
        return new HostTopics().read(connectors);
    }

    private Map<String, String> read(List<Map<String, String>> connectors) {
        Set<String> topics = new LinkedHashSet<>();
        for (ConnectorSettings settings : ConnectorSettings.read(connectors, problems)) {
            String topic = settings.properties().getOrDefault(TOPIC, "").strip();
            if (!topic.isEmpty()) {
                topics.add(topic);
                declare(topic, settings);
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

    private void declare(String topic, ConnectorSettings settings) {
        String prefix = "topics." + topic + ".";
        settings.properties().forEach((key, value) -> {
            if (!key.startsWith(CREATION)) {
                return;
            }
            String name = key.substring(CREATION.length());
            if (!name.equals("partitions") && !name.equals("replication.factor")) {
                put(prefix + "config." + name, value, settings);
            } else if (!value.strip().equals("-1")) {
                if (ConnectorSettings.wholeNumber(value.strip()) < 1) {
                    problems.add("connector " + settings.name() + ", " + key + ": \"" + value
                            + "\" is neither a whole number of at least 1 nor -1, the broker's default.");
                }
                put(prefix + name, value.strip(), settings);
            }
        });
        try {
            put(prefix + SERIALIZER, serializer(settings), settings);
        } catch (StartException e) {
            problems.addAll(e.problems());
        }
    }

    private void put(String key, String value, ConnectorSettings settings) {
        Declared other = byKey.putIfAbsent(key, new Declared(value, settings.name()));
        if (other != null && !other.value.equals(value)) {
            problems.add(
                    "connectors " + other.connector + " and " + settings.name() + ": they share a topic and differ in "
                            + key + ": " + other.value + " and " + value
                            + ". Set both to the same, or give each connector a topic of its own.");
        }
    }

    private String serializer(ConnectorSettings settings) {
        String named = settings.properties().get(SERIALIZER);
        if (named != null) {
            return named.strip();
        }
        ConfigDef.ConfigKey key = catalog.create(settings.name(), settings.className())
                .config()
                .configKeys()
                .get(SERIALIZER);
        if (key != null && key.defaultValue instanceof String name) {
            return name;
        }
        throw new StartException(
                "connector " + settings.name() + ", " + SERIALIZER + ": missing, and the connector "
                        + settings.className()
                        + " has no default for it. Set it to the name of the serializer that its values need.",
                null);
    }
}
