// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.transport.TopicManagement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Turns settings into a {@link PublisherConfig}, claiming every key exactly once; a key left over is unknown. */
public final class ConfigReader {
    private final UnconsumedSettings unconsumed = new UnconsumedSettings();
    private final Problems problems;
    private final ValueParser parser;
    private final TopicKeyChecks topicNames;

    private ConfigReader(Problems problems) {
        this.problems = problems;
        this.parser = new ValueParser(problems);
        this.topicNames = new TopicKeyChecks(problems);
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

    /**
     * The folders of plugins alone, whatever else there is; for those who list plugins.
     *
     * @throws io.kurier.StartException with everything that is wrong with that key and the config providers
     */
    public static PluginPath pluginPath(Collection<Setting> settings) {
        Problems problems = new Problems();
        ConfigReader reader = new ConfigReader(problems);
        settings.stream()
                .filter(setting -> setting.key().equals(Keys.PLUGIN_PATH)
                        || (setting.key() + ".").startsWith(Keys.PROVIDER_PREFIX))
                .forEach(reader::admit);
        reader.provide();
        PluginPath path = new FolderKeys(problems).read(reader.unconsumed.consume(Keys.PLUGIN_PATH));
        problems.throwIfAny();
        return path;
    }

    private PublisherConfig read(Collection<Setting> settings, Collection<String> codeAliases) {
        problems.order(settings);
        settings.forEach(this::admit);
        Map<String, Setting> all = new LinkedHashMap<>();
        unconsumed.all().forEach(setting -> all.put(setting.key(), setting));
        Set<String> provided = provide();
        unconsumed.all().forEach(setting -> all.put(setting.key(), setting));
        Setting bootstrap = unconsumed.consume(Keys.BOOTSTRAP);
        if (bootstrap == null || (bootstrap.isUsable() && bootstrap.value().isBlank())) {
            problems.add(Keys.BOOTSTRAP, "missing. Set it to the address of a broker, such as 127.0.0.1:9092.");
            bootstrap = Setting.defective(Keys.BOOTSTRAP, "missing", "missing");
        }
        List<Setting> connection = connection(bootstrap);
        Setting profileSet = unconsumed.consume(Keys.PROFILE);
        Profile profile = profileSet == null ? Profile.BALANCED : parser.word(profileSet, Profile.class);
        ProducerKeys producerKeys = new ProducerKeys(problems, profile);
        Map<String, String> producer = producerKeys.read(unconsumed.consumePrefix(Keys.PRODUCER_PREFIX), connection);
        Setting startMaxWaitSet = unconsumed.consume(Keys.START_MAX_WAIT);
        Duration startMaxWait = Duration.ofMillis(parser.number(startMaxWaitSet, 0, Integer.MAX_VALUE, 0));
        Duration maxWait =
                Duration.ofMillis(parser.number(unconsumed.consume(Keys.MAX_WAIT), 0, Integer.MAX_VALUE, 60_000));
        Duration closeTimeout =
                Duration.ofMillis(parser.number(unconsumed.consume(Keys.CLOSE_TIMEOUT), 0, Integer.MAX_VALUE, 30_000));
        boolean closeAtShutdown = parser.flag(unconsumed.consume(Keys.CLOSE_AT_SHUTDOWN));
        Duration resolveTimeout = Duration.ofMillis(
                parser.number(unconsumed.consume(Keys.RESOLVE_TIMEOUT), 0, Integer.MAX_VALUE, 30_000));
        TransactionConfig transactions = transactions();
        TopicManagement management = Objects.requireNonNullElse(
                parser.word(unconsumed.consume(Keys.MANAGEMENT), TopicManagement.class), TopicManagement.VERIFY);
        if (startMaxWaitSet != null && management == TopicManagement.LATER) {
            problems.add(
                    startMaxWaitSet, "with " + Keys.MANAGEMENT + "=later a start does not wait. Remove one of them.");
        }
        PluginPath pluginPath = new FolderKeys(problems).read(unconsumed.consume(Keys.PLUGIN_PATH));
        List<Setting> serializerDefaults = unconsumed.consumePrefix("serializer.");
        Setting listed = unconsumed.consume(Keys.TOPICS);
        List<TopicConfig> topics = new TopicReader(unconsumed, problems).read(listed, codeAliases);
        if (listed != null && (!listed.isUsable() || !listed.variables().isEmpty())) {
            unconsumed.consumePrefix("topics."); // which of them are declared cannot be said
        }
        reportLeftOver(topics, producerKeys);
        return new PublisherConfig(
                bootstrap,
                values(connection),
                Objects.requireNonNullElse(profile, Profile.BALANCED),
                producer,
                startMaxWait,
                maxWait,
                closeTimeout,
                closeAtShutdown,
                resolveTimeout,
                transactions,
                management,
                pluginPath,
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
        Setting earlier = setting.key().isEmpty() ? null : unconsumed.admit(setting);
        if (earlier != null) {
            problems.add(setting, "set twice, first in " + earlier.source() + ". Keep one of them.");
        }
    }

    /** Asks the config providers for what settings want of them; answers all that they have given. */
    private Set<String> provide() {
        Map<Provider, String> params = new ProviderKeys(problems)
                .read(unconsumed.consume(Keys.PROVIDERS), unconsumed.consumePrefix(Keys.PROVIDER_PREFIX));
        try (ProvidedValues values = new ProvidedValues(params, problems)) {
            unconsumed.replaceAll(values::resolve);
            return values.provided();
        }
    }

    private TransactionConfig transactions() {
        Setting application = unconsumed.consume(Keys.APPLICATION_ID);
        Setting instance = unconsumed.consume(Keys.APPLICATION_INSTANCE_ID);
        Setting publisher = unconsumed.consume(Keys.PUBLISHER_NAME);
        Setting producers = unconsumed.consume(Keys.TRANSACTION_PRODUCERS);
        Setting timeout = unconsumed.consume(Keys.TRANSACTION_TIMEOUT);
        Setting version = unconsumed.consume(Keys.TRANSACTION_VERSION);
        String name = parser.text(publisher);
        if (application == null) {
            Stream.of(instance, producers, timeout, version)
                    .filter(Objects::nonNull)
                    .forEach(set -> problems.add(
                            set, "set, but " + Keys.APPLICATION_ID + " is not. Name the application there."));
        }
        return new TransactionConfig(
                parser.text(application),
                parser.text(instance),
                name == null ? Keys.DEFAULT_PUBLISHER_NAME : name,
                (int) parser.number(producers, 1, 100, TransactionConfig.DEFAULT_PRODUCERS),
                Duration.ofMillis(
                        parser.number(timeout, 1, Integer.MAX_VALUE, TransactionConfig.DEFAULT_TIMEOUT.toMillis())),
                (int) parser.number(version, 0, Short.MAX_VALUE, TransactionConfig.DEFAULT_VERSION));
    }

    private List<Setting> connection(Setting bootstrap) {
        List<Setting> connection = new ArrayList<>(List.of(bootstrap));
        for (Setting setting : unconsumed.all()) {
            if (Keys.isConnectionKey(setting.key())) {
                unconsumed.consume(setting.key());
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

    private void reportLeftOver(List<TopicConfig> topics, ProducerKeys producerKeys) {
        List<String> aliases = topics.stream().map(TopicConfig::alias).toList();
        Set<String> known = new LinkedHashSet<>(Keys.atTheTop());
        known.addAll(Keys.connectionKeys());
        ProducerKeys.names().forEach(name -> known.add(Keys.PRODUCER_PREFIX + name));
        aliases.forEach(alias -> TopicReader.KEYS.forEach(key -> known.add("topics." + alias + "." + key)));
        for (Setting setting : unconsumed.all()) {
            String key = setting.key();
            if (key.startsWith("topics.")) {
                topicNames.undeclared(setting, aliases, TopicReader.KEYS);
            } else if (ProducerKeys.names().contains(key)) {
                problems.add(
                        setting, "a key of the producer needs its prefix. Write " + Keys.PRODUCER_PREFIX + key + ".");
            } else if (!producerKeys.isLocked(setting, key)) {
                problems.unknownKey(setting, "", known);
            }
        }
    }
}
