// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.SerializerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The framings that a format can have, and the key {@code framing} that selects one: {@code none}, those that come with
 * the format, and those that are plugins. Used by one thread at a time.
 */
public final class Framings implements AutoCloseable {
    /** The key of the framing's name. The keys of a framing have this key and that name as prefix. */
    public static final String FRAMING = "framing";

    /** The key of the framings of {@code kurier-framings} for their sources of schemas. */
    private static final String SCHEMAS = "schemas";

    /** The name of {@link NoFraming}. */
    public static final String NONE = "none";

    /** The default of Kafka's producers and consumers, for serializers and deserializers that belong to neither. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final FramingPlugin NONE_PLUGIN = new NonePlugin();

    private static final class NonePlugin implements FramingPlugin {
        @Override
        public String name() {
            return NONE;
        }

        @Override
        public Framing framing(FramingSettings settings) {
            return NoFraming.INSTANCE;
        }
    }

    private final String format;
    private final ClassLoader loader;
    private final List<FramingPlugin> own;

    /** Null until they are searched for. */
    private @Nullable List<FramingPlugin> found;

    /** The plugins that are closed here because they were found here. */
    private final Set<FramingPlugin> used = new LinkedHashSet<>();

    /** The plugins that cannot be used, with the reasons; null if there are none. */
    private @Nullable String broken;

    private final boolean fromPublisher;

    private Framings(String format, ClassLoader loader, List<FramingPlugin> own, @Nullable List<FramingPlugin> found) {
        this.format = format;
        this.loader = loader;
        this.own = own;
        this.found = found;
        this.fromPublisher = found != null;
    }

    /**
     * Returns the framings that a class loader finds.
     *
     * @param format the name of the format
     * @param user the class whose loader finds plugins
     * @param own those that come with the format and need no search; the first is the default. Without any, {@code
     *     none} is the default.
     */
    public static Framings of(String format, Class<?> user, FramingPlugin... own) {
        return new Framings(
                format,
                Objects.requireNonNullElseGet(user.getClassLoader(), ClassLoader::getSystemClassLoader),
                List.of(own),
                null);
    }

    /**
     * Returns these framings with the plugins that a publisher has found, and closes, in place of those that a class
     * loader finds.
     */
    public Framings with(List<FramingPlugin> plugins) {
        return new Framings(format, loader, own, List.copyOf(plugins));
    }

    /** Adds the key of the name, and the keys of all framings: the chosen one is not known yet. */
    public ConfigDef defineIn(ConfigDef keys) {
        keys.define(
                FRAMING,
                ConfigDef.Type.STRING,
                defaultName(),
                Importance.MEDIUM,
                "What says which schema wrote a record, before its payload or in its headers: "
                        + String.join(", ", names()) + ".");
        plugins().forEach(plugin -> ChosenPlugins.defineKeys(keys, prefix(plugin), plugin));
        return keys;
    }

    private static String prefix(FramingPlugin plugin) {
        return FRAMING + "." + plugin.name() + ".";
    }

    private String defaultName() {
        return own.isEmpty() ? NONE : own.get(0).name();
    }

    /**
     * Returns the framing that a plugin's settings choose, for a serializer. It does not wait.
     *
     * @throws ConfigException if there is no framing of the name, it refuses its keys, or it cannot write with them
     */
    public Framing forWriting(SerializerSettings settings) {
        Framing framing = made(settings);
        framing.checkWriting();
        return framing;
    }

    /**
     * Returns the framing with which a guard, or a reader of a field that knows the schemas, finds the payload behind the
     * frame that a serializer wrote. It has the serializer's keys, except for the sources of schemas: where the payload
     * begins does not depend on them, so no server is asked. It does not wait.
     *
     * @param serializer the settings of the serializer of any format; null if they are not known
     * @return {@link NoFraming} if the serializer has no key {@code framing}
     * @throws ConfigException if there is no framing of the name for this format, or it refuses its keys
     */
    public Framing forPayload(@Nullable SerializerSettings serializer) {
        if (serializer == null || !serializer.config().values().containsKey(FRAMING)) {
            return NoFraming.INSTANCE;
        }
        return made(serializer, key -> !key.equals(SCHEMAS));
    }

    /**
     * Returns the framing with which a reader of a field finds the schemas that wrote a serializer's values, and that it
     * does not know yet. It does not wait: its reader throws {@link io.kurier.spi.NotReadyException}.
     *
     * @throws ConfigException if there is no framing of the name, or it refuses its keys
     */
    public Framing forFields(SerializerSettings settings) {
        return made(settings);
    }

    private Framing made(SerializerSettings settings) {
        return made(settings, key -> true);
    }

    private Framing made(SerializerSettings settings, Predicate<String> taken) {
        String name = settings.config().getString(FRAMING).strip();
        FramingPlugin plugin = choose(FRAMING, name);
        Map<String, Object> keys = new HashMap<>(settings.config().originalsWithPrefix(prefix(plugin)));
        keys.keySet().removeIf(taken.negate());
        return made(plugin, prefix(plugin), name, settings.alias(), settings.forKey(), keys);
    }

