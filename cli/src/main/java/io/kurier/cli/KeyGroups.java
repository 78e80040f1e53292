// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.core.internal.config.KeyDescription;
import io.kurier.core.internal.config.PublisherKeys;
import io.kurier.core.internal.config.TopicKeys;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.FoundPlugin;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.plugins.PluginFault;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.spi.Plugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceConnector;

/** Collects the keys of Kurier and of all plugins. A plugin that fails to list its keys hides no other. */
final class KeyGroups {
    private final List<KeyGroup> groups = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private KeyGroups() {}

    static KeyGroups of(PluginCatalog plugins, ConnectPlugins connectors) {
        KeyGroups all = new KeyGroups();
        all.groups.add(new KeyGroup("publisher", null, "", PublisherKeys.KEYS.descriptions()));
        all.groups.add(new KeyGroup("topic", null, "", TopicKeys.KEYS.descriptions()));
        String topic = TopicKeys.prefix("<alias>");
        all.add(
                "serializer",
                plugins.serializers(),
                name -> topic + TopicKeys.KEY_SERIALIZER + ".<key>, " + topic + TopicKeys.VALUE_SERIALIZER + ".<key>, "
                        + PublisherKeys.SERIALIZER_PREFIX + name + ".<key>");
        all.add(
                "framing",
                plugins.framings(),
                name -> topic + TopicKeys.VALUE_SERIALIZER + ".framing." + name + ".<key>, and of key.serializer");
        all.add("guard", plugins.guards(), name -> topic + TopicKeys.GUARD_PREFIX + name + ".<key>");
        all.add("partitioner", plugins.partitioners(), name -> topic + TopicKeys.PARTITIONER + ".<key>");
        // the order of a class path with a wildcard is that of the folder, which differs from machine to machine
        connectors.connectors().stream()
                .sorted(Comparator.comparing(
                        (SourceConnector connector) -> connector.getClass().getName()))
                .forEach(connector -> all.add(
                        "connector",
                        connector.getClass().getName(),
                        "",
                        connectors.origin(connector.getClass()),
                        () -> keys(connectors, connector)));
        Stream.concat(plugins.faults().stream(), connectors.broken().stream())
                .distinct() // both look into the same folders
                .filter(fault -> !fault.isWarning())
                .map(PluginFault::toString)
                .forEach(all.broken::add);
        return all;
    }

    private static ConfigDef keys(ConnectPlugins connectors, SourceConnector connector) {
        try (ConnectPlugins.Scope scope = connectors.enter(connector)) {
            return connector.config();
        }
    }

    /** Returns the groups of the publisher, of a topic, and of plugins by kind and name. */
    List<KeyGroup> groups() {
        return groups;
    }

    /** Returns the problems of plugins whose keys are missing, one on each line. */
    List<String> broken() {
        return broken;
    }

    private void add(String kind, List<? extends FoundPlugin<?>> found, UnaryOperator<String> written) {
        found.stream()
                .sorted(Comparator.comparing((FoundPlugin<?> plugin) -> plugin.name()))
                .forEach(one -> {
                    Plugin plugin = one.plugin();
                    add(kind, one.name(), written.apply(one.name()), one.origin(), plugin::configDef);
                });
    }

    private void add(String kind, String name, String written, String origin, Supplier<ConfigDef> definition) {
        try {
            ConfigDef keys = Objects.requireNonNull(definition.get(), "its definition of keys is null");
            groups.add(new KeyGroup(
                    kind,
                    name,
                    written,
                    keys.configKeys().values().stream().map(KeyDescription::of).toList()));
        } catch (Throwable e) { // an Error too: it must not hide the others
            broken.add("the keys of the " + kind + " " + name + " in " + origin + " are not known: "
                    + ThrowableText.of(e));
        }
    }
}
