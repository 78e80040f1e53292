// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.FramingSettings;
import io.kurier.spi.Plugin;

/**
 * A kind of {@link SchemaSource}. The key {@code schemas} of a framing lists sources by their names; the keys of a
 * source stand beside those of the framing, such as {@code schemas.folder}. Sources that define the same key share it;
 * a key that the framing has itself is refused.
 *
 * <p>Plugins are found by {@link java.util.ServiceLoader}, through the class loader of the framings: on the class path,
 * or in the folder of {@code plugin.path} that also has {@code kurier-framings}.
 */
public interface SchemaSourcePlugin extends Plugin {

    /**
     * Creates the source of one framing of one serializer or deserializer. An exception stops the start. It does not
     * wait for a server.
     *
     * @param settings those of the framing, whose {@link FramingSettings#config} has the keys of this source
     */
    SchemaSource source(FramingSettings settings);
}
