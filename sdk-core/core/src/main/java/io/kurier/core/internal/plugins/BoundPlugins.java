// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.GuardPlugin;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.SerializerPlugin;
import java.util.Collection;
import java.util.List;

/**
 * Plugins that code provides, in addition to those that are discovered.
 *
 * @param serializers any number of serializer plugins
 * @param partitioners any number of partitioner plugins
 * @param guards any number of guard plugins
 */
public record BoundPlugins(
        Collection<SerializerPlugin> serializers,
        Collection<PartitionerPlugin> partitioners,
        Collection<GuardPlugin> guards) {

    /** No plugins of any kind. */
    public static final BoundPlugins NONE = new BoundPlugins(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public BoundPlugins {
        serializers = List.copyOf(serializers);
        partitioners = List.copyOf(partitioners);
        guards = List.copyOf(guards);
    }
}
