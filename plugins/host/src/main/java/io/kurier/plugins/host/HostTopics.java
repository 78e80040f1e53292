// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.StartException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Reads from connectors' properties which topics they publish to, as keys of {@code kurier.properties}: in Connect the
 * properties of a connector are its declaration.
 */
public final class HostTopics {
    private static final String CREATION = "topic.creation.default.";
    private static final String SERIALIZER = "value.serializer";

    private HostTopics() {}

    /**
     * The declarations of the topics that the connectors name in {@code topic}.
     *
     * <p>Partitions, replication factor and topic configs come from {@code topic.creation.default.*}, the serializer from
     * {@code value.serializer} or else from the connector's own default for that key.
     *
     * @throws StartException if two connectors declare one topic differently, or a connector cannot be found
     */
    public static Map<String, String> declare(List<Map<String, String>> connectors) {
        ConnectorCatalog catalog = ConnectorCatalog.discover();
        Map<String, Map<String, String>> byTopic = new LinkedHashMap<>();
        for (Map<String, String> properties : connectors) {
            String topic = properties.get("topic");
            if (topic == null) {
                continue; // a connector that names its topics otherwise publishes to topics declared elsewhere
            }
            Map<String, String> keys = keys(topic, properties, catalog);
            Map<String, String> other = byTopic.putIfAbsent(topic, keys);
            if (other != null && !other.equals(keys)) {
                throw new StartException(
                        "two connectors declare the topic " + topic + " differently: " + other + " and " + keys, null);
            }
        }
        Map<String, String> all = new LinkedHashMap<>();
        byTopic.values().forEach(all::putAll);
        all.put("topics", String.join(",", byTopic.keySet()));
        return all;
    }

    private static Map<String, String> keys(String topic, Map<String, String> properties, ConnectorCatalog catalog) {
        String prefix = "topics." + topic + ".";
        Map<String, String> keys = new LinkedHashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(CREATION)) {
                String name = key.substring(CREATION.length());
                boolean ownName = name.equals("partitions") || name.equals("replication.factor");
                // -1 is Connect's word for the broker's default, which Kurier takes where nothing is declared.
                if (!ownName || !value.strip().equals("-1")) {
                    keys.put(prefix + (ownName ? name : "config." + name), value);
                }
            }
        });
        keys.put(prefix + SERIALIZER, serializer(properties, catalog));
        return keys;
    }

    private static String serializer(Map<String, String> properties, ConnectorCatalog catalog) {
        String named = properties.get(SERIALIZER);
        if (named != null) {
            return named;
        }
        SourceConnector connector = catalog.create(String.valueOf(properties.get("connector.class")));
        ConfigDef.ConfigKey key = connector.config().configKeys().get(SERIALIZER);
        if (key == null || !(key.defaultValue instanceof String name)) {
            throw new StartException(
                    "the connector " + connector.getClass().getName()
                            + " does not say which serializer its values need; set " + SERIALIZER + " beside it",
                    null);
        }
        return name;
    }
}
