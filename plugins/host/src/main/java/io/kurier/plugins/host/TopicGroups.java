// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import io.kurier.core.internal.config.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The groups of topics in a connector's {@code topic.creation} keys (KIP-158): in their order, the first that a topic
 * matches has its settings, and otherwise the group {@code default}. Unlike in Connect, no number of the default group
 * is required, and keys of a group that is not listed are refused.
 */
final class TopicGroups {
    private static final String PREFIX = "topic.creation.";
    private static final String GROUPS = PREFIX + "groups";
    private static final String DEFAULT = "default";
    private static final String INCLUDE = "include";
    private static final String EXCLUDE = "exclude";
    static final String UNSET = "-1";

    /** The numbers, which a group without them takes from the default group. */
    private static final Set<String> NUMBERS = Set.of("partitions", "replication.factor");

    /** A regular expression that is the name of a topic; a point in it also matches itself. */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]+");

    private final ConnectorSettings settings;
    private final List<String> problems;
    private final List<Group> groups = new ArrayList<>();
    private final Group byDefault;
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * A group.
     *
     * @param numbers the numbers as they are set, -1 included
     * @param configs the topic configs
     */
    private record Group(
            List<Pattern> include, List<Pattern> exclude, Map<String, String> numbers, Map<String, String> configs) {
        boolean matches(String topic) {
            return include.stream().anyMatch(pattern -> pattern.matcher(topic).matches())
                    && exclude.stream()
                            .noneMatch(pattern -> pattern.matcher(topic).matches());
        }
    }

    private TopicGroups(ConnectorSettings settings, List<String> problems) {
        this.settings = settings;
        this.problems = problems;
        Set<String> listed = listed();
        for (String group : listed) {
            groups.add(group(group, true));
        }
        this.byDefault = group(DEFAULT, false);
        listed.add(DEFAULT);
        refuseOthers(listed);
    }

    /** Reads a connector's properties. */
    static TopicGroups read(ConnectorSettings settings, List<String> problems) {
        return new TopicGroups(settings, problems);
    }

    /** Returns the entries of the groups' {@code include} that are names of topics, in their order. */
    Set<String> names() {
        return names;
    }

    /** Returns the settings of a topic, by what follows its name in the publisher's configuration. */
    Map<String, String> of(String topic) {
        return settings(groups.stream()
                .filter(group -> group.matches(topic))
                .findFirst()
                .orElse(byDefault));
    }

    /** Returns the settings of a topic of which the default group is not meant; empty if no other has it. */
    Map<String, String> ofListed(String topic) {
        return groups.stream()
                .filter(group -> group.matches(topic))
                .findFirst()
                .map(this::settings)
                .orElse(Map.of());
    }

    private Map<String, String> settings(Group group) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : new TreeSet<>(NUMBERS)) {
            String number = group.numbers.getOrDefault(name, byDefault.numbers.getOrDefault(name, UNSET));
            if (!number.equals(UNSET)) {
                all.put(name, number);
            }
        }
        group.configs.forEach((key, value) -> all.put("config." + key, value));
        return all;
    }

    private Set<String> listed() {
        Set<String> listed = new LinkedHashSet<>();
        for (String group : entries(settings.properties().getOrDefault(GROUPS, ""))) {
            if (!group.equals(DEFAULT) && !listed.add(group)) {
                problem(GROUPS, "it has " + Printable.brief(group) + " twice. Give each a name of its own.");
            }
        }
        return listed;
    }

    private Group group(String group, boolean hasPatterns) {
        String prefix = PREFIX + group + ".";
        Group read = new Group(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String key : new TreeSet<>(settings.properties().keySet())) {
            if (key.startsWith(prefix)) {
                read(read, key, key.substring(prefix.length()), hasPatterns);
            }
        }
        if (hasPatterns
                && settings.properties().getOrDefault(prefix + INCLUDE, "").isBlank()) {
            problem(prefix + INCLUDE, "missing. Set it to the topics of the group, as regular expressions.");
        }
        return read;
    }

    private void read(Group group, String key, String name, boolean hasPatterns) {
        String value = settings.properties().getOrDefault(key, "");
        if (NUMBERS.contains(name)) {
            number(key, value.strip());
            group.numbers.put(name, value.strip());
        } else if (!name.equals(INCLUDE) && !name.equals(EXCLUDE)) {
            group.configs.put(name, value);
        } else if (!hasPatterns) {
            problem(key, "the group default is for all topics of no other group. Remove the key.");
        } else {
            for (String entry : entries(value)) {
                if (name.equals(INCLUDE) && NAME.matcher(entry).matches()) {
                    names.add(entry);
                }
                pattern(key, entry, name.equals(INCLUDE) ? group.include : group.exclude);
            }
        }
    }

    private void number(String key, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 || number == -1) {
                return;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        problem(
                key,
                "\"" + Printable.brief(value)
                        + "\" is neither a whole number of at least 1 nor -1, the broker's default.");
    }

    private void pattern(String key, String entry, List<Pattern> to) {
        try {
            to.add(Pattern.compile(entry));
        } catch (PatternSyntaxException e) {
            problem(
                    key,
                    "\"" + Printable.brief(entry) + "\" is no regular expression: "
                            + Printable.brief(e.getDescription()) + ". Commas separate entries.");
        }
    }

    private void refuseOthers(Set<String> listed) {
        for (String key : new TreeSet<>(settings.properties().keySet())) {
            boolean isOfGroup = listed.stream().anyMatch(group -> key.startsWith(PREFIX + group + "."));
            if (!key.startsWith(PREFIX) || key.equals(GROUPS) || isOfGroup) {
                continue;
            }
            String rest = key.substring(PREFIX.length());
            String group = rest.indexOf('.') < 0 ? rest : rest.substring(0, rest.indexOf('.'));
            Set<String> words = new TreeSet<>(listed);
            words.add("groups");
            problem(
                    key,
                    "\"" + Printable.brief(group) + "\" is not in " + GROUPS + "." + Suggestion.question(group, words));
        }
    }

    private static List<String> entries(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private void problem(String key, String what) {
        problems.add("connector " + settings.name() + ", " + Printable.brief(key) + ": " + what);
    }
}