    /**
     * Returns the framing that a plugin's settings choose, for a deserializer. It waits, a minute at most.
     *
     * @throws ConfigException if there is no framing of the name, or it refuses its keys
     */
    public Framing forReading(SerializerSettings settings) {
        return blocking(made(settings), LIMIT, () -> {});
    }

    /**
     * Returns the framing that a Kafka client's configuration chooses; empty if the key, such as {@code avro.framing},
     * is absent. It waits as long as the client does elsewhere: {@code max.block.ms} of a producer, {@code
     * default.api.timeout.ms} of a consumer. Its plugin is closed with it.
     *
     * @throws ConfigException if there is no framing of the name, or it refuses its keys
     */
    public Optional<Framing> of(ClientConfig config) {
        String key = format + "." + FRAMING;
        return config.text(key).map(name -> {
            FramingPlugin plugin = choose(config.keyFor(key), name);
            String prefix = format + "." + prefix(plugin);
            Framing framing = made(plugin, prefix, name, null, config.forKey(), config.withPrefix(prefix));
            return blocking(framing, limit(config), this::close);
        });
    }

    /**
     * Returns the framing with which a reader that knows the schemas, or needs none, finds the payload of a Kafka client's
     * records; empty if the key, such as {@code json.framing}, is absent. As in {@link #forPayload(SerializerSettings)}, no
     * server is asked. Its plugin is closed with these framings.
     *
     * @throws ConfigException if there is no framing of the name, or it refuses its keys
     */
    public Optional<Framing> forPayload(ClientConfig config) {
        String key = format + "." + FRAMING;
        return config.text(key).map(name -> {
            FramingPlugin plugin = choose(config.keyFor(key), name);
            String prefix = format + "." + prefix(plugin);
            Map<String, Object> keys = config.withPrefix(prefix);
            keys.remove(SCHEMAS);
            return made(plugin, prefix, name, null, config.forKey(), keys);
        });
    }

    private static Framing blocking(Framing framing, Duration limit, Runnable onClose) {
        return framing == NoFraming.INSTANCE ? framing : new BlockingFraming(framing, limit, onClose);
    }

    private static Duration limit(ClientConfig config) {
        return config.millis(ProducerConfig.MAX_BLOCK_MS_CONFIG)
                .or(() -> config.millis(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG))
                .orElse(LIMIT);
    }

    private Framing made(
            FramingPlugin plugin,
            String prefix,
            String name,
            @Nullable String alias,
            boolean forKey,
            Map<String, ?> keys) {
        AbstractConfig config;
        try {
            config = new AbstractConfig(plugin.configDef(), keys, false);
        } catch (ConfigException e) {
            throw new ConfigException(
                    "the framing " + name + " refuses its keys, which are set as " + prefix + "KEY: " + e.getMessage());
        }
        if (!fromPublisher) {
            used.add(plugin);
        }
        return Objects.requireNonNull(
                plugin.framing(new FramingSettings(name, format, alias, forKey, config)),
                () -> "the framing " + name + " returned null");
    }

    private FramingPlugin choose(String key, String name) {
        List<FramingPlugin> named = plugins().stream()
                .filter(plugin -> plugin.name().equals(name) || plugin.aliases().contains(name))
                .toList();
        if (named.isEmpty()) {
            throw new ConfigException(
                    key,
                    name,
                    "there is no such framing for " + format + ". There are " + String.join(", ", names()) + hint()
                            + ". Correct the name, or add the jar that has it");
        }
        if (named.size() > 1) {
            throw new ConfigException(
                    key,
                    name,
                    named.size()
                            + " plugins have that name, and only one can be meant. Take the jars of the others away;"
                            + " kurier doctor lists them");
        }
        return named.get(0);
    }

    private List<String> names() {
        return plugins().stream().map(FramingPlugin::name).distinct().sorted().toList();
    }

    private String hint() {
        return broken == null ? "" : ", and one that cannot be used: " + broken;
    }

    /** Those of the format come first: a search finds the same classes again. */
    private List<FramingPlugin> plugins() {
        List<FramingPlugin> all = new ArrayList<>(own);
        all.add(NONE_PLUGIN);
        if (found == null) {
            ChosenPlugins<FramingPlugin> loaded = ChosenPlugins.load(FramingPlugin.class, loader);
            found = loaded.plugins();
            broken = loaded.broken();
        }
        found.stream()
                .filter(plugin -> own.stream().noneMatch(mine -> mine.name().equals(plugin.name())))
                .filter(this::isForFormat)
                .forEach(all::add);
        return all;
    }

    private boolean isForFormat(FramingPlugin plugin) {
        try {
            return plugin.supports(format);
        } catch (RuntimeException | LinkageError e) {
            broken = plugin.name() + " (" + e.getClass().getName() + ")";
            return false;
        }
    }

    /** Closes the plugins that were found here and used; a publisher closes its own. */
    @Override
    public void close() {
        used.forEach(FramingPlugin::close);
        used.clear();
    }
}
