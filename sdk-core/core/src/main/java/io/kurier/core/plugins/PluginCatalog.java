// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.plugins;

import io.kurier.spi.GuardPlugin;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All plugins that can be named in configuration. Immutable. */
public final class PluginCatalog {
    private final List<FoundPlugin<SerializerPlugin>> serializers;
    private final List<FoundPlugin<PartitionerPlugin>> partitioners;
    private final List<FoundPlugin<GuardPlugin>> guards;
    private final List<BrokenPlugin> broken;

    private PluginCatalog(
            List<FoundPlugin<SerializerPlugin>> serializers,
            List<FoundPlugin<PartitionerPlugin>> partitioners,
            List<FoundPlugin<GuardPlugin>> guards,
            List<BrokenPlugin> broken) {
        this.serializers = List.copyOf(serializers);
        this.partitioners = List.copyOf(partitioners);
        this.guards = List.copyOf(guards);
        this.broken = List.copyOf(broken);
    }

    /** The plugins on the class path. */
    public static PluginCatalog discover() {
        return discover(BoundPlugins.NONE);
    }

    /** The plugins on the class path and those given, which stand in for a discovered one of the same class. */
    public static PluginCatalog discover(BoundPlugins bound) {
        List<BrokenPlugin> broken = new ArrayList<>();
        return new PluginCatalog(
                merge(bound.serializers(), Providers.load("serializer", SerializerPlugin.class, broken)),
                merge(bound.partitioners(), Providers.load("partitioner", PartitionerPlugin.class, broken)),
                merge(bound.guards(), Providers.load("guard", GuardPlugin.class, broken)),
                broken);
    }

    private static <P extends Plugin> List<FoundPlugin<P>> merge(Collection<P> bound, List<P> discovered) {
        List<P> all = new ArrayList<>(bound);
        discovered.stream()
                .filter(plugin -> bound.stream().noneMatch(other -> other.getClass() == plugin.getClass()))
                .forEach(all::add);
        return all.stream().map(FoundPlugin::of).toList();
    }

    /** All serializer plugins, in the order in which they were found. */
    public List<FoundPlugin<SerializerPlugin>> serializers() {
        return serializers;
    }

    /** All partitioner plugins, in the order in which they were found. */
    public List<FoundPlugin<PartitionerPlugin>> partitioners() {
        return partitioners;
    }

    /** All guard plugins, in the order in which they were found. */
    public List<FoundPlugin<GuardPlugin>> guards() {
        return guards;
    }

    /** Providers that could not be used. */
    public List<BrokenPlugin> broken() {
        return broken;
    }

    /**
     * The serializer plugin of a name.
     *
     * @throws PluginNotFoundException if there is none, or more than one
     */
    public SerializerPlugin serializer(String name) {
        return choose("serializer", name, serializers);
    }

    /**
     * The partitioner plugin of a name.
     *
     * @throws PluginNotFoundException if there is none, or more than one
     */
    public PartitionerPlugin partitioner(String name) {
        return choose("partitioner", name, partitioners);
    }

    /**
     * The guard plugin of a name.
     *
     * @throws PluginNotFoundException if there is none, or more than one
     */
    public GuardPlugin guard(String name) {
        return choose("guard", name, guards);
    }

    private <P extends Plugin> P choose(String kind, String name, List<FoundPlugin<P>> plugins) {
        List<FoundPlugin<P>> matches =
                plugins.stream().filter(found -> found.answersTo(name)).toList();
        if (matches.size() == 1) {
            return matches.get(0).plugin();
        }
        if (matches.isEmpty()) {
            throw PluginNotFoundException.none(
                    kind,
                    name,
                    plugins,
                    broken.stream().filter(b -> b.kind().equals(kind)).toList());
        }
        throw PluginNotFoundException.several(kind, name, matches);
    }
}
