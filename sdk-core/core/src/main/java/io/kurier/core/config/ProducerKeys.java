// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** Checks the keys under {@code producer.}: Kafka's own, but for those on which Kurier's promises rest. */
final class ProducerKeys {
    private static final String PREFIX = "producer.";
    private static final int MOST_IN_FLIGHT = 5;
    private static final String IN_FLIGHT = ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION;

    /** Keys that are not the user's to set, each with the reason and what to use. */
    private static final Map<String, String> LOCKED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "is always all: anything less can lose acknowledged records",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            "is always true: without it a retry can store a record twice",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            "is always 0; say how long publish may wait in publish.max.wait.ms",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            "is Kurier's own; name a plugin in topics.<alias>.key.serializer",
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            "is Kurier's own; name a plugin in topics.<alias>.value.serializer",
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            "is Kurier's own; name a plugin in topics.<alias>.partitioner",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "is not for this producer: it is not transactional");

    private final Problems problems;

    ProducerKeys(Problems problems) {
        this.problems = problems;
    }

    /** The names that may follow the prefix. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(ProducerConfig.configNames());
        names.removeAll(LOCKED.keySet());
        names.removeIf(name -> name.equals("bootstrap.servers")
                || name.equals("client.id")
                || name.startsWith("security.")
                || name.startsWith("ssl.")
                || name.startsWith("sasl."));
        return names;
    }

    Map<String, String> read(List<Setting> settings, Map<String, String> connection) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Setting setting : settings) {
            String name = setting.key().substring(PREFIX.length());
            if (LOCKED.containsKey(name)) {
                problems.add(setting, name + " " + LOCKED.get(name) + ". Remove the key.");
            } else if (!names().contains(name) && ProducerConfig.configNames().contains(name)) {
                problems.add(setting, "connection keys have no prefix. Write " + name + ".");
            } else if (!names().contains(name)) {
                problems.unknownKey(setting, PREFIX, names());
            } else {
                keys.put(name, setting.value());
            }
        }
        checkValues(settings, keys, connection);
        return keys;
    }

    private void checkValues(List<Setting> settings, Map<String, String> keys, Map<String, String> connection) {
        Map<String, String> all = new LinkedHashMap<>(connection);
        all.putAll(keys);
        ConfigDef definition = ProducerConfig.configDef();
        for (ConfigValue value : definition.validate(all)) {
            if (value.errorMessages().isEmpty() || !all.containsKey(value.name())) {
                continue;
            }
            ConfigDef.ConfigKey key = definition.configKeys().get(value.name());
            boolean secret = key != null && key.type() == ConfigDef.Type.PASSWORD;
            String what = secret ? "the value is not valid." : String.join("; ", value.errorMessages()) + ".";
            settings.stream()
                    .filter(setting -> setting.key().equals(PREFIX + value.name()))
                    .findFirst()
                    .ifPresentOrElse(setting -> problems.add(setting, what), () -> problems.add(value.name(), what));
        }
        settings.stream()
                .filter(setting -> setting.key().equals(PREFIX + IN_FLIGHT))
                .filter(setting -> setting.value().matches("\\d+") && Long.parseLong(setting.value()) > MOST_IN_FLIGHT)
                .forEach(setting -> problems.add(
                        setting,
                        "at most " + MOST_IN_FLIGHT + ": beyond that Kafka cannot keep the order of retries."));
    }
}
