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
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Reads the topics: the declared aliases, and the keys below {@code topics.<alias>.} of each. */
final class TopicReader {
    /** The serializers of a topic that can take the bytes of any other. */
    private static final Set<String> BYTES = Set.of("bytes", "class:" + ByteArraySerializer.class.getName());

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
        if (parser.isWrittenOut(listed, "aliases are part of keys, and keys are shown")) {
            aliases.addAll(parser.list(listed, "an alias is empty. Separate aliases by single commas.", true));
        }
        aliases.addAll(codeAliases);
        for (String alias : aliases) {
            if (!Printable.of(alias).equals(alias)) {
                problems.add(
                        PublisherKeys.TOPICS,
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
        topics.forEach(topic -> checkDeadLetter(topic, byAlias));
        return topics;
    }

    private void checkDeadLetter(TopicConfig topic, Map<String, TopicConfig> byAlias) {
        Setting named = topic.values().setting(TopicKeys.DEAD_LETTER);
        if (named == null || !topic.values().isSound(TopicKeys.DEAD_LETTER)) {
            return;
        }
        TopicConfig other = byAlias.get(named.value());
        if (other == null) {
            problems.add(
                    named,
                    "no topic with that alias is declared. Declared: " + String.join(", ", byAlias.keySet()) + "."
                            + Suggestion.nearest(named.value(), byAlias.keySet())
                                    .map(near -> " Did you mean " + near + "?")
                                    .orElse(""));
        } else if (other == topic) {
            problems.add(named, "the topic itself, which does not take its dead letters. Name another topic.");
        } else if (other.valueSerializer() != null
                && !BYTES.contains(other.valueSerializer().name())) {
            problems.add(
                    named,
                    "the values of that topic are by " + other.valueSerializer().shown()
                            + ", and dead letters are bytes as they are. Set " + TopicKeys.prefix(other.alias())
                            + TopicKeys.VALUE_SERIALIZER + "=bytes, or name another topic.");
        }
    }

    private void refuseSharedNames(List<TopicConfig> topics) {
        Map<String, String> aliasByName = new LinkedHashMap<>();
        for (TopicConfig topic : topics) {
            String other = aliasByName.putIfAbsent(topic.name(), topic.alias());
            if (other != null && !topic.name().isEmpty()) {
                problems.add(
                        PublisherKeys.TOPICS,
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
        String prefix = TopicKeys.prefix(alias);
        ParsedKeys values = TopicKeys.KEYS.read(prefix, unconsumed, problems);
        checkIncrease(values, prefix + TopicKeys.PARTITIONS);
        Setting name = unconsumed.consume(prefix + TopicKeys.NAME);
        Map<String, String> configs = new LinkedHashMap<>();
        String configPrefix = prefix + TopicKeys.CONFIG_PREFIX;
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
        PluginChoice key = keySerializer(prefix + TopicKeys.KEY_SERIALIZER);
        PluginChoice value = plugin(prefix + TopicKeys.VALUE_SERIALIZER);
        PluginChoice partitioner = plugin(prefix + TopicKeys.PARTITIONER);
        GuardConfig guarded = guards.read(prefix, values);
        for (Setting unknown : unconsumed.consumePrefix(prefix)) {
            problems.unknownKey(unknown, prefix, TopicKeys.KEYS.names());
        }
        return new TopicConfig(
                alias, name == null ? alias : name.value(), configs, key, value, partitioner, guarded, values);
    }

    private void checkIncrease(ParsedKeys values, String partitions) {
        Setting increase = values.setting(TopicKeys.PARTITIONS_INCREASE);
        if (increase != null && values.setting(TopicKeys.PARTITIONS) == null) {
            problems.add(increase, "set, but " + partitions + " is not. Say there how many there are to be.");
        }
    }

    private PluginChoice keySerializer(String key) {
        Setting named = unconsumed.consume(key);
        return chosen(named == null ? new Setting(key, TopicKeys.DEFAULT_KEY_SERIALIZER, "default") : named);
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
