// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.FramingPlugin;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.SerializerPlugin;
import java.util.Collection;
import java.util.List;

/**
 * Plugins that code gives, beside those that are discovered.
 *
 * @param serializers of any number
 * @param partitioners of any number
 * @param guards of any number
 * @param framings of any number
 */
public record BoundPlugins(
        Collection<SerializerPlugin> serializers,
        Collection<PartitionerPlugin> partitioners,
        Collection<GuardPlugin> guards,
        Collection<FramingPlugin> framings) {

    /** None of any kind. */
    public static final BoundPlugins NONE = new BoundPlugins(List.of(), List.of(), List.of(), List.of());

    /** Takes copies. */
    public BoundPlugins {
        serializers = List.copyOf(serializers);
        partitioners = List.copyOf(partitioners);
        guards = List.copyOf(guards);
        framings = List.copyOf(framings);
    }
}
