// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns settings into a {@link PublisherConfig}, claiming every key exactly once; a key left over is unknown. */
public final class ConfigReader {
    private static final String DEFAULT_KEY_SERIALIZER = "text";

    /** What may follow {@code topics.<alias>.}; {@code config} and the plugins have keys of their own below. */
    private static final List<String> TOPIC_KEYS = List.of(
            "name",
            "partitions",
            "partitions.increase",
            "replication.factor",
            "key.serializer",
            "value.serializer",
            "partitioner",
            "record.id",
            "max.record.bytes");

    private final Map<String, Setting> unclaimed = new LinkedHashMap<>();
    private final Map<String, Setting> nameByAlias = new LinkedHashMap<>();
    private final Problems problems;
    private final Scalars scalars;
    private final TopicWords topicNames;

    private ConfigReader(Problems problems) {
        this.problems = problems;
        this.scalars = new Scalars(problems);
        this.topicNames = new TopicWords(problems);
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
        problems.order(settings);
        settings.forEach(this::admit);
        Map<String, Setting> all = new LinkedHashMap<>(unclaimed);
        Set<String> provided = provide();
        all.putAll(unclaimed);
        Setting bootstrap = claim(Keys.BOOTSTRAP);
        if (bootstrap == null || (bootstrap.isUsable() && bootstrap.value().isBlank())) {
            problems.add(Keys.BOOTSTRAP, "missing. Set it to the address of a broker, such as 127.0.0.1:9092.");
            bootstrap = Setting.defective(Keys.BOOTSTRAP, "missing", "missing");
        }
        List<Setting> connection = connection(bootstrap);
        ProducerKeys producerKeys = new ProducerKeys(problems);
        Map<String, String> producer = producerKeys.read(claimPrefix(Keys.PRODUCER_PREFIX), connection);
        Duration maxWait = Duration.ofMillis(scalars.number(claim(Keys.MAX_WAIT), 0, Integer.MAX_VALUE, 60_000));
        Duration closeTimeout =
                Duration.ofMillis(scalars.number(claim(Keys.CLOSE_TIMEOUT), 0, Integer.MAX_VALUE, 30_000));
        boolean closeAtShutdown = scalars.flag(claim(Keys.CLOSE_AT_SHUTDOWN));
        Duration resolveTimeout =
                Duration.ofMillis(scalars.number(claim(Keys.RESOLVE_TIMEOUT), 0, Integer.MAX_VALUE, 30_000));
        TransactionConfig transactions = transactions();
        TopicManagement management = management(claim(Keys.MANAGEMENT));
        List<Setting> serializerDefaults = claimPrefix("serializer.");
        Setting listed = claim(Keys.TOPICS);
        List<TopicConfig> topics = topics(listed, codeAliases);
        if (listed != null && (!listed.isUsable() || !listed.variables().isEmpty())) {
            claimPrefix("topics."); // which of them are declared cannot be said
        }
        reportLeftOver(topics, producerKeys);
        return new PublisherConfig(
                bootstrap,
                values(connection),
                producer,
                maxWait,
                closeTimeout,
                closeAtShutdown,
                resolveTimeout,
                transactions,
                management,
                topics,
                serializerDefaults,
                Collections.unmodifiableMap(all),
                Secrets.of(all.values(), provided));
    }

    /** Takes a setting in, unless its key is there already or its line could not be read. */
    private void admit(Setting given) {
        Setting setting = given.isUsable() ? given.withValue(given.value().strip(), given.variables()) : given;
        if (setting.defect() != null) {
            problems.add(setting, setting.defect());
        } else if (setting.key().isEmpty()) {
            problems.add(setting.source(), "a value without a key. Write key=value.");
            return;
        }
        Setting earlier = setting.key().isEmpty() ? null : unclaimed.putIfAbsent(setting.key(), setting);
        if (earlier != null) {
            problems.add(setting, "set twice, first in " + earlier.source() + ". Keep one of them.");
        }
    }

    /** Asks the config providers for what settings want of them; answers all that they have given. */
    private Set<String> provide() {
        Map<Provider, String> params =
                new ProviderKeys(problems).read(claim(Keys.PROVIDERS), claimPrefix(Keys.PROVIDER_PREFIX));
        try (ProvidedValues values = new ProvidedValues(params, problems)) {
            unclaimed.replaceAll((key, setting) -> values.resolve(setting));
            return values.provided();
        }
    }

