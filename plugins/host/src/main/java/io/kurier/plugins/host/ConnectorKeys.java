// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import io.kurier.core.internal.config.Suggestion;
import io.kurier.plugins.host.internal.deadletters.DeadLetterDestinations;
import io.kurier.plugins.host.internal.records.TopicSerializers;
import io.kurier.plugins.host.internal.records.UndeclaredKeys;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.source.SourceConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that are allowed in a connector's properties: its own, and those of a Connect worker, so that one file
 * serves both. A key that nothing declares is refused, since most of them are typos, which Connect ignores.
 */
final class ConnectorKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorKeys.class);

    /** Keys whose values {@link ConnectorValues} does not check. */
    private static final Set<String> OTHERS = Set.of(
            ConnectorSettings.NAME,
            ConnectorSettings.CLASS,
            DeadLetterDestinations.TOPIC,
            DeadLetterDestinations.FILE,
            DeadLetterDestinations.REPLICATION_FACTOR,
            UndeclaredKeys.KEY,
            TopicSerializers.KEY,
            TopicSerializers.VALUE,
            "connector.plugin.version",
            "offsets.storage.topic");

    /** What precedes keys that other classes read and check. */
    private static final List<String> FAMILIES = List.of(
            "transforms",
            "predicates",
            TopicSerializers.KEY_CONVERTER,
            TopicSerializers.VALUE_CONVERTER,
            "header.converter",
            "topic.creation",
            "producer.override");

    /** What precedes keys of clients that this host does not create. */
    private static final List<String> OTHER_CLIENTS = List.of("consumer.override", "admin.override");

    private static final Set<String> OF_SINKS = Set.of("topics", "topics.regex");
    private static final String DEAD_LETTERS = "errors.deadletterqueue.";

    private final ConnectorSettings settings;
    private final boolean ofKurier;
    private final Set<String> known = new TreeSet<>(OTHERS);
    private final UndeclaredKeys undeclared;
    private final List<String> problems;

    private ConnectorKeys(
            ConnectorSettings settings,
            Class<? extends SourceConnector> type,
            Set<String> declared,
            List<String> problems) {
        this.settings = settings;
        this.ofKurier = type.getPackageName().startsWith("io.kurier.");
        this.undeclared = UndeclaredKeys.of(settings.properties());
        this.problems = problems;
        known.addAll(ConnectorValues.names());
        known.addAll(declared);
    }

    /**
     * Checks a connector's properties. Transformations and converters are checked elsewhere, and so are the values of
     * the connector's own keys.
     *
     * @param type its class
     * @param declared the keys of its ConfigDef
     */
    static void check(
            ConnectorSettings settings,
            Class<? extends SourceConnector> type,
            Set<String> declared,
            List<String> problems) {
        new ConnectorKeys(settings, type, declared, problems).check();
    }

    private void check() {
        for (String key : new TreeSet<>(settings.properties().keySet())) {
            if (known.contains(key) || isIn(key, FAMILIES) || undeclared.contains(key)) {
                continue;
            }
            if (isIn(key, OTHER_CLIENTS)) {
                LOG.warn("{}: not used here; the publisher's connection is used", where(key));
            } else if (OF_SINKS.contains(key) || key.startsWith(DEAD_LETTERS)) {
                problem(key, "a key of sink connectors, and this host runs source connectors." + instead(key));
            } else {
                problem(key, "unknown key." + didYouMean(key) + (ofKurier ? "" : howToAllow()));
            }
        }
        for (String entry : undeclared.invalid()) {
            problem(
                    UndeclaredKeys.KEY,
                    "\"" + Printable.brief(entry) + "\" is neither a key nor the beginning of keys, such as"
                            + " source.cluster.*, with the asterisk after the last point.");
        }
        if (!settings.toleratesErrors() && !settings.deadLetters().equals(ConnectorSettings.DeadLetters.NONE)) {
            LOG.warn(
                    "connector {}: no record goes to the dead letters without {}=all",
                    settings.name(),
                    ConnectorValues.TOLERANCE);
        }
        TopicGroups.read(settings, problems);
        ProducerOverrides.read(settings, problems);
    }

    private static String instead(String key) {
        return key.startsWith(DEAD_LETTERS)
                ? " Remove it; " + DeadLetterDestinations.TOPIC + " and " + DeadLetterDestinations.FILE
                        + " are the keys of dead letters here."
                : " Remove it, or name the topic in the connector's own key.";
    }

    private static String howToAllow() {
        return " If the connector reads the key nevertheless, list it in " + UndeclaredKeys.KEY + ".";
    }

    private void problem(String key, String what) {
        problems.add(where(key) + ": " + what);
    }

    private String where(String key) {
        return "connector " + settings.name() + ", " + Printable.brief(key);
    }

    private static boolean isIn(String key, List<String> families) {
        return families.stream().anyMatch(family -> key.equals(family) || key.startsWith(family + "."));
    }

    private String didYouMean(String key) {
        Set<String> all = new TreeSet<>(known);
        all.addAll(FAMILIES);
        String question = Suggestion.question(key, all);
        return question.isEmpty() ? ofFamily(key) : question;
    }

    /** Returns the question whether the first words of a key were meant to be those of a family. */
    private static String ofFamily(String key) {
        String[] words = key.split("\\.", -1);
        for (String family : FAMILIES) {
            int length = family.split("\\.", -1).length;
            if (words.length > length) {
                String head = String.join(".", List.of(words).subList(0, length));
                if (Suggestion.nearest(head, Set.of(family)).isPresent()) {
                    return " Did you mean " + family + Printable.brief(key.substring(head.length())) + "?";
                }
            }
        }
        return "";
    }
}
