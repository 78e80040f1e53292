// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.cluster;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.plugins.FoundPlugin;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.spi.SerializerPlugin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets a user of the command set the keys of a framing by their own names, such as {@code schemas}: in a configuration
 * they stand behind {@code framing.NAME.}, since several framings have them.
 */
public final class FramingKeys {
    private static final String FRAMING = "framing";
    private static final String SCHEMAS = "schemas";

    /** The names of schema sources. The serializer avro has a key of that name too, of schema files. */
    private static final Pattern SOURCES = Pattern.compile("\\s*[\\w-]+(\\s*,\\s*[\\w-]+)*\\s*");

    private FramingKeys() {}

    /**
     * Returns options with the keys that are those of the framing, and not of the serializer, behind its name. All
     * others stay as they are, also unknown ones.
     *
     * @param usual the framing if none is chosen, and {@code schemas} is set, which only framings have
     * @throws io.kurier.StartException if the folders of plugins cannot be used
     */
    public static TopicOptions placed(ClusterKeys cluster, TopicOptions options, String usual) {
        Map<String, TopicOptions.Option> keys = options.keys();
        if (!keys.containsKey(SCHEMAS) && !keys.containsKey(FRAMING)) {
            return options;
        }
        Set<String> known = known(cluster.pluginPath(), options.serializer());
        TopicOptions.Option chosen = keys.get(FRAMING);
        String framing = chosen == null ? usual : chosen.value().strip();
        Map<String, TopicOptions.Option> placed = new LinkedHashMap<>();
        keys.forEach((key, option) -> {
            String ofFraming = FRAMING + "." + framing + "." + key;
            boolean its = known.contains(key)
                    && !(key.equals(SCHEMAS) && SOURCES.matcher(option.value()).matches());
            placed.put(!its && known.contains(ofFraming) ? ofFraming : key, option);
        });
        if (chosen == null && placed.containsKey(FRAMING + "." + usual + "." + SCHEMAS)) {
            placed.put(FRAMING, new TopicOptions.Option(usual, "kurier"));
        }
        return new TopicOptions(options.topic(), options.serializer(), placed);
    }

    /** Returns the keys of a serializer with those of its framings; none if it cannot tell, which is reported later. */
    private static Set<String> known(PluginPath path, String serializer) {
        try (PluginCatalog plugins = PluginCatalog.discover(BoundPlugins.NONE, path)) {
            return plugins.serializers().stream()
                    .filter(found ->
                            found.name().equals(serializer) || found.aliases().contains(serializer))
                    .findFirst()
                    .map(FramingKeys::keys)
                    .orElse(Set.of());
        }
    }

    private static Set<String> keys(FoundPlugin<SerializerPlugin> found) {
        try {
            return Set.copyOf(found.plugin().configDef().names());
        } catch (RuntimeException | LinkageError e) {
            return Set.of();
        }
    }
}
