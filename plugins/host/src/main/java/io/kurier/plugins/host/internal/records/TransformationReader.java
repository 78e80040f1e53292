// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.Printable;
import io.kurier.core.internal.config.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the keys of transformations and predicates. Unlike Connect it refuses keys of an alias that is not listed. */
final class TransformationReader {
    private static final Logger LOG = LoggerFactory.getLogger(TransformationReader.class);

    private static final String TRANSFORMS = "transforms";
    private static final String PREDICATES = "predicates";
    private static final String TYPE = "type";
    private static final String PREDICATE = "predicate";
    private static final String NEGATE = "negate";

    private final Map<String, String> properties;
    private final PluginReader reader;
    private final Map<String, PluginSpec<Predicate<SourceRecord>>> predicates = new HashMap<>();
    private final Set<String> usedPredicates = new TreeSet<>();

    TransformationReader(Map<String, String> properties, PluginReader reader) {
        this.properties = properties;
        this.reader = reader;
    }

    /** Returns the transformations in their order. */
    List<TransformationStep.Spec> read() {
        Set<String> conditions = aliases(PREDICATES);
        for (String alias : conditions) {
            PluginSpec<Predicate<SourceRecord>> read = reader.read(
                    PluginKind.PREDICATE, key(PREDICATES, alias, TYPE), prefix(PREDICATES, alias), Set.of(TYPE));
            if (read != null) {
                predicates.put(alias, read);
            }
        }
        List<TransformationStep.Spec> steps = new ArrayList<>();
        for (String alias : aliases(TRANSFORMS)) {
            PluginSpec<Predicate<SourceRecord>> condition = condition(alias, conditions);
            boolean negated = negated(alias);
            PluginSpec<Transformation<SourceRecord>> read = reader.read(
                    PluginKind.TRANSFORMATION,
                    key(TRANSFORMS, alias, TYPE),
                    prefix(TRANSFORMS, alias),
                    Set.of(TYPE, PREDICATE, NEGATE));
            if (read != null) {
                steps.add(new TransformationStep.Spec(read, condition, negated));
            }
        }
        conditions.stream()
                .filter(alias -> !usedPredicates.contains(alias))
                .forEach(alias -> LOG.warn(
                        "{}: no transformation uses the predicate", reader.where(key(PREDICATES, alias, TYPE))));
        return steps;
    }

    private @Nullable PluginSpec<Predicate<SourceRecord>> condition(String alias, Set<String> conditions) {
        String key = key(TRANSFORMS, alias, PREDICATE);
        String named = properties.getOrDefault(key, "").strip();
        if (named.isEmpty()) {
            if (properties.containsKey(key)) {
                reader.problem(key, "empty. Name a predicate of " + PREDICATES + ", or remove the key.");
            }
            return null;
        }
        usedPredicates.add(named);
        if (!conditions.contains(named)) {
            reader.problem(
                    key,
                    "\"" + Printable.brief(named) + "\" is not in " + PREDICATES + "."
                            + Suggestion.question(named, conditions));
        }
        return predicates.get(named);
    }

    private boolean negated(String alias) {
        String key = key(TRANSFORMS, alias, NEGATE);
        String value = properties.get(key);
        if (value == null) {
            return false;
        }
        String word = value.strip();
        if (!word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
            reader.problem(key, "\"" + Printable.brief(value) + "\" is neither true nor false.");
        } else if (!properties.containsKey(key(TRANSFORMS, alias, PREDICATE))) {
            reader.problem(
                    key,
                    "there is no predicate to negate. Set " + key(TRANSFORMS, alias, PREDICATE)
                            + " too, or remove the key.");
        }
        return word.equalsIgnoreCase("true");
    }

    /** Returns the aliases that a list key names, and reports the keys of others. */
    private Set<String> aliases(String list) {
        Set<String> aliases = new LinkedHashSet<>();
        String named = properties.getOrDefault(list, "").strip();
        for (String entry : named.isEmpty() ? List.<String>of() : Arrays.asList(named.split(",", -1))) {
            String alias = entry.strip();
            if (alias.isEmpty()) {
                reader.problem(list, "it has an empty entry. Remove a comma.");
            } else if (!aliases.add(alias)) {
                reader.problem(list, "it has " + Printable.brief(alias) + " twice. Give each an alias of its own.");
            }
        }
        for (String key : new TreeSet<>(properties.keySet())) {
            if (key.startsWith(list + ".")
                    && aliases.stream().noneMatch(alias -> key.startsWith(prefix(list, alias)))) {
                String rest = key.substring(list.length() + 1);
                String alias = rest.indexOf('.') < 0 ? rest : rest.substring(0, rest.indexOf('.'));
                reader.problem(
                        key,
                        "\"" + Printable.brief(alias) + "\" is not in " + list + "."
                                + Suggestion.question(alias, aliases));
            }
        }
        return aliases;
    }

    private static String key(String list, String alias, String name) {
        return prefix(list, alias) + name;
    }

    private static String prefix(String list, String alias) {
        return list + "." + alias + ".";
    }
}
