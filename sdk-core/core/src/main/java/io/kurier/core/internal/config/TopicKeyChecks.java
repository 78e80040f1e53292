// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the names of topics, their configs, and keys of topics that are not declared. */
final class TopicKeyChecks {
    /** As in Kafka, {@code org.apache.kafka.common.internals.Topic}. */
    private static final Pattern NAME = Pattern.compile("(?!\\.\\.?$)[a-zA-Z0-9._-]{1,249}");

    private static final String NAME_RULE = "letters, digits, '.', '_' and '-', at most 249";

    /**
     * A broker may be newer than this client and know more configs. So an unknown config is a problem only if it is so
     * near to a known one that it must be a typing error; the names that Kafka has today are further from each other.
     */
    private static final int TYPO = 2;

    private static final Set<String> CONFIGS = Arrays.stream(
                    org.apache.kafka.common.config.TopicConfig.class.getFields())
            .filter(field ->
                    Modifier.isStatic(field.getModifiers()) && field.getName().endsWith("_CONFIG"))
            .map(TopicKeyChecks::value)
            .collect(Collectors.toCollection(TreeSet::new));

    private final Problems problems;

    TopicKeyChecks(Problems problems) {
        this.problems = problems;
    }

    private static String value(Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public constant cannot be closed", e);
        }
    }

    void checkConfig(Setting config, String prefix) {
        String name = config.key().substring(prefix.length());
        Optional<String> near = CONFIGS.contains(name) ? Optional.empty() : Suggestion.nearest(name, CONFIGS, TYPO);
        near.ifPresent(known ->
                problems.add(config, "no such config of a topic is known. Did you mean " + prefix + known + "?"));
    }

    void check(Setting name) {
        if (name.isUsable() && !NAME.matcher(name.value()).matches()) {
            problems.add(
                    name,
                    name.value().isEmpty()
                            ? "empty. Set it, or remove the key."
                            : name.quoted() + " is not a name that a topic can have: " + NAME_RULE + ".");
        }
    }

    void checkAlias(String alias) {
        if (!NAME.matcher(alias).matches()) {
            problems.add(
                    TopicKeys.prefix(alias) + TopicKeys.NAME,
                    "missing, and the alias \"" + alias + "\" is not a name that a topic can have: " + NAME_RULE + ".");
        }
    }

    /** Reports a key under {@code topics.} whose alias is not declared. */
    void undeclared(Setting setting, Collection<String> aliases, Collection<String> topicKeys) {
        String rest = setting.key().substring(TopicKeys.TOPICS_PREFIX.length());
        String alias = alias(rest, topicKeys);
        String meant = Suggestion.nearest(alias, aliases)
                .map(near -> " Did you mean " + TopicKeys.TOPICS_PREFIX + near + rest.substring(alias.length()) + "?")
                .orElse(" If " + alias + " is one, add it there.");
        problems.add(
                setting,
                "no topic with that alias is declared. Declared by topics: "
                        + (aliases.isEmpty() ? "none" : String.join(", ", aliases)) + "." + meant);
    }

    /** Returns the text before the first words that are a key of topics; the first word if there are none. */
    private static String alias(String rest, Collection<String> topicKeys) {
        for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.', dot + 1)) {
            String tail = rest.substring(dot + 1);
            if (tail.startsWith(TopicKeys.CONFIG_PREFIX)
                    || tail.startsWith(TopicKeys.GUARD_PREFIX)
                    || topicKeys.stream().anyMatch(key -> startsWithKey(tail, key))) {
                return rest.substring(0, dot);
            }
        }
        return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
    }

    private static boolean startsWithKey(String tail, String key) {
        return tail.equals(key) || tail.startsWith(key + ".");
    }
}
