// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A format: creates the serializer of a topic's keys or values.
 *
 * <p>{@link #serializer} is called when the publisher starts, once for the keys and once for the values of a topic. Its
 * result must be ready for use: {@code configure} is not called on it; {@code close} is called when the publisher is
 * closed. A serializer must be safe for use by any number of threads; an exception that it throws rejects the message. A
 * publisher does not call {@link #deserializer}; programs that read the topic by the same settings do, such as {@code
 * kurier demo}.
 */
public interface SerializerPlugin extends Plugin {

    /**
     * Creates the serializer for the settings. It should also implement {@link SequenceSerializer} if values can be
     * large.
     */
    Serializer<?> serializer(SerializerSettings settings);

    /** Creates the deserializer that reads what {@link #serializer} wrote; empty if the format is write-only. */
    default Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        return Optional.empty();
    }

    /**
     * Creates a reader of one field of the values that {@link #serializer} makes, for partitioners that choose by it. By
     * default there is none.
     *
     * @param settings those of the serializer
     * @param path the name of a field, or names joined by dots for a field of a nested record, such as
     *     {@code customer.id}
     * @throws ConfigException if the format has no fields, the schema is known and has no such field, or the field is
     *     no text, whole number, boolean, enum or bytes
     */
    default FieldReader fieldReader(SerializerSettings settings, String path) {
        throw new ConfigException("values by " + name() + " have no fields, and so no field " + path);
    }

    /**
     * Returns the plugin that a publisher uses in place of this one, and passes it the framings that are on the class
     * path and in folders. Called once by each publisher, before any other method but the name, aliases and version. By
     * default returns this plugin, which then has no framings.
     *
     * @param found never changes; the publisher closes them
     * @return the plugin that the publisher also closes; one that is bound in several publishers returns a new one for
     *     each
     */
    default SerializerPlugin withFramings(List<FramingPlugin> found) {
        return this;
    }
}