    private TransactionConfig transactions() {
        Setting application = claim(Keys.APPLICATION_ID);
        Setting instance = claim(Keys.APPLICATION_INSTANCE_ID);
        Setting publisher = claim(Keys.PUBLISHER_NAME);
        Setting producers = claim(Keys.TRANSACTION_PRODUCERS);
        Setting timeout = claim(Keys.TRANSACTION_TIMEOUT);
        Setting version = claim(Keys.TRANSACTION_VERSION);
        String name = scalars.text(publisher);
        if (application == null) {
            Stream.of(instance, producers, timeout, version)
                    .filter(Objects::nonNull)
                    .forEach(set -> problems.add(
                            set, "set, but " + Keys.APPLICATION_ID + " is not. Name the application there."));
        }
        return new TransactionConfig(
                scalars.text(application),
                scalars.text(instance),
                name == null ? Keys.DEFAULT_PUBLISHER_NAME : name,
                (int) scalars.number(producers, 1, 100, TransactionConfig.DEFAULT_PRODUCERS),
                Duration.ofMillis(
                        scalars.number(timeout, 1, Integer.MAX_VALUE, TransactionConfig.DEFAULT_TIMEOUT.toMillis())),
                (int) scalars.number(version, 0, Short.MAX_VALUE, TransactionConfig.DEFAULT_VERSION));
    }

    private List<Setting> connection(Setting bootstrap) {
        List<Setting> connection = new ArrayList<>(List.of(bootstrap));
        for (Setting setting : List.copyOf(unclaimed.values())) {
            if (Keys.isConnectionKey(setting.key())) {
                unclaimed.remove(setting.key());
                connection.add(setting);
                if (!Keys.connectionKeys().contains(setting.key())) {
                    problems.unknownKey(setting, "", Keys.connectionKeys());
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

    private List<TopicConfig> topics(@Nullable Setting listed, Collection<String> codeAliases) {
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
        Setting name = claim(prefix + "name");
        Setting partitions = claim(prefix + "partitions");
        boolean increase = increase(claim(prefix + "partitions.increase"), partitions);
        Setting replication = claim(prefix + "replication.factor");
        Map<String, String> configs = new LinkedHashMap<>();
        String configPrefix = prefix + "config.";
        for (Setting config : claimPrefix(configPrefix)) {
            topicNames.checkConfig(config, configPrefix);
            configs.put(config.key().substring(configPrefix.length()), config.value());
        }
        if (name == null) {
            topicNames.checkAlias(alias);
        } else {
            topicNames.check(name);
            nameByAlias.put(alias, name);
        }
        PluginChoice key = keySerializer(prefix + "key.serializer");
        PluginChoice value = plugin(prefix + "value.serializer");
        PluginChoice partitioner = plugin(prefix + "partitioner");
        boolean recordId = scalars.flag(claim(prefix + "record.id"));
        Setting maxBytes = claim(prefix + "max.record.bytes");
        for (Setting unknown : claimPrefix(prefix)) {
            problems.unknownKey(unknown, prefix, TOPIC_KEYS);
        }
        return new TopicConfig(
                alias,
                name == null ? alias : name.value(),
                partitions == null ? null : (int) scalars.number(partitions, 1, Integer.MAX_VALUE, 1),
                increase,
                replication == null ? null : (short) scalars.number(replication, 1, Short.MAX_VALUE, 1),
                configs,
                key,
                value,
                partitioner,
                recordId,
                (int) scalars.number(maxBytes, 1, Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    private boolean increase(@Nullable Setting setting, @Nullable Setting partitions) {
        if (setting == null) {
            return false;
        }
        if (partitions == null) {
            String declared = setting.key().substring(0, setting.key().lastIndexOf('.'));
            problems.add(setting, "set, but " + declared + " is not. Say there how many there are to be.");
        }
        return scalars.flag(setting);
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
        if (setting == null || !setting.isUsable()) {
            return TopicManagement.VERIFY;
        }
        for (TopicManagement management : TopicManagement.values()) {
            if (management.name().toLowerCase(Locale.ROOT).equals(setting.value())) {
                return management;
            }
        }
        problems.add(
                setting,
                setting.quoted() + " is none of verify, create, off."
                        + (setting.isSecret()
                                ? ""
                                : Suggestion.question(setting.value(), List.of("verify", "create", "off"))));
        return TopicManagement.VERIFY;
    }

    private void reportLeftOver(List<TopicConfig> topics, ProducerKeys producerKeys) {
        List<String> aliases = topics.stream().map(TopicConfig::alias).toList();
        Set<String> known = new LinkedHashSet<>(Keys.atTheTop());
        known.addAll(Keys.connectionKeys());
        ProducerKeys.names().forEach(name -> known.add(Keys.PRODUCER_PREFIX + name));
        aliases.forEach(alias -> TOPIC_KEYS.forEach(key -> known.add("topics." + alias + "." + key)));
        for (Setting setting : unclaimed.values()) {
            String key = setting.key();
            if (key.startsWith("topics.")) {
                topicNames.undeclared(setting, aliases, TOPIC_KEYS);
            } else if (ProducerKeys.names().contains(key)) {
                problems.add(
                        setting, "a key of the producer needs its prefix. Write " + Keys.PRODUCER_PREFIX + key + ".");
            } else if (!producerKeys.isLocked(setting, key)) {
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
