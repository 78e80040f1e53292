// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All plugins that can be named in configuration. Its content never changes; the plugins of folders can be used until
 * it is closed.
 */
public final class PluginCatalog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginCatalog.class);

    private final FolderPlugins folders;
    private final List<PluginFault> faults = new ArrayList<>();
    private final List<FoundPlugin<SerializerPlugin>> serializers;
    private final List<FoundPlugin<PartitionerPlugin>> partitioners;
    private final List<FoundPlugin<GuardPlugin>> guards;
    private final List<FoundPlugin<FramingPlugin>> framings;
    private final List<FramingPlugin> usableFramings;

    /** The plugins that were requested, which may have made something. */
    private final Set<Plugin> used = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    private PluginCatalog(BoundPlugins bound, PluginPath path) {
        folders = FolderPlugins.open(path, faults);
        try {
            framings = find("framing", FramingPlugin.class, bound.framings(), IsolatedPlugin::ofFraming);
            usableFramings = framings.stream()
                    .<FramingPlugin>map(framing -> new UsedFraming(framing, used::add))
                    .toList();
            serializers = withFramings(
                    find("serializer", SerializerPlugin.class, bound.serializers(), IsolatedPlugin::ofSerializer));
            partitioners =
                    find("partitioner", PartitionerPlugin.class, bound.partitioners(), IsolatedPlugin::ofPartitioner);
            guards = find("guard", GuardPlugin.class, bound.guards(), IsolatedPlugin::ofGuard);
        } catch (RuntimeException | Error e) {
            folders.close();
            throw e;
        }
    }

    /** Returns the plugins on the class path. */
    public static PluginCatalog discover() {
        return discover(BoundPlugins.NONE, PluginPath.NONE);
    }

    /**
     * Returns the plugins on the class path, those in folders, and those that are bound, which replace a plugin of the
     * same class on the class path. Must be closed if there are folders.
     */
    public static PluginCatalog discover(BoundPlugins bound, PluginPath path) {
        return new PluginCatalog(bound, path);
    }

    private <P extends Plugin> List<FoundPlugin<P>> find(
            String kind,
            Class<P> service,
            Collection<P> bound,
            BiFunction<FoundPlugin<P>, PluginClassLoader, P> isolate) {
        List<FoundPlugin<P>> found = new ArrayList<>();
        bound.forEach(plugin -> admit(kind, service, plugin, found));
        for (P plugin : Providers.load(kind, service, faults)) {
            if (bound.stream().anyMatch(other -> other.getClass() == plugin.getClass())) {
                continue;
            }
            admit(kind, service, plugin, found);
        }
        found.addAll(folders.load(kind, service, isolate));
        DuplicateNames.report(kind, found, faults);
        return List.copyOf(found);
    }

    /** Returns the serializers with the framings passed to them; a serializer that fails at that cannot be used. */
    private List<FoundPlugin<SerializerPlugin>> withFramings(List<FoundPlugin<SerializerPlugin>> found) {
        List<FoundPlugin<SerializerPlugin>> all = new ArrayList<>();
        for (FoundPlugin<SerializerPlugin> each : found) {
            try {
                all.add(each.behind(
                        Objects.requireNonNull(each.plugin().withFramings(usableFramings), "it returned null")));
            } catch (Throwable e) { // an Error too: it must hide no other
                faults.add(PluginFault.broken(
                        each.origin(),
                        "serializer",
                        each.name() + " cannot take the framings: " + ThrowableText.of(e)
                                + ". Tell those who made it."));
            }
        }
        return List.copyOf(all);
    }

    private <P extends Plugin> void admit(String kind, Class<P> service, P plugin, List<FoundPlugin<P>> found) {
        FoundPlugin<P> asked = PluginCheck.ask(kind, service, plugin, FoundPlugin.origin(plugin.getClass()), faults);
        if (asked != null) {
            found.add(asked);
        }
    }

    /** Returns all serializer plugins, in the order in which they were found. */
    public List<FoundPlugin<SerializerPlugin>> serializers() {
        return serializers;
    }

    /** Returns all partitioner plugins, in the order in which they were found. */
    public List<FoundPlugin<PartitionerPlugin>> partitioners() {
        return partitioners;
    }

    /** Returns all guard plugins, in the order in which they were found. */
    public List<FoundPlugin<GuardPlugin>> guards() {
        return guards;
    }

    /** Returns all framing plugins, in the order in which they were found; serializers choose among them. */
    public List<FoundPlugin<FramingPlugin>> framings() {
        return framings;
    }

    /** Returns the same framings as serializers and guards use them: those that make something are closed with this. */
    public List<FramingPlugin> usableFramings() {
        return usableFramings;
    }

    /** Returns the problems of providers, jars and folders. */
    public List<PluginFault> faults() {
        return List.copyOf(faults);
    }

    /**
     * Returns the serializer plugin of a name.
     *
     * @throws PluginNotFoundException if there is none, or more than one
     */
    public SerializerPlugin serializer(String name) {
        return choose("serializer", name, serializers);
    }

    /**
     * Returns the serializer plugin of a name, or one of Kafka's own serializers if no plugin has the name.
     *
     * @param keys the keys that are set for it; a serializer that is named by its class gets all of them
     * @throws PluginNotFoundException if there is none, or more than one plugin
     */
    public SerializerPlugin serializer(String name, Collection<String> keys) {
        return serializers.stream().anyMatch(found -> found.answersTo(name))
                ? serializer(name)
                : KafkaSerializers.named(name, keys).orElseGet(() -> serializer(name));
    }

    /** Returns the names of Kafka's own serializers, which need no plugin. */
    public static List<String> kafkasSerializers() {
        return KafkaSerializers.names();
    }

    /** Returns the name of Kafka's own serializer for a type that code declares, if there is one. */
    public static Optional<String> kafkasSerializer(Type type) {
        return KafkaSerializers.nameFor(type);
    }

    /**
     * Returns the partitioner plugin of a name.
     *
     * @throws PluginNotFoundException if there is none, or more than one
     */
    public PartitionerPlugin partitioner(String name) {
        return choose("partitioner", name, partitioners);
    }

    /**
     * Returns the partitioner plugin of a name, or the partitioner of Kafka's whose class the name is.
     *
     * @param keys the keys that are set for it; a partitioner that is named by its class gets all of them
     * @throws PluginNotFoundException if there is none, or more than one plugin
     */
    public PartitionerPlugin partitioner(String name, Collection<String> keys) {
        return KafkaPartitioners.named(name, keys).orElseGet(() -> partitioner(name));
    }

    /**
     * Returns the guard plugin of a name.
     *
     * @throws PluginNotFoundException if there is none, or more than one
     */
    public GuardPlugin guard(String name) {
        return choose("guard", name, guards);
    }

    /** Returns the jar or folder that a plugin of this catalog came from, for people. */
    public String origin(Plugin plugin) {
        String kafkas = KafkaSerializers.origin(plugin);
        String byClass = kafkas == null ? KafkaPartitioners.origin(plugin) : kafkas;
        if (byClass != null) {
            return byClass;
        }
        return Stream.of(serializers, partitioners, guards, framings)
                .flatMap(List::stream)
                .filter(found -> found.plugin() == plugin)
                .findFirst()
                .map(FoundPlugin::origin)
                .orElse("unknown");
    }

    private <P extends Plugin> P choose(String kind, String name, List<FoundPlugin<P>> plugins) {
        List<FoundPlugin<P>> matches =
                plugins.stream().filter(found -> found.answersTo(name)).toList();
        if (matches.size() == 1) {
            P plugin = matches.get(0).plugin();
            used.add(plugin);
            return plugin;
        }
        if (matches.isEmpty()) {
            throw PluginNotFoundException.none(
                    kind,
                    name,
                    plugins,
                    faults.stream().filter(fault -> fault.mayHide(kind)).toList());
        }
        throw PluginNotFoundException.several(kind, name, matches);
    }

    /** Closes the plugins that were used, and the loaders of folders; a second call does nothing. */
    @Override
    public void close() {
        List<Plugin> all = List.copyOf(used);
        used.clear();
        for (Plugin plugin : all) {
            try {
                plugin.close();
            } catch (Throwable e) { // an Error too: the others and the loaders have to be closed as well
                SafeLogger.warn(LOG, e, "the plugin {} cannot be closed", origin(plugin));
            }
        }
        folders.close();
    }
}
