// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is said of topics: which there are, and the keys below {@code topics.<alias>.} of each. */
final class TopicReader {
    private static final String DEFAULT_KEY_SERIALIZER = "text";

    /** What may follow {@code topics.<alias>.}; {@code config}, {@code guard} and the plugins have keys below. */
    static final List<String> KEYS = List.of(
            "name",
            "partitions",
            "partitions.increase",
            "replication.factor",
            "key.serializer",
            "value.serializer",
            "partitioner",
            "record.id",
            GuardReader.GUARDS,
            GuardReader.REQUIRED_HEADERS,
            GuardReader.KEY_REQUIRED,
            GuardReader.MAX_RECORD_BYTES);

    private final UnconsumedSettings unconsumed;
    private final Problems problems;
    private final ValueParser parser;
    private final TopicKeyChecks words;
    private final GuardReader guards;
    private final Map<String, Setting> nameByAlias = new LinkedHashMap<>();

    TopicReader(UnconsumedSettings unconsumed, Problems problems) {
        this.unconsumed = unconsumed;
        this.problems = problems;
        this.parser = new ValueParser(problems);
        this.words = new TopicKeyChecks(problems);
        this.guards = new GuardReader(unconsumed, problems);
    }

    /**
     * Reads the topics.
     *
     * @param listed the setting that lists aliases, if there is one
     * @param codeAliases aliases of topics that code declares
     */
    List<TopicConfig> read(@Nullable Setting listed, Collection<String> codeAliases) {
        Set<String> aliases = new LinkedHashSet<>();
        if (listed != null && !listed.variables().isEmpty()) {
            problems.add(
                    listed, "cannot hold a variable: aliases are part of keys, and keys are shown. Write them out.");
        } else if (listed != null && listed.isUsable()) {
            for (String part : listed.value().split(",", -1)) {
                String alias = part.strip();
                if (alias.isEmpty()) {
                    problems.add(listed, "an alias is empty. Separate aliases by single commas.");
                } else if (!aliases.add(alias)) {
                    problems.add(listed, "\"" + alias + "\" is named twice. Keep one of them.");
                }
            }
        }
        aliases.addAll(codeAliases);
        for (String alias : aliases) {
            if (!Printable.of(alias).equals(alias)) {
                problems.add(
                        Keys.TOPICS,
                        "the alias \"" + alias + "\" holds characters that are not shown. Choose another.");
            }
        }
        // An alias may contain dots: the longest ones claim their keys first.
        Map<String, TopicConfig> byAlias = new LinkedHashMap<>();
        aliases.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(alias -> byAlias.put(alias, topic(alias)));
        List<TopicConfig> topics = aliases.stream().map(byAlias::get).toList();
        refuseSharedNames(topics);
        return topics;
    }

    private void refuseSharedNames(List<TopicConfig> topics) {
        Map<String, String> aliasByName = new LinkedHashMap<>();
        for (TopicConfig topic : topics) {
            String other = aliasByName.putIfAbsent(topic.name(), topic.alias());
            if (other != null && !topic.name().isEmpty()) {
                problems.add(
                        Keys.TOPICS,
                        "the aliases " + other + " and " + topic.alias() + " both mean the topic " + shownName(topic)
                                + ". Use one alias for one topic.");
            }
        }
    }

    private String shownName(TopicConfig topic) {
        Setting name = nameByAlias.get(topic.alias());
        return name == null ? topic.name() : name.isSecret() ? name.quoted() : name.value();
    }

    private TopicConfig topic(String alias) {
        String prefix = "topics." + alias + ".";
        Setting name = unconsumed.consume(prefix + "name");
        Setting partitions = unconsumed.consume(prefix + "partitions");
        boolean increase = increase(unconsumed.consume(prefix + "partitions.increase"), partitions);
        Setting replication = unconsumed.consume(prefix + "replication.factor");
        Map<String, String> configs = new LinkedHashMap<>();
        String configPrefix = prefix + "config.";
        for (Setting config : unconsumed.consumePrefix(configPrefix)) {
            words.checkConfig(config, configPrefix);
            configs.put(config.key().substring(configPrefix.length()), config.value());
        }
        if (name == null) {
            words.checkAlias(alias);
        } else {
            words.check(name);
            nameByAlias.put(alias, name);
        }
        PluginChoice key = keySerializer(prefix + "key.serializer");
        PluginChoice value = plugin(prefix + "value.serializer");
        PluginChoice partitioner = plugin(prefix + "partitioner");
        boolean recordId = parser.flag(unconsumed.consume(prefix + "record.id"));
        GuardConfig guarded = guards.read(prefix);
        for (Setting unknown : unconsumed.consumePrefix(prefix)) {
            problems.unknownKey(unknown, prefix, KEYS);
        }
        return new TopicConfig(
                alias,
                name == null ? alias : name.value(),
                partitions == null ? null : (int) parser.number(partitions, 1, Integer.MAX_VALUE, 1),
                increase,
                replication == null ? null : (short) parser.number(replication, 1, Short.MAX_VALUE, 1),
                configs,
                key,
                value,
                partitioner,
                recordId,
                guarded);
    }

    private boolean increase(@Nullable Setting setting, @Nullable Setting partitions) {
        if (setting == null) {
            return false;
        }
        if (partitions == null) {
            String declared = setting.key().substring(0, setting.key().lastIndexOf('.'));
            problems.add(setting, "set, but " + declared + " is not. Say there how many there are to be.");
        }
        return parser.flag(setting);
    }

    private PluginChoice keySerializer(String key) {
        Setting named = unconsumed.consume(key);
        return chosen(named == null ? new Setting(key, DEFAULT_KEY_SERIALIZER, "default") : named);
    }

    private @Nullable PluginChoice plugin(String key) {
        Setting named = unconsumed.consume(key);
        if (named == null) {
            unconsumed
                    .consumePrefix(key + ".")
                    .forEach(own -> problems.add(own, "set, but " + key + " is not. Name the plugin there."));
            return null;
        }
        return chosen(named);
    }

    private PluginChoice chosen(Setting named) {
        String prefix = named.key() + ".";
        return new PluginChoice(named, named.value(), prefix, unconsumed.consumePrefix(prefix));
    }
}
