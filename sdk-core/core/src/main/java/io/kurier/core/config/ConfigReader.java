// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** Turns settings into a {@link PublisherConfig}, claiming every key exactly once; a key left over is unknown. */
public final class ConfigReader {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String MAX_WAIT = "publish.max.wait.ms";
    private static final String MANAGEMENT = "topics.management";
    private static final String TOPICS = "topics";
    private static final List<String> CONNECTION_PREFIXES = List.of("security.", "ssl.", "sasl.");
    private static final String DEFAULT_KEY_SERIALIZER = "text";

    private final Map<String, Setting> unclaimed = new LinkedHashMap<>();
    private final Problems problems;

    private ConfigReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads settings.
     *
     * @param settings from all sources
     * @param codeAliases aliases of topics that code declares, beside those of the key {@code topics}
     * @param problems where to say what is wrong; if anything is, the answer is not to be used
     */
    public static PublisherConfig read(
            Collection<Setting> settings, Collection<String> codeAliases, Problems problems) {
        return new ConfigReader(problems).read(settings, codeAliases);
    }

    private PublisherConfig read(Collection<Setting> settings, Collection<String> codeAliases) {
        for (Setting setting : settings) {
            Setting earlier = unclaimed.putIfAbsent(setting.key(), setting);
            if (earlier != null) {
                problems.add(setting, "set twice, first in " + earlier.source() + ". Keep one of them.");
            }
        }
        Map<String, Setting> all = Map.copyOf(unclaimed);
        Setting bootstrap = claim(BOOTSTRAP);
        if (bootstrap == null || bootstrap.value().isBlank()) {
            problems.add(BOOTSTRAP, "missing. Set it to the address of a broker, such as 127.0.0.1:9092.");
            bootstrap = new Setting(BOOTSTRAP, "", "missing");
        }
        List<Setting> connection = connection(bootstrap);
        Map<String, String> producer = new ProducerKeys(problems).read(claimPrefix("producer."), connection);
        Duration maxWait = Duration.ofMillis(number(claim(MAX_WAIT), 0, Integer.MAX_VALUE, 60_000));
        TopicManagement management = management(claim(MANAGEMENT));
        List<Setting> serializerDefaults = claimPrefix("serializer.");
        List<TopicConfig> topics = topics(claim(TOPICS), codeAliases);
        reportLeftOver(topics);
        return new PublisherConfig(
                bootstrap, values(connection), producer, maxWait, management, topics, serializerDefaults, all);
    }

    private List<Setting> connection(Setting bootstrap) {
        List<Setting> connection = new ArrayList<>(List.of(bootstrap));
        for (Setting setting : List.copyOf(unclaimed.values())) {
            if (isConnectionKey(setting.key())) {
                unclaimed.remove(setting.key());
                connection.add(setting);
                if (!connectionKeys().contains(setting.key())) {
                    problems.unknownKey(setting, "", connectionKeys());
                }
            }
        }
        return connection;
    }

    private static Map<String, String> values(List<Setting> settings) {
        Map<String, String> values = new LinkedHashMap<>();
        settings.forEach(setting -> values.put(setting.key(), setting.value()));
        return values;
    }

    private static boolean isConnectionKey(String key) {
        return key.equals("client.id") || CONNECTION_PREFIXES.stream().anyMatch(key::startsWith);
    }

    private static Set<String> connectionKeys() {
        Set<String> keys = new TreeSet<>(AdminClientConfig.configNames());
        keys.retainAll(ProducerConfig.configNames());
        keys.removeIf(key -> !isConnectionKey(key));
        return keys;
    }

