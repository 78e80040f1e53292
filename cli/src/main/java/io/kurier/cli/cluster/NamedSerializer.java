// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.cluster;

import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.PluginChoice;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.plugins.PluginMaker;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The serializer plugin that options name, with its checked keys, where a command needs something else of it than a
 * publisher does: the deserializer, or the schema that it writes with. What it makes can be used until it is closed.
 * Used by one thread.
 */
public final class NamedSerializer implements AutoCloseable {
    private static final String FRAMING = "framing";

    private final PublisherConfig config;
    private final PluginCatalog plugins;
    private final TopicOptions options;

    private NamedSerializer(PublisherConfig config, PluginCatalog plugins, TopicOptions options) {
        this.config = config;
        this.plugins = plugins;
        this.options = options;
    }

    /**
     * Finds the plugins.
     *
     * @throws io.kurier.StartException with everything that is wrong with the keys
     */
    public static NamedSerializer of(ClusterKeys cluster, TopicOptions options) {
        return of(cluster, options, List.of());
    }

    private static NamedSerializer of(ClusterKeys cluster, TopicOptions options, List<FramingPlugin> framings) {
        Problems problems = new Problems();
        PublisherConfig config =
                ConfigReader.read(cluster.and(options.settings()), List.of(TopicOptions.ALIAS), problems);
        problems.throwIfAny();
        BoundPlugins bound = new BoundPlugins(List.of(), List.of(), List.of(), framings);
        return new NamedSerializer(config, PluginCatalog.discover(bound, config.pluginPath()), options);
    }

    /** Returns the configuration, with the topic. */
    public PublisherConfig config() {
        return config;
    }

    /**
     * Creates the deserializer of the topic's values.
     *
     * @throws io.kurier.StartException if there is no such serializer, its keys are wrong, or it cannot read
     */
    public Deserializer<?> deserializer() {
        return made((plugin, settings) -> plugin.deserializer(settings)
                .orElseThrow(() -> new IllegalArgumentException(
                        "it cannot read with these keys. Set those that name the type or schema to read"
                                + " (kurier keys lists them), or read the bytes by --serializer bytes.")));
    }

    /**
     * Returns the schema that the topic's values are written with, as the format's library has it; null if the
     * serializer declares none, or several.
     *
     * @throws io.kurier.StartException if there is no such serializer or its keys are wrong
     */
    public static @Nullable Object declaredSchema(ClusterKeys cluster, TopicOptions options) {
        SchemaProbe probe = new SchemaProbe();
        TopicOptions probed = options.replacing(FRAMING, Map.of(FRAMING, SchemaProbe.NAME));
        try (NamedSerializer serializer = of(cluster, probed, List.of(probe))) {
            return serializer.hasFramings() ? probe.schemaOf(serializer.made(SerializerPlugin::serializer)) : null;
        }
    }

    private boolean hasFramings() {
        return plugins.serializers().stream()
                .filter(found -> found.name().equals(options.serializer())
                        || found.aliases().contains(options.serializer()))
                .anyMatch(found -> found.plugin().configDef().names().contains(FRAMING));
    }

    private <T> T made(BiFunction<SerializerPlugin, SerializerSettings, T> maker) {
        Problems problems = new Problems();
        TopicConfig topic = config.topics().get(0);
        PluginChoice choice = Objects.requireNonNull(topic.valueSerializer(), "the settings name it");
        PluginMaker plugin = new PluginMaker(config, plugins, problems);
        T made = plugin.made(
                "serializer",
                choice,
                plugin.serializers(choice),
                (found, keys) -> maker.apply(
                        found,
                        new SerializerSettings(
                                choice.name(), TopicOptions.ALIAS, options.topic(), false, Object.class, keys)));
        problems.throwIfAny();
        return Objects.requireNonNull(made, "no problem is reported");
    }

    @Override
    public void close() {
        plugins.close();
    }
}
