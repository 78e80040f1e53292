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
import org.jspecify.annotations.Nullable;

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

    /** Checks settings under the prefix, and the values of the connection keys; answers the former without prefix. */
    Map<String, String> read(List<Setting> settings, List<Setting> connection) {
        Map<String, Setting> byName = new LinkedHashMap<>();
        for (Setting setting : settings) {
            String name = setting.key().substring(PREFIX.length());
            if (LOCKED.containsKey(name)) {
                problems.add(setting, name + " " + LOCKED.get(name) + ". Remove the key.");
            } else if (!names().contains(name) && ProducerConfig.configNames().contains(name)) {
                problems.add(setting, "connection keys have no prefix. Write " + name + ".");
            } else if (!names().contains(name)) {
                problems.unknownKey(setting, PREFIX, names());
            } else {
                byName.put(name, setting);
            }
        }
        Map<String, String> keys = new LinkedHashMap<>();
        byName.forEach((name, setting) -> keys.put(name, setting.value()));
        checkInFlight(byName.get(IN_FLIGHT));
        connection.stream()
                .filter(setting -> !setting.value().isEmpty())
                .forEach(setting -> byName.put(setting.key(), setting));
        checkValues(byName);
        return keys;
    }

    private void checkValues(Map<String, Setting> byName) {
        Map<String, String> values = new LinkedHashMap<>();
        byName.forEach((name, setting) -> values.put(name, setting.value()));
        ConfigDef definition = ProducerConfig.configDef();
        for (ConfigValue value : definition.validate(values)) {
            Setting setting = byName.get(value.name());
            ConfigDef.ConfigKey key = definition.configKeys().get(value.name());
            if (setting != null && key != null && !value.errorMessages().isEmpty()) {
                boolean secret = key.type() == ConfigDef.Type.PASSWORD;
                problems.add(
                        setting, secret ? "the value is not valid." : String.join("; ", value.errorMessages()) + ".");
            }
        }
    }

    private void checkInFlight(@Nullable Setting setting) {
        if (setting != null
                && setting.value().matches("\\d{1,9}")
                && Integer.parseInt(setting.value()) > MOST_IN_FLIGHT) {
            problems.add(
                    setting, "at most " + MOST_IN_FLIGHT + ": beyond that Kafka cannot keep the order of retries.");
        }
    }
}