    private List<TopicConfig> topics(@Nullable Setting listed, Collection<String> codeAliases) {
        Set<String> aliases = new LinkedHashSet<>();
        if (listed != null) {
            for (String alias : listed.value().split(",", -1)) {
                if (alias.isBlank() || !aliases.add(alias.strip())) {
                    problems.add(
                            listed, "\"" + alias.strip() + "\" is empty or named twice. Separate aliases by commas.");
                }
            }
        }
        aliases.addAll(codeAliases);
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
            if (other != null) {
                problems.add(
                        TOPICS,
                        "the aliases " + other + " and " + topic.alias() + " both mean the topic " + topic.name()
                                + ". Use one alias for one topic.");
            }
        }
    }

    private TopicConfig topic(String alias) {
        String prefix = "topics." + alias + ".";
        Setting name = claim(prefix + "name");
        Setting partitions = claim(prefix + "partitions");
        boolean increase = increase(claim(prefix + "partitions.increase"), partitions);
        Setting replication = claim(prefix + "replication.factor");
        Map<String, String> configs = new LinkedHashMap<>();
        String configPrefix = prefix + "config.";
        claimPrefix(configPrefix)
                .forEach(setting -> configs.put(setting.key().substring(configPrefix.length()), setting.value()));
        PluginChoice key = keySerializer(prefix + "key.serializer");
        PluginChoice value = plugin(prefix + "value.serializer");
        PluginChoice partitioner = plugin(prefix + "partitioner");
        Setting maxBytes = claim(prefix + "max.record.bytes");
        for (Setting unknown : claimPrefix(prefix)) {
            problems.unknownKey(
                    unknown,
                    prefix,
                    List.of(
                            "name",
                            "partitions",
                            "partitions.increase",
                            "replication.factor",
                            "key.serializer",
                            "value.serializer",
                            "partitioner",
                            "max.record.bytes"));
        }
        return new TopicConfig(
                alias,
                name == null ? alias : name.value(),
                partitions == null ? null : (int) number(partitions, 1, Integer.MAX_VALUE, 1),
                increase,
                replication == null ? null : (short) number(replication, 1, Short.MAX_VALUE, 1),
                configs,
                key,
                value,
                partitioner,
                (int) number(maxBytes, 1, Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    private boolean increase(@Nullable Setting setting, @Nullable Setting partitions) {
        if (setting == null) {
            return false;
        }
        boolean increase = setting.value().equals("true");
        if (!increase && !setting.value().equals("false")) {
            problems.add(setting, "\"" + setting.value() + "\" is neither true nor false.");
        } else if (partitions == null) {
            String declared = setting.key().substring(0, setting.key().lastIndexOf('.'));
            problems.add(setting, "set, but " + declared + " is not. Say there how many there are to be.");
        }
        return increase;
    }

    private PluginChoice keySerializer(String key) {
        Setting named = claim(key);
        return chosen(named == null ? new Setting(key, DEFAULT_KEY_SERIALIZER, "default") : named);
    }

    private @Nullable PluginChoice plugin(String key) {
        Setting named = claim(key);
        if (named == null) {
            claimPrefix(key + ".")
                    .forEach(own -> problems.add(own, "set, but " + key + " is not. Name the plugin there."));
            return null;
        }
        return chosen(named);
    }

    private PluginChoice chosen(Setting named) {
        String prefix = named.key() + ".";
        return new PluginChoice(named, prefix, claimPrefix(prefix));
    }

    private TopicManagement management(@Nullable Setting setting) {
        if (setting == null) {
            return TopicManagement.VERIFY;
        }
        for (TopicManagement management : TopicManagement.values()) {
            if (management.name().toLowerCase(Locale.ROOT).equals(setting.value())) {
                return management;
            }
        }
        problems.add(setting, "\"" + setting.value() + "\" is none of verify, create, off.");
        return TopicManagement.VERIFY;
    }

    private long number(@Nullable Setting setting, long min, long max, long defaultValue) {
        if (setting == null) {
            return defaultValue;
        }
        try {
            long value = Long.parseLong(setting.value());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            problems.add(setting, "\"" + setting.value() + "\" is not a whole number.");
            return defaultValue;
        }
        problems.add(setting, setting.value() + " is not from " + min + " to " + max + ".");
        return defaultValue;
    }

    private void reportLeftOver(List<TopicConfig> topics) {
        Set<String> known = new LinkedHashSet<>(List.of(BOOTSTRAP, "client.id", MAX_WAIT, MANAGEMENT, TOPICS));
        known.addAll(connectionKeys());
        ProducerKeys.names().forEach(name -> known.add("producer." + name));
        for (Setting setting : unclaimed.values()) {
            if (setting.key().startsWith("topics.")) {
                problems.add(
                        setting,
                        "no topic with that alias is declared. Declared by topics: "
                                + (topics.isEmpty()
                                        ? "none"
                                        : String.join(
                                                ", ",
                                                topics.stream()
                                                        .map(TopicConfig::alias)
                                                        .toList()))
                                + ".");
            } else {
                problems.unknownKey(setting, "", known);
            }
        }
    }

    private @Nullable Setting claim(String key) {
        return unclaimed.remove(key);
    }

    private List<Setting> claimPrefix(String prefix) {
        List<Setting> claimed = unclaimed.values().stream()
                .filter(s -> s.key().startsWith(prefix))
                .toList();
        claimed.forEach(setting -> unclaimed.remove(setting.key()));
        return claimed;
    }
}
