// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.serializers.internal.ChosenPlugins;
import io.kurier.spi.FramingSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The schema sources that a framing can have, and the key {@code schemas} that chooses among them. Belongs to one
 * framing plugin, and is closed with it. Used by one thread at a time.
 */
final class SourceCatalog implements AutoCloseable {
    /** The key of the list of names; the keys of the sources stand beside it. */
    static final String SCHEMAS = "schemas";

    /** Null until they are searched for. */
    private @Nullable List<SchemaSourcePlugin> found;

    /** A plugin that cannot be loaded, with the reason; null if there is none. */
    private @Nullable String broken;

    private final Set<SchemaSourcePlugin> used = new LinkedHashSet<>();

    /** The keys that belong to the framing and not to a source. */
    private Set<String> ofFraming = Set.of();

    /** Adds the key of the names, and the keys of all sources. */
    ConfigDef defineIn(ConfigDef keys) {
        Set<String> before = new TreeSet<>(keys.names());
        before.add(SCHEMAS);
        ofFraming = Set.copyOf(before);
        keys.define(
                SCHEMAS,
                ConfigDef.Type.LIST,
                List.of(),
                Importance.HIGH,
                "Where the ids of schemas are known, in the order in which they are asked: "
                        + String.join(", ", names())
                        + ". Needed for writing. Without it a reader takes the frame off, and has to have the schema.");
        plugins().forEach(plugin -> ChosenPlugins.defineKeys(keys, "", plugin));
        return keys;
    }

    /**
     * Returns the sources that the key chooses.
     *
     * @throws ConfigException if there is no source of a name, or it refuses its keys
     */
    SchemaSources of(FramingSettings settings) {
        List<SchemaSource> sources = new ArrayList<>();
        List<String> names = settings.config().getList(SCHEMAS).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        try {
            for (String name : names) {
                sources.add(source(choose(settings.name(), name), name, settings));
            }
        } catch (RuntimeException | LinkageError e) {
            sources.forEach(SchemaSource::close);
            throw e;
        }
        return new SchemaSources(settings.name(), settings.format(), names, List.copyOf(sources));
    }

    private SchemaSource source(SchemaSourcePlugin plugin, String name, FramingSettings settings) {
        ConfigDef keys = plugin.configDef();
        AbstractConfig config;
        try {
            config = new AbstractConfig(keys, settings.config().originals(), false);
        } catch (ConfigException e) {
            throw new ConfigException("the schema source " + name + " refuses its keys, which are set as framing."
                    + settings.name() + ".KEY: " + e.getMessage());
        }
        keys.names().stream().filter(ofFraming::contains).sorted().findFirst().ifPresent(key -> {
            throw new ConfigException("the schema source " + name + " has the key " + key + ", and so has the framing "
                    + settings.name() + ", so that neither can be meant. Give the source's key another name");
        });
        used.add(plugin);
        return Objects.requireNonNull(
                plugin.source(new FramingSettings(
                        settings.name(), settings.format(), settings.alias(), settings.forKey(), config)),
                () -> "the schema source " + name + " returned null");
    }

    private SchemaSourcePlugin choose(String framing, String name) {
        List<SchemaSourcePlugin> named = plugins().stream()
                .filter(plugin -> plugin.name().equals(name) || plugin.aliases().contains(name))
                .toList();
        if (named.isEmpty()) {
            throw new ConfigException(
                    "framing." + framing + "." + SCHEMAS,
                    name,
                    "there is no such schema source. There are " + String.join(", ", names())
                            + (broken == null ? "" : ", and one that cannot be used: " + broken)
                            + ". Correct the name, or add the jar that has it");
        }
        if (named.size() > 1) {
            throw new ConfigException(
                    "framing." + framing + "." + SCHEMAS,
                    name,
                    named.size() + " schema sources have that name, and only one can be meant. Take the jars of the"
                            + " others away");
        }
        return named.get(0);
    }

    private List<String> names() {
        return plugins().stream().map(SchemaSourcePlugin::name).sorted().toList();
    }

    private List<SchemaSourcePlugin> plugins() {
        if (found == null) {
            List<SchemaSourcePlugin> all = new ArrayList<>(
                    List.of(new FolderPlugin("file"), new FolderPlugin("classpath"), new ContentPlugin()));
            ChosenPlugins<SchemaSourcePlugin> loaded =
                    ChosenPlugins.load(SchemaSourcePlugin.class, SchemaSourcePlugin.class.getClassLoader());
            all.addAll(loaded.plugins());
            broken = loaded.broken();
            found = List.copyOf(all);
        }
        return found;
    }

    @Override
    public void close() {
        used.forEach(SchemaSourcePlugin::close);
        used.clear();
    }
}
