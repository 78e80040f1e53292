// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.transport.TopicManagement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Turns settings into a {@link PublisherConfig}, claiming every key exactly once; a key left over is unknown. */
public final class ConfigReader {
    private final UnconsumedSettings unconsumed = new UnconsumedSettings();
    private final Problems problems;
    private final TopicKeyChecks topicNames;

    private ConfigReader(Problems problems) {
        this.problems = problems;
        this.topicNames = new TopicKeyChecks(problems);
    }

    /**
     * Reads settings.
     *
     * @param settings from all sources
     * @param codeAliases aliases of topics that code declares, in addition to those of the key {@code topics}
     * @param problems collects the problems; if there is any, the result must not be used
     */
    public static PublisherConfig read(
            Collection<Setting> settings, Collection<String> codeAliases, Problems problems) {
        return new ConfigReader(problems).read(settings, codeAliases);
    }

    /**
     * Reads the folders of plugins only, whatever else is configured; for commands that list plugins.
     *
     * @throws io.kurier.StartException with everything that is wrong with that key and the config providers
     */
    public static PluginPath pluginPath(Collection<Setting> settings) {
        Problems problems = new Problems();
        ConfigReader reader = new ConfigReader(problems);
        settings.stream()
                .filter(setting -> setting.key().equals(PublisherKeys.PLUGIN_PATH)
                        || setting.key().equals(PublisherKeys.PLUGIN_PINS)
                        || (setting.key() + ".").startsWith(PublisherKeys.PROVIDER_PREFIX))
                .forEach(reader::admit);
        reader.provide();
        PluginPath path = reader.pluginPath();
        problems.throwIfAny();
        return path;
    }

    /**
     * Reads some settings only, whatever else is configured, with the values of config providers; for commands that use
     * keys which are not a publisher's own.
     *
     * @param wanted chooses settings by their keys
     * @throws io.kurier.StartException with everything that is wrong with those settings and the config providers
     */
    public static Collection<Setting> provided(Collection<Setting> settings, Predicate<String> wanted) {
        Problems problems = new Problems();
        ConfigReader reader = new ConfigReader(problems);
        settings.stream()
                .filter(setting ->
                        wanted.test(setting.key()) || (setting.key() + ".").startsWith(PublisherKeys.PROVIDER_PREFIX))
                .forEach(reader::admit);
        reader.provide();
        problems.throwIfAny();
        return reader.unconsumed.all();
    }

    private PublisherConfig read(Collection<Setting> settings, Collection<String> codeAliases) {
        problems.order(settings);
        settings.forEach(this::admit);
        Map<String, Setting> all = new LinkedHashMap<>();
        unconsumed.all().forEach(setting -> all.put(setting.key(), setting));
        Set<String> provided = provide();
        unconsumed.all().forEach(setting -> all.put(setting.key(), setting));
        Setting bootstrap = unconsumed.consume(PublisherKeys.BOOTSTRAP);
        if (bootstrap == null || (bootstrap.isUsable() && bootstrap.value().isBlank())) {
            problems.add(
                    PublisherKeys.BOOTSTRAP, "missing. Set it to the address of a broker, such as 127.0.0.1:9092.");
            bootstrap = Setting.defective(PublisherKeys.BOOTSTRAP, "missing", "missing");
        }
        List<Setting> connection = connection(bootstrap);
        ParsedKeys values = PublisherKeys.KEYS.read("", unconsumed, problems);
        Profile profile = values.constant(PublisherKeys.PROFILE, Profile.class);
        ProducerKeys producerKeys = new ProducerKeys(problems, values.isSound(PublisherKeys.PROFILE) ? profile : null);
        List<Setting> ofProducer = new ArrayList<>(unconsumed.consumePrefix(Keys.PRODUCER_PREFIX));
        List<Setting> ofRegistries = ofProducer.stream()
                .filter(setting -> !ProducerKeys.names().contains(Keys.withoutProducer(setting.key())))
                .filter(RegistryKeys::isTheirs)
                .collect(Collectors.toCollection(ArrayList::new));
        ofProducer.removeAll(ofRegistries);
        Map<String, String> producer = producerKeys.read(ofProducer, connection);
        checkCombinations(values);
        new ConnectionSecurity(all, values).check(problems);
        PluginPath pluginPath = pluginPath();
        List<Setting> serializerDefaults = unconsumed.consumePrefix(PublisherKeys.SERIALIZER_PREFIX);
        Setting listed = unconsumed.consume(PublisherKeys.TOPICS);
        List<TopicConfig> topics = new TopicReader(unconsumed, problems).read(listed, codeAliases);
        if (listed != null && (!listed.isUsable() || !listed.variables().isEmpty())) {
            unconsumed.consumePrefix(TopicKeys.TOPICS_PREFIX); // it is not known which of them are declared
        }
        reportLeftOver(topics, producerKeys, ofRegistries);
        return new PublisherConfig(
                bootstrap,
                values(connection),
                profile,
                producer,
                values,
                TransactionConfig.of(values),
                pluginPath,
                topics,
                serializerDefaults,
                Collections.unmodifiableMap(all),
                Secrets.of(all.values(), provided),
                List.of());
    }

