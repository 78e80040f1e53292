// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.Topic;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.PluginChoice;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.config.TopicKeys;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.limits.InFlightLimit;
import io.kurier.core.internal.limits.InFlightLimits;
import io.kurier.core.internal.plugins.FoundPlugin;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.plugins.PluginCloser;
import io.kurier.core.internal.plugins.PluginMaker;
import io.kurier.spi.FieldReader;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the routes from configuration, code and plugins, and reports every mismatch. Used by one thread. */
public final class RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(RouteBuilder.class);

    private final PublisherConfig config;
    private final PluginCatalog plugins;
    private final Problems problems;
    private final Map<String, DeclaredTopic> typed = new HashMap<>();
    private final PluginMaker maker;
    private final @Nullable InFlightLimit ofAllTopics;

    /** Made for the first topic with record ids: its random number takes long the first time in a JVM. */
    private @Nullable RecordIds ids;

    private RouteBuilder(PublisherConfig config, PluginCatalog plugins, Problems problems) {
        this.config = config;
        this.plugins = plugins;
        this.problems = problems;
        this.maker = new PluginMaker(config, plugins, problems);
        this.ofAllTopics = config.maxInFlight();
    }

    /**
     * Returns the routes of all declared topics.
     *
     * @param config the configuration
     * @param topics the topics that code declares, with their types
     * @param plugins the catalog in which plugins are chosen
     * @param problems collects the problems; if there is any, the result must not be used
     */
    public static Routes build(
            PublisherConfig config, Collection<DeclaredTopic> topics, PluginCatalog plugins, Problems problems) {
        return new RouteBuilder(config, plugins, problems).build(topics);
    }

    private Routes build(Collection<DeclaredTopic> topics) {
        topics.forEach(this::declare);
        maker.checkDefaults();
        List<Route> routes = new ArrayList<>();
        try {
            for (TopicConfig topic : config.topics()) {
                add(topic, routes);
            }
            return new Routes(routes);
        } catch (Throwable e) { // no other code would close them
            routes.forEach(Route::close);
            throw e;
        }
    }

    private void declare(DeclaredTopic declared) {
        String alias = declared.topic().alias();
        DeclaredTopic other = typed.putIfAbsent(alias, declared);
        if (other != null) {
            problems.add(
                    "topics." + alias, "declared twice, " + words(other) + " and " + words(declared) + ". Keep one.");
        }
    }

    private static String words(DeclaredTopic declared) {
        Topic<?, ?> topic = declared.topic();
        return "in " + declared.source() + " as <" + topic.keyType() + ", " + topic.valueType() + ">";
    }

    /** Adds the route of a topic; if it cannot be created, the objects that plugins have made for it are closed. */
    private void add(TopicConfig topic, List<Route> routes) {
        List<Runnable> closers = new ArrayList<>();
        Route route = null;
        try {
            route = route(topic, closers);
        } finally {
            if (route == null) {
                closers.forEach(Runnable::run);
            }
        }
        if (route != null) {
            routes.add(route);
        }
    }

    private @Nullable Route route(TopicConfig topic, List<Runnable> closers) {
        DeclaredTopic inCode = typed.get(topic.alias());
        Topic<?, ?> declared = inCode == null ? null : inCode.topic();
        Encoded keys = encoded(
                topic,
                topic.keySerializer(),
                true,
                declared == null ? Object.class : declared.keyType().type(),
                closers);
        if (topic.valueSerializer() == null) {
            problems.add(
                    TopicKeys.prefix(topic.alias())
                            + TopicKeys.VALUE_SERIALIZER
                            + (inCode == null ? "" : " (" + inCode.source() + ")"),
                    "missing. Name one of: "
                            + String.join(
                                    ", ",
                                    plugins.serializers().stream()
                                            .map(FoundPlugin::name)
                                            .distinct()
                                            .toList())
                            + ".");
            return null;
        }
        Encoded values = encoded(
                topic,
                topic.valueSerializer(),
                false,
                declared == null ? Object.class : declared.valueType().type(),
                closers);
        if (values != null && values.encoder().makesSequences() && isCompacted(topic)) {
            problems.add(
                    topic.valueSerializer().setting(),
                    "values by " + topic.valueSerializer().shown()
                            + " may become several records of one key, and config.cleanup.policy=compact keeps only the"
                            + " last of a key. Use delete, or another serializer.");
        }
        RecordPartitioner partitioner = topic.partitioner() == null
                ? null
                : partitioner(topic, topic.partitioner(), values == null ? null : values.settings(), closers);
        checkKeys(topic, inCode);
        List<RouteGuard> guards = guards(topic, values == null ? null : values.settings(), closers);
        if (keys == null || values == null) {
            return null;
        }
        LOG.info(
                "topic {} is {}: keys by {}, values by {}, guards {}, partitions by {}",
                topic.alias(),
                config.shownName(topic),
                topic.keySerializer().shown(),
                topic.valueSerializer().shown(),
                names(topic.guards().plugins()),
                topic.partitioner() == null ? "Kafka" : topic.partitioner().shown());
        return new Route(
                topic.alias(),
                topic.name(),
                declared,
                keys.encoder(),
                values.encoder(),
                guards,
                partitioner,
                topic.recordId() ? ids() : null,
                topic.deadLetter(),
                InFlightLimits.of(topic.maxInFlight(), ofAllTopics));
    }

    private RecordIds ids() {
        RecordIds made = ids == null ? new RecordIds() : ids;
        ids = made;
        return made;
    }

    private static String names(List<PluginChoice> choices) {
        return choices.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        choices.stream().map(PluginChoice::shown).distinct().toList());
    }

    /**
     * Reports a topic whose keys are always null and required: without a guard that could add a key, every record is
     * refused.
     */
    private void checkKeys(TopicConfig topic, @Nullable DeclaredTopic inCode) {
        if (inCode != null
                && inCode.topic().keyType().rawType() == Void.class
                && topic.guards().keyRequired()
                && topic.guards().plugins().isEmpty()) {
            problems.add(
                    Objects.requireNonNull(
                            config.settings().get(TopicKeys.prefix(topic.alias()) + TopicKeys.KEY_REQUIRED)),
                    "true, but no message can have a key: the topic is declared " + words(inCode)
                            + ". Declare another type of keys, or remove the key.");
        }
    }

    private static boolean isCompacted(TopicConfig topic) {
        return topic.configs().getOrDefault("cleanup.policy", "").contains("compact");
    }

    /** The encoder of a topic's keys or values, with the settings from which its serializer was created. */
    private record Encoded(Encoder encoder, SerializerSettings settings) {}

    private @Nullable Encoded encoded(
            TopicConfig topic, PluginChoice choice, boolean forKey, Type type, List<Runnable> closers) {
        Encoded encoded = maker.made("serializer", choice, maker.serializers(choice), (plugin, keys) -> {
            SerializerSettings settings =
                    new SerializerSettings(choice.name(), topic.alias(), topic.name(), forKey, type, keys);
            Encoder encoder =
                    new Encoder(topic.alias(), forKey ? "key" : "value", choice.name(), serializer(plugin, settings));
            return new Encoded(encoder, settings);
        });
        if (encoded != null) {
            closers.add(encoded.encoder()::close);
        }
        return encoded;
    }

    /** Creates a serializer; if a plugin refuses a type for which Kafka has a serializer, the error also names that. */
    private static Serializer<?> serializer(SerializerPlugin plugin, SerializerSettings settings) {
        try {
            return plugin.serializer(settings);
        } catch (IllegalArgumentException e) {
            String kafkas = PluginCatalog.kafkasSerializer(settings.type()).orElse(settings.name());
            if (kafkas.equals(settings.name())) {
                throw e;
            }
            throw new IllegalArgumentException(
                    ThrowableText.reason(e) + " Kafka's own serializer for it is " + kafkas + ".", e);
        }
    }

    /**
     * Returns the guards of plugins, followed by Kurier's own, which check the records that those return.
     *
     * @param values the settings of the values' serializer; null if it could not be created
     */
    private List<RouteGuard> guards(TopicConfig topic, @Nullable SerializerSettings values, List<Runnable> closers) {
        List<RouteGuard> guards = new ArrayList<>();
        for (PluginChoice choice : topic.guards().plugins()) {
            Guard guard = maker.made(
                    "guard",
                    choice,
                    plugins::guard,
                    (plugin, keys) -> plugin.guard(new GuardSettings(
                            choice.name(), topic.alias(), topic.name(), keys, values, plugins.usableFramings())));
            if (guard != null) {
                RouteGuard named = RouteGuard.of(topic.alias(), choice.name(), topic.recordId(), guard);
                guards.add(named);
                closers.add(named::close);
            }
        }
        if (!topic.guards().requiredHeaders().isEmpty()) {
            guards.add(RouteGuard.builtIn(
                    topic.alias(), new RequiredHeaders(topic.guards().requiredHeaders())));
        }
        if (topic.guards().keyRequired()) {
            guards.add(RouteGuard.builtIn(topic.alias(), new RequiredKey()));
        }
        if (topic.guards().maxRecordBytes() < Integer.MAX_VALUE) {
            guards.add(RouteGuard.builtIn(
                    topic.alias(), new MaxRecordBytes(topic.guards().maxRecordBytes())));
        }
        return guards;
    }

    /** Creates the partitioner; if the values' serializer could not be created, their fields cannot be read either. */
    private @Nullable RecordPartitioner partitioner(
            TopicConfig topic, PluginChoice choice, @Nullable SerializerSettings values, List<Runnable> closers) {
        RecordPartitioner partitioner = maker.made(
                "partitioner",
                choice,
                maker.partitioners(choice),
                (plugin, keys) -> plugin.partitioner(
                        values == null
                                ? new PartitionerSettings(choice.name(), topic.alias(), topic.name(), keys)
                                : new PartitionerSettings(
                                        choice.name(),
                                        topic.alias(),
                                        topic.name(),
                                        keys,
                                        path -> fieldReader(topic.valueSerializer(), values, path))));
        if (partitioner != null) {
            closers.add(() -> PluginCloser.of("the partitioner", topic.alias(), partitioner::close));
        }
        return partitioner;
    }

    private FieldReader fieldReader(@Nullable PluginChoice serializer, SerializerSettings values, String path) {
        return maker.serializers(Objects.requireNonNull(serializer))
                .apply(values.name())
                .fieldReader(values, path);
    }
}
