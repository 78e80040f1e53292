// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import io.kurier.core.internal.config.ProducerKeys;
import io.kurier.core.internal.config.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a connector's producer (KIP-458). All connectors of a host share the publisher's producer, so what one of
 * them overrides is set for all, and what only one may have cannot be set.
 */
final class ProducerOverrides {
    private static final String PREFIX = "producer.override.";

    private static final Set<String> CONNECTION =
            Set.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, ProducerConfig.CLIENT_ID_CONFIG, "config.providers");

    private static final List<String> CONNECTION_PREFIXES = List.of("security.", "ssl.", "sasl.");

    private ProducerOverrides() {}

    /** Returns the keys as keys of the publisher's configuration, {@code producer.<key>}. */
    static Map<String, String> read(ConnectorSettings settings, List<String> problems) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String key : new TreeSet<>(settings.properties().keySet())) {
            if (!key.equals("producer.override") && !key.startsWith(PREFIX)) {
                continue;
            }
            String name = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "";
            String wrong = wrong(name);
            if (wrong == null) {
                keys.put("producer." + name, settings.properties().getOrDefault(key, ""));
            } else {
                problems.add("connector " + settings.name() + ", " + Printable.brief(key) + ": " + wrong);
            }
        }
        return keys;
    }

    private static @Nullable String wrong(String name) {
        if (CONNECTION.contains(name) || CONNECTION_PREFIXES.stream().anyMatch(name::startsWith)) {
            return "all connectors share the publisher's connection. Remove the key; the publisher's configuration has "
                    + name + ".";
        }
        if (ProducerKeys.lockedNames().contains(name)) {
            return "the publisher sets it itself, since its guarantees depend on it. Remove the key.";
        }
        if (!ProducerConfig.configNames().contains(name)) {
            return "Kafka's producer has no such key."
                    + Suggestion.nearest(name, ProducerConfig.configNames())
                            .map(near -> " Did you mean " + PREFIX + near + "?")
                            .orElse("");
        }
        return null;
    }
}
