// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.limits.InFlightLimit;
import io.kurier.core.internal.reporters.InstrumentationReporter;
import io.kurier.core.transport.TopicManagement;
import io.kurier.core.transport.TransportConfig;
import io.kurier.spi.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was read; complete only if no problem was found.
 *
 * @param bootstrap the setting of the brokers' addresses
 * @param connection connection keys, for the producer and the admin client
 * @param profile defaults of producer keys
 * @param producer producer keys that are set, without their prefix
 * @param values the keys that {@link PublisherKeys} checks
 * @param transactions the settings of transactions
 * @param pluginPath the folders of plugins, in addition to the class path
 * @param topics the declared topics, in their order
 * @param serializerDefaults keys of serializers for all topics, {@code serializer.<name>.<key>}
 * @param settings all settings by their full keys, with the values that are used
 * @param secrets the values that must not be shown
 * @param instrumentations get the metrics of Kafka's producers
 */
public record PublisherConfig(
        Setting bootstrap,
        Map<String, String> connection,
        Profile profile,
        Map<String, String> producer,
        ParsedKeys values,
        TransactionConfig transactions,
        PluginPath pluginPath,
        List<TopicConfig> topics,
        List<Setting> serializerDefaults,
        Map<String, Setting> settings,
        Secrets secrets,
        List<Instrumentation> instrumentations)
        implements TransportConfig {

    private static final int MOST_CAUSES = 10;
    private static final int SHORT = 4;

    /** Producer keys on which Kurier's guarantees depend; configuration cannot set them. */
    public static final Map<String, Object> FIXED_PRODUCER_KEYS = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            0L);

    /** Producer keys for which Kurier has another default than Kafka, with every profile. */
    public static final Map<String, Object> DEFAULT_PRODUCER_KEYS = Map.of(
            // A declared topic keeps its metadata: otherwise a topic unused for five minutes would be refused once for
            // lack of it.
            ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(1).toMillis());

    /** The minimum blocking time of a transactional producer. */
    private static final Duration LEAST_BLOCKING = Duration.ofSeconds(1);

    /** Returns this configuration with instrumentations of the application. */
    public PublisherConfig with(Collection<Instrumentation> used) {
        return new PublisherConfig(
                bootstrap,
                connection,
                profile,
                producer,
                values,
                transactions,
                pluginPath,
                topics,
                serializerDefaults,
                settings,
                secrets,
                List.copyOf(used));
    }

    /** Returns how long a start keeps trying if no broker responds; zero for one attempt. */
    public Duration startMaxWait() {
        return values.millis(PublisherKeys.START_MAX_WAIT);
    }

    /** Returns how long {@code publish} may wait for room. */
    public Duration maxWait() {
        return values.millis(PublisherKeys.MAX_WAIT);
    }

    /** Returns the limit of what may be in flight of all topics, or null. */
    public @Nullable InFlightLimit maxInFlight() {
        return InFlightLimit.of(
                PublisherKeys.MAX_IN_FLIGHT,
                values.integerOrNull(PublisherKeys.MAX_IN_FLIGHT_MESSAGES),
                values.integerOrNull(PublisherKeys.MAX_IN_FLIGHT_BYTES));
    }

    /** Returns how long a close without a time-out of its own may take. */
    public Duration closeTimeout() {
        return values.millis(PublisherKeys.CLOSE_TIMEOUT);
    }

    /** Returns whether the publisher is closed when the JVM shuts down. */
    public boolean closeAtShutdown() {
        return values.flag(PublisherKeys.CLOSE_AT_SHUTDOWN);
    }

    /** Returns how long it may take to determine the outcome of a message. */
    public Duration resolveTimeout() {
        return values.millis(PublisherKeys.RESOLVE_TIMEOUT);
    }

    /** Returns how long what makes a publisher not ready has to last, unless it is certain at once. */
    public Duration healthGrace() {
        return values.millis(PublisherKeys.HEALTH_GRACE);
    }

    /** Returns what is insecure in the connection and allowed, each for one warning at the start; without secrets. */
    public List<String> securityWarnings() {
        return new ConnectionSecurity(settings, values).warnings();
    }

    /** Returns whether a change of the files behind the connection rotates the credentials. */
    public boolean reloadFiles() {
        return values.flag(PublisherKeys.RELOAD_FILES);
    }

    /** Returns how often those files are read. */
    public Duration reloadInterval() {
        return values.millis(PublisherKeys.RELOAD_INTERVAL);
    }

    /**
     * Returns the time that Kafka's producer may take to fail a record, plus the one request that can block its I/O
     * thread meanwhile.
     */
    public Duration longestOpen() {
        Duration request = producerTime(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        Duration least = linger().plus(request);
        Duration delivery = producerTime(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        return (delivery.compareTo(least) < 0 ? least : delivery).plus(request);
    }

    /** How long Kafka's producer may wait for further records of a batch, which is no sign of trouble. */
    public Duration linger() {
        return producerTime(ProducerConfig.LINGER_MS_CONFIG);
    }

    private Duration producerTime(String key) {
        Object byDefault = ProducerConfig.configDef().defaultValues().get(key);
        return Duration.ofMillis(Long.parseLong(
                String.valueOf(producerKeys().getOrDefault(key, byDefault)).strip()));
    }

    @Override
    public TopicManagement management() {
        return values.constant(PublisherKeys.MANAGEMENT, TopicManagement.class);
    }

    @Override
    public Map<String, Object> producerKeys() {
        Map<String, Object> keys = new HashMap<>(connection);
        keys.putAll(DEFAULT_PRODUCER_KEYS);
        keys.putAll(profile.producerKeys());
        keys.putAll(producer);
        keys.putAll(FIXED_PRODUCER_KEYS);
        InstrumentationReporter.addTo(keys, instrumentations);
        return keys;
    }

    /**
     * Returns the keys of a transactional producer, which is used on Kurier's own threads only, and may block there.
     */
    public Map<String, Object> producerKeys(String transactionalId) {
        Map<String, Object> keys = producerKeys();
        keys.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, transactionWait().toMillis());
        keys.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        keys.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                transactions.timeout().toMillis());
        Object clientId = keys.get(ProducerConfig.CLIENT_ID_CONFIG);
        if (clientId != null && !clientId.toString().isEmpty()) {
            keys.put(ProducerConfig.CLIENT_ID_CONFIG, clientId + "-" + transactionalId);
        }
        return keys;
    }

    /**
     * Returns how long one call of a transactional producer blocks: as long as {@code publish} may wait, but no longer
     * than a transaction may be open, since the cluster has aborted it then.
     */
    public Duration transactionWait() {
        Duration shorter = maxWait().compareTo(transactions.timeout()) < 0 ? maxWait() : transactions.timeout();
        return shorter.compareTo(LEAST_BLOCKING) < 0 ? LEAST_BLOCKING : shorter;
    }

    /**
     * Returns the exception for a client of Kafka that cannot be created: the reason, and the settings that the reason
     * mentions, since Kafka knows neither their prefix nor their source.
     */
    public StartException refused(String what, Throwable e) {
        String reason = reason(e);
        List<String> spokenOf = settings.values().stream()
                .filter(setting -> speaksOf(reason, setting))
                .map(Setting::toString)
                .filter(setting -> !what.contains(setting))
                .toList();
        return new StartException(
                what + ": " + secrets.hide(reason) + (spokenOf.isEmpty() ? "" : "; see " + String.join(", ", spokenOf)),
                secrets.hide(ThrowableText.loggable(e)));
    }

    @Override
    public String described(String key) {
        Setting setting = settings.get(key);
        return setting == null ? key : setting.toString();
    }

    /** Returns a topic's physical name for a sentence: the variables if a config provider returned it. */
    public String shownName(TopicConfig topic) {
        Setting setting = settings.get(TopicKeys.prefix(topic.alias()) + TopicKeys.NAME);
        return setting == null || setting.variables().isEmpty() ? Printable.of(topic.name()) : setting.shown();
    }

    /** Returns a topic's physical name for a sentence, by the physical name. */
    public String shownName(String name) {
        return topics.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .map(this::shownName)
                .orElse(Printable.of(name));
    }

    /** Returns the messages of the causes, without the one that the client could not be created, which is known. */
    private static String reason(Throwable e) {
        List<String> words = new ArrayList<>();
        Throwable behind = ThrowableText.cause(e);
        Throwable cause = e instanceof KafkaException && behind != null ? behind : e;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++, cause = ThrowableText.cause(cause)) {
            String text = ThrowableText.reason(cause);
            if (!(cause instanceof InvocationTargetException)
                    && !text.startsWith("Failed to create new ")
                    && words.stream().noneMatch(word -> word.contains(text))) {
                words.add(text);
            }
        }
        return String.join(": ", words);
    }

    /** Returns whether a reason names a key or quotes its value. */
    private static boolean speaksOf(String reason, Setting setting) {
        String key = setting.key();
        String name = Keys.withoutProducer(key);
        boolean named = name.contains(".") && contains(reason, name);
        boolean quoted = !setting.isSecret() && setting.value().length() > SHORT && contains(reason, setting.value());
        return named || quoted || (name.equals(SaslConfigs.SASL_JAAS_CONFIG) && reason.contains("JAAS"));
    }

    private static boolean contains(String text, String word) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(word) + "(?!\\w|\\.\\w)")
                .matcher(text)
                .find();
    }

    /** Omits the values: some are secrets. */
    @Override
    public String toString() {
        return "PublisherConfig[connection=" + connection.keySet() + ", producer=" + producer.keySet() + ", topics="
                + topics.stream().map(TopicConfig::alias).toList() + "]";
    }
}
