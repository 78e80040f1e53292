// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import io.kurier.core.internal.config.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that are allowed in a connector's properties: its own, and those of a Connect worker, so that one file
 * serves both. A worker's key is refused if ignoring it would change what is published.
 */
final class ConnectorKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorKeys.class);

    private static final Set<String> OBEYED = Set.of(
            ConnectorSettings.NAME,
            ConnectorSettings.CLASS,
            ConnectorSettings.TASKS_MAX,
            ConnectorSettings.TOLERANCE,
            "restart.backoff.ms",
            "restart.backoff.max.ms",
            "restart.max.attempts",
            HostTopics.SERIALIZER);

    /** A worker's keys that do not affect what is published here. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "connector.plugin.version",
            "tasks.max.enforce",
            "config.action.reload",
            "errors.retry.timeout",
            "errors.retry.delay.max.ms",
            "errors.log.enable",
            "errors.log.include.messages",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic");

    /** Settings that the publisher's own configuration decides here. */
    private static final List<String> LEFT_TO_THE_PUBLISHER = List.of(
            "key.converter",
            "value.converter",
            "header.converter",
            "producer.override",
            "consumer.override",
            "admin.override",
            "topic.creation");

    /** Keys that would change, drop or reroute records. */
    private static final List<String> REFUSED = List.of("transforms", "predicates");

    private ConnectorKeys() {}

    /**
     * Checks a connector's properties.
     *
     * @param type its class
     * @param declared the keys of its ConfigDef
     */
    static void check(
            ConnectorSettings settings,
            Class<? extends SourceConnector> type,
            Set<String> declared,
            List<String> problems) {
        // Kurier's connectors declare every key that they read. Others may read keys that they did not declare.
        boolean strict = type.getPackageName().startsWith("io.kurier.");
        for (String key : new TreeSet<>(settings.properties().keySet())) {
            if (declared.contains(key) || isObeyed(key) || WITHOUT_EFFECT.contains(key)) {
                continue;
            }
            String where = "connector " + settings.name() + ", " + Printable.brief(key);
            if (startsWithAny(key, REFUSED)) {
                problems.add(where + ": this host runs no transformations, and without them other records would be"
                        + " published. Remove the key, or run the connector on Kafka Connect.");
            } else if (startsWithAny(key, LEFT_TO_THE_PUBLISHER)) {
                LOG.warn("{}: not used here; the publisher's configuration decides", where);
            } else if (strict) {
                problems.add(where + ": unknown key." + didYouMean(key, declared));
            } else {
                LOG.warn("{}: the connector does not declare this key.{}", where, didYouMean(key, declared));
            }
        }
        if ("required".equals(settings.properties().get("exactly.once.support"))) {
            problems.add("connector " + settings.name() + ", exactly.once.support: this host publishes at least once."
                    + " Remove the key, or run the connector on Kafka Connect.");
        }
    }

    private static boolean isObeyed(String key) {
        return OBEYED.contains(key) || key.startsWith(HostTopics.CREATION);
    }

    private static boolean startsWithAny(String key, List<String> words) {
        return words.stream().anyMatch(word -> key.equals(word) || key.startsWith(word + "."));
    }

    private static String didYouMean(String key, Set<String> declared) {
        List<String> known =
                Stream.concat(declared.stream(), OBEYED.stream()).distinct().toList();
        return Suggestion.nearest(key, known)
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
    }
}
