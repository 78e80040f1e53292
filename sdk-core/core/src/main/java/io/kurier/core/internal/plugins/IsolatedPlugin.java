// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.Plugin;
import io.kurier.spi.Preparable;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a plugin of a folder and runs all of its code with its own loader as the thread's context class loader, since
 * libraries load their parts from that. The caller's loader is always restored. Plugins of the class path are not
 * wrapped.
 */
abstract sealed class IsolatedPlugin<P extends Plugin> implements Plugin {
    private static final String NOTHING = "it answers null";

    final P plugin;
    final PluginClassLoader loader;
    private final String name;
    private final Set<String> aliases;
    private final String version;

    private IsolatedPlugin(FoundPlugin<P> found, PluginClassLoader loader) {
        this(found.plugin(), loader, found.name(), found.aliases(), found.version());
    }

    private IsolatedPlugin(P plugin, PluginClassLoader loader, String name, Set<String> aliases, String version) {
        this.plugin = plugin;
        this.loader = loader;
        this.name = name;
        this.aliases = aliases;
        this.version = version;
    }

    /** Wraps a serializer plugin of a folder; its name, aliases and version are those that it had when it was found. */
    static SerializerPlugin ofSerializer(FoundPlugin<SerializerPlugin> plugin, PluginClassLoader loader) {
        return new OfSerializer(plugin, loader);
    }

    /** Wraps a partitioner plugin of a folder. */
    static PartitionerPlugin ofPartitioner(FoundPlugin<PartitionerPlugin> plugin, PluginClassLoader loader) {
        return new OfPartitioner(plugin, loader);
    }

    /** Wraps a guard plugin of a folder. */
    static GuardPlugin ofGuard(FoundPlugin<GuardPlugin> plugin, PluginClassLoader loader) {
        return new OfGuard(plugin, loader);
    }

    /** Wraps a framing plugin of a folder. */
    static FramingPlugin ofFraming(FoundPlugin<FramingPlugin> plugin, PluginClassLoader loader) {
        return new OfFraming(plugin, loader);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> aliases() {
        return aliases;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public ConfigDef configDef() {
        return loader.within(() -> plugin.configDef());
    }

    @Override
    public void close() {
        loader.run(() -> plugin.close());
    }

    private static final class OfSerializer extends IsolatedPlugin<SerializerPlugin> implements SerializerPlugin {
        OfSerializer(FoundPlugin<SerializerPlugin> plugin, PluginClassLoader loader) {
            super(plugin, loader);
        }

        private OfSerializer(OfSerializer before, SerializerPlugin plugin) {
            super(plugin, before.loader, before.name(), before.aliases(), before.version());
        }

        @Override
        public SerializerPlugin withFramings(List<FramingPlugin> found) {
            return new OfSerializer(
                    this, loader.within(() -> Objects.requireNonNull(plugin.withFramings(found), NOTHING)));
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return loader.within(
                    () -> IsolatedSerializer.of(Objects.requireNonNull(plugin.serializer(settings), NOTHING), loader));
        }

        @Override
        public FieldReader fieldReader(SerializerSettings settings, String path) {
            return loader.within(() -> new IsolatedFieldReader(
                    Objects.requireNonNull(plugin.fieldReader(settings, path), NOTHING), loader));
        }

        @Override
        public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
            return loader.within(
                    () -> plugin.deserializer(settings).map(made -> new IsolatedDeserializer<>(made, loader)));
        }
    }

    private static final class OfPartitioner extends IsolatedPlugin<PartitionerPlugin> implements PartitionerPlugin {
        OfPartitioner(FoundPlugin<PartitionerPlugin> plugin, PluginClassLoader loader) {
            super(plugin, loader);
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            return loader.within(() ->
                    IsolatedPartitioner.of(Objects.requireNonNull(plugin.partitioner(settings), NOTHING), loader));
        }
    }

    private static final class OfGuard extends IsolatedPlugin<GuardPlugin> implements GuardPlugin {
        OfGuard(FoundPlugin<GuardPlugin> plugin, PluginClassLoader loader) {
            super(plugin, loader);
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return loader.within(() -> {
                Guard made = Objects.requireNonNull(plugin.guard(settings), NOTHING);
                return new IsolatedGuard(made, loader);
            });
        }
    }

    private static final class OfFraming extends IsolatedPlugin<FramingPlugin> implements FramingPlugin {
        OfFraming(FoundPlugin<FramingPlugin> plugin, PluginClassLoader loader) {
            super(plugin, loader);
        }

        @Override
        public boolean supports(String format) {
            return loader.within(() -> plugin.supports(format));
        }

        @Override
        public Framing framing(FramingSettings settings) {
            return loader.within(
                    () -> new IsolatedFraming(Objects.requireNonNull(plugin.framing(settings), NOTHING), loader));
        }
    }

    private record IsolatedFieldReader(FieldReader reader, PluginClassLoader loader) implements FieldReader {
        @Override
        public byte @Nullable [] read(EncodedRecord record) {
            return loader.within(() -> Optional.ofNullable(reader.read(record))).orElse(null);
        }

        @Override
        public void close() {
            loader.run(() -> reader.close());
        }
    }

    private record IsolatedGuard(Guard guard, PluginClassLoader loader) implements Guard, Preparable {
        @Override
        public CompletionStage<?> prepare() {
            return loader.prepare(guard);
        }

        @Override
        public EncodedRecord guard(EncodedRecord record) {
            return loader.within(() -> guard.guard(record));
        }

        @Override
        public boolean onlyChecks() {
            return loader.within(() -> guard.onlyChecks());
        }

        @Override
        public void close() {
            loader.run(() -> guard.close());
        }
    }
}
