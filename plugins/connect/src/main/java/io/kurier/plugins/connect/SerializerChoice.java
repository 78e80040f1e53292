// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import io.kurier.Printable;
import io.kurier.internal.EditDistance;
import io.kurier.plugins.connect.internal.DataMapping;
import io.kurier.plugins.connect.internal.FormatMapping;
import io.kurier.serializers.internal.ChosenPlugins;
import io.kurier.spi.SerializerPlugin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.storage.ConverterConfig;
import org.jspecify.annotations.Nullable;

/**
 * The serializer that a converter's keys choose among those that its class loader finds.
 *
 * @param plugin the chosen plugin
 * @param name the name or alias by which it was chosen
 * @param keys its own keys
 * @param mapping how Connect data become its values; null if it takes none
 * @param own the converter's own keys
 */
record SerializerChoice(
        SerializerPlugin plugin,
        String name,
        AbstractConfig keys,
        @Nullable DataMapping mapping,
        AbstractConfig own) {

    /** Returns the keys of the converter, of all serializers and of all mappings: the chosen one is not known yet. */
    static ConfigDef allKeys(ClassLoader loader) {
        List<SerializerPlugin> plugins =
                ChosenPlugins.load(SerializerPlugin.class, loader).plugins();
        ConfigDef keys = ownKeys(ConverterConfig.newConfigDef(), names(plugins));
        mappings(loader)
                .forEach(mapping -> mapping.configDef().configKeys().values().stream()
                        .filter(key -> !keys.names().contains(key.name))
                        .forEach(keys::define));
        plugins.forEach(plugin -> ChosenPlugins.defineKeys(keys, "", plugin));
        return keys;
    }

    private static ConfigDef ownKeys(ConfigDef keys, Collection<String> names) {
        return keys.define(
                        KurierConverter.SERIALIZER_CONFIG,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "The serializer, by its name: " + String.join(", ", names)
                                + ". Its keys are set beside this one.")
                .define(
                        KurierConverter.MAX_BLOCK_CONFIG,
                        ConfigDef.Type.LONG,
                        60_000L,
                        ConfigDef.Range.atLeast(0),
                        Importance.LOW,
                        "For how long a record waits for a server, such as a schema registry, in milliseconds. After"
                                + " that it fails with a retriable exception, which errors.retry.timeout applies to.");
    }

    /**
     * Chooses the serializer.
     *
     * @param configs the keys without prefix, as Connect passes them
     * @throws ConfigException if there is no such serializer, or a key is unknown or wrong
     */
    static SerializerChoice of(Map<String, ?> configs, ClassLoader loader) {
        ChosenPlugins<SerializerPlugin> found = ChosenPlugins.load(SerializerPlugin.class, loader);
        ConfigDef ownKeys = ownKeys(new ConfigDef(), names(found.plugins()));
        Map<String, Object> rest = new HashMap<>(configs);
        rest.remove(ConverterConfig.TYPE_CONFIG);
        AbstractConfig own = new AbstractConfig(ownKeys, take(rest, ownKeys.names()), false);
        String name = own.getString(KurierConverter.SERIALIZER_CONFIG).strip();
        SerializerPlugin plugin = named(name, found);
        Optional<FormatMapping> mapping = mappings(loader).stream()
                .filter(each -> each.format().equals(plugin.name()))
                .findFirst();
        ConfigDef ofMapping = mapping.map(FormatMapping::configDef).orElseGet(ConfigDef::new);
        ConfigDef ofPlugin = plugin.configDef();
        refuseUnknown(name, rest.keySet(), ownKeys.names(), ofMapping.names(), ofPlugin.names());
        AbstractConfig mappingKeys = new AbstractConfig(ofMapping, take(rest, ofMapping.names()), false);
        AbstractConfig keys = new AbstractConfig(ofPlugin, rest, false);
        return new SerializerChoice(
                plugin,
                name,
                keys,
                mapping.map(each -> each.mapping(mappingKeys)).orElse(null),
                own);
    }

    private static Map<String, Object> take(Map<String, Object> from, Set<String> keys) {
        Map<String, Object> taken = new HashMap<>(from);
        taken.keySet().retainAll(keys);
        from.keySet().removeAll(keys);
        return taken;
    }

    private static SerializerPlugin named(String name, ChosenPlugins<SerializerPlugin> found) {
        List<SerializerPlugin> named = found.plugins().stream()
                .filter(plugin -> plugin.name().equals(name) || plugin.aliases().contains(name))
                .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        Collection<String> names = names(found.plugins());
        throw new ConfigException(
                KurierConverter.SERIALIZER_CONFIG,
                Printable.brief(name),
                named.isEmpty()
                        ? "there is no such serializer." + question(name, names) + " There are "
                                + String.join(", ", names) + broken(found)
                                + ". Correct the name, or add the jar that has it"
                        : named.size() + " plugins have that name, and only one can be meant. Take the jars of the"
                                + " others away");
    }

    private static String broken(ChosenPlugins<?> found) {
        return found.broken() == null ? "" : ", and one that cannot be used: " + found.broken();
    }

    @SafeVarargs
    private static void refuseUnknown(String serializer, Set<String> set, Set<String>... known) {
        Set<String> all = new TreeSet<>();
        Stream.of(known).forEach(all::addAll);
        Set<String> unknown = new TreeSet<>(set);
        unknown.removeAll(all);
        if (!unknown.isEmpty()) {
            String first = unknown.iterator().next();
            throw new ConfigException("the serializer " + Printable.brief(serializer) + " has no key "
                    + Printable.brief(first) + "." + question(first, all) + " Correct it, or remove it");
        }
    }

    private static String question(String typed, Collection<String> known) {
        record Guess(String name, int errors) {}
        String word = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .map(name -> new Guess(name, EditDistance.between(word, name.toLowerCase(Locale.ROOT))))
                .filter(guess -> guess.errors() <= Math.max(1, guess.name().length() / 3))
                .min(Comparator.comparingInt(Guess::errors).thenComparing(Guess::name))
                .map(guess -> " Did you mean " + guess.name() + "?")
                .orElse("");
    }

    private static Collection<String> names(List<SerializerPlugin> plugins) {
        Set<String> names = new TreeSet<>();
        plugins.forEach(plugin -> {
            names.add(plugin.name());
            names.addAll(plugin.aliases());
        });
        return names;
    }

    /** Returns the mappings whose libraries are there. */
    private static List<FormatMapping> mappings(ClassLoader loader) {
        List<FormatMapping> all = new ArrayList<>();
        Iterator<FormatMapping> found =
                ServiceLoader.load(FormatMapping.class, loader).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return all;
                }
                all.add(found.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                // The library of its format is missing, and so its serializer, which alone would use it, is too.
                continue;
            }
        }
    }
}