    private PluginPath pluginPath() {
        return new FolderKeys(problems)
                .read(unconsumed.consume(PublisherKeys.PLUGIN_PATH), unconsumed.consume(PublisherKeys.PLUGIN_PINS));
    }

    /** Adds a setting, unless its key is present already or its line could not be read. */
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

    /** Requests the values that settings need from the config providers. Returns all values that they returned. */
    private Set<String> provide() {
        Map<Provider, String> params = new ProviderKeys(problems)
                .read(
                        unconsumed.consume(PublisherKeys.PROVIDERS),
                        unconsumed.consumePrefix(PublisherKeys.PROVIDER_PREFIX));
        try (ProvidedValues values = new ProvidedValues(params, problems)) {
            unconsumed.replaceAll(values::resolve);
            return values.provided();
        }
    }

    private void checkCombinations(ParsedKeys values) {
        if (values.setting(PublisherKeys.APPLICATION_ID) == null) {
            PublisherKeys.OF_TRANSACTIONS.stream()
                    .map(values::setting)
                    .filter(Objects::nonNull)
                    .forEach(set -> problems.add(
                            set, "set, but " + PublisherKeys.APPLICATION_ID + " is not. Name the application there."));
        }
        Setting startMaxWait = values.setting(PublisherKeys.START_MAX_WAIT);
        if (startMaxWait != null
                && values.constant(PublisherKeys.MANAGEMENT, TopicManagement.class) == TopicManagement.LATER) {
            problems.add(
                    startMaxWait,
                    "with " + PublisherKeys.MANAGEMENT + "=later a start does not wait. Remove one of them.");
        }
    }

    private List<Setting> connection(Setting bootstrap) {
        List<Setting> connection = new ArrayList<>(List.of(bootstrap));
        for (Setting setting : unconsumed.all()) {
            if (Keys.isConnectionKey(setting.key())) {
                unconsumed.consume(setting.key());
                connection.add(setting);
                if (!Keys.connectionKeys().contains(setting.key())) {
                    Set<String> known = new LinkedHashSet<>(Keys.connectionKeys());
                    known.addAll(PublisherKeys.KEYS.names());
                    problems.unknownKey(setting, "", known);
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

    private void reportLeftOver(List<TopicConfig> topics, ProducerKeys producerKeys, List<Setting> ofRegistries) {
        if (unconsumed.all().isEmpty() && ofRegistries.isEmpty()) {
            return;
        }
        List<String> aliases = topics.stream().map(TopicConfig::alias).toList();
        reportRegistryKeys(ofRegistries, aliases);
        Set<String> known = new LinkedHashSet<>(PublisherKeys.KEYS.names());
        known.add(Keys.CLIENT_ID);
        known.addAll(Keys.connectionKeys());
        ProducerKeys.names().forEach(name -> known.add(Keys.PRODUCER_PREFIX + name));
        aliases.forEach(alias -> TopicKeys.KEYS.names().forEach(key -> known.add(TopicKeys.prefix(alias) + key)));
        for (Setting setting : unconsumed.all()) {
            String key = setting.key();
            if (key.startsWith(TopicKeys.TOPICS_PREFIX)) {
                topicNames.undeclared(setting, aliases, TopicKeys.KEYS.names());
            } else if (ProducerKeys.names().contains(key)) {
                problems.add(
                        setting, "a key of the producer needs its prefix. Write " + Keys.PRODUCER_PREFIX + key + ".");
            } else if (!producerKeys.isLocked(setting, key)) {
                problems.unknownKey(setting, "", known);
            }
        }
    }

    /** Reports the keys of Confluent's and Apicurio's serializers in one problem, with all of Kurier's for them. */
    private void reportRegistryKeys(List<Setting> ofProducer, List<String> aliases) {
        List<Setting> theirs = new ArrayList<>(ofProducer);
        for (Setting setting : unconsumed.all()) {
            if (setting.isUsable()
                    && !setting.key().startsWith(TopicKeys.TOPICS_PREFIX)
                    && RegistryKeys.isTheirs(setting)) {
                unconsumed.consume(setting.key());
                theirs.add(setting);
            }
        }
        if (!theirs.isEmpty()) {
            String alias = aliases.isEmpty() ? "A" : aliases.get(0);
            RegistryKeys.Translation translation = new RegistryKeys.Translation(theirs, alias);
            problems.add(theirs.get(0), translation.introduction(), translation.lines());
        }
    }
}
