// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A format: makes the serializer of a topic's keys or values.
 *
 * <p>Both methods are called once a route, at start-up. What they answer is ready for use: {@code configure} is not
 * called on it, and {@code close} is when the publisher is closed. A serializer must be safe for use by any number of threads; an exception that it throws rejects the
 * message.
 */
public interface SerializerPlugin extends Plugin {

    /** The serializer for the settings. It should also implement {@link SequenceSerializer} if values can be large. */
    Serializer<?> serializer(SerializerSettings settings);

    /** The deserializer that reads back what {@link #serializer} wrote, or nothing if the format is write-only. */
    default Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        return Optional.empty();
    }

    /**
     * The plugin that a publisher uses in place of this one, told which framings there are on the class path and in folders.
     * Called once by each publisher, before anything else but the name, aliases and version. By default this plugin, which then
     * has no framings.
     *
     * @param found never changes; the publisher closes them
     * @return the plugin that the publisher also closes; one that is bound in several publishers returns a new one for each
     */
    default SerializerPlugin withFramings(List<FramingPlugin> found) {
        return this;
    }
}
