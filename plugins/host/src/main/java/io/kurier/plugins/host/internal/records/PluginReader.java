// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.Suggestion;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plugins that a connector's properties name, and checks their keys as Connect does, by creating an instance
 * of each. Unlike Connect it refuses keys that a plugin does not declare.
 */
final class PluginReader {
    /** The version of a plugin (KIP-891), which has no effect here: there is one version of each. */
    private static final String VERSION = "plugin.version";

    private final String connector;
    private final Map<String, String> properties;
    private final ConnectorPlugins plugins;
    private final UndeclaredKeys undeclared;
    private final List<String> problems;

    PluginReader(String connector, Map<String, String> properties, ConnectorPlugins plugins, List<String> problems) {
        this.connector = connector;
        this.properties = properties;
        this.plugins = plugins;
        this.undeclared = UndeclaredKeys.of(properties);
        this.problems = problems;
    }

    /** Adds a problem with a key of the connector's properties. */
    void problem(String key, String what) {
        problems.add(where(key) + ": " + what);
    }

    /** Returns the connector and a key, for messages. */
    String where(String key) {
        return "connector " + connector + ", " + Printable.brief(key);
    }

    /**
     * Returns a plugin with its keys; null if something is wrong with it.
     *
     * @param nameKey the key of its class; must be set
     * @param prefix the beginning of its keys
     * @param reserved keys behind the prefix that are not the plugin's
     */
    <T> @Nullable PluginSpec<T> read(PluginKind<T> kind, String nameKey, String prefix, Set<String> reserved) {
        int before = problems.size();
        String name = properties.getOrDefault(nameKey, "").strip();
        if (name.isEmpty()) {
            problem(nameKey, "missing. Set it to the name of the " + kind.what() + "'s class.");
            return null;
        }
        Map<String, String> own = new TreeMap<>();
        properties.forEach((key, value) -> {
            String ownKey = key.startsWith(prefix) ? key.substring(prefix.length()) : VERSION;
            if (!ownKey.equals(VERSION) && !reserved.contains(ownKey)) {
                own.put(ownKey, value);
            }
        });
        PluginSpec<T> spec = new PluginSpec<>(
                plugins, kind, connector, nameKey, Aliases.fullName(kind, name), Map.<String, Object>copyOf(own));
        try {
            check(spec, own, prefix, reserved);
        } catch (StartException e) {
            problems.addAll(e.problems());
        } catch (RuntimeException | LinkageError e) { // of a validator that is not Kurier's
            problem(nameKey, "the keys cannot be checked: " + ThrowableText.of(e) + ".");
        }
        return problems.size() == before ? spec : null;
    }

    private <T> void check(PluginSpec<T> spec, Map<String, String> own, String prefix, Set<String> reserved) {
        T plugin = spec.instance();
        try {
            ConfigDef declared = spec.declared(plugin);
            boolean valid;
            try (ConnectPlugins.Scope ignored = plugins.enter(plugin)) { // a value may name another of its classes
                valid = declared == null || areValid(spec, declared, own, prefix, reserved);
            }
            if (valid) {
                spec.configure(plugin);
            }
        } finally {
            spec.close(plugin);
        }
    }

    private boolean areValid(
            PluginSpec<?> spec, ConfigDef declared, Map<String, String> own, String prefix, Set<String> reserved) {
        boolean valid = refuseUnknown(spec, declared, own.keySet(), prefix, reserved);
        Map<String, String> all = new TreeMap<>(spec.kind().implied());
        all.putAll(own);
        for (ConfigValue value : declared.validate(all)) {
            if (!value.errorMessages().isEmpty()) {
                // of a required key that is missing Kafka says more, that its null is invalid
                problem(
                        prefix + value.name(),
                        Printable.lines(value.errorMessages().get(0)));
                valid = false;
            }
        }
        return valid;
    }

    private boolean refuseUnknown(
            PluginSpec<?> spec, ConfigDef declared, Set<String> own, String prefix, Set<String> reserved) {
        Set<String> known = new TreeSet<>(declared.names());
        known.addAll(reserved);
        if (known.isEmpty()) {
            return true; // many converters declare nothing and read what they are given
        }
        boolean valid = true;
        for (String key : own) {
            if (!known.contains(key) && !undeclared.contains(prefix + key)) {
                String question = Suggestion.nearest(key, known)
                        .map(near -> " Did you mean " + prefix + near + "?")
                        .orElse("");
                problem(
                        prefix + key,
                        "the " + spec.kind().what() + " " + Printable.brief(spec.className())
                                + " declares no such key." + question + " If it reads the key nevertheless, list it in "
                                + UndeclaredKeys.KEY + ".");
                valid = false;
            }
        }
        return valid;
    }
}
