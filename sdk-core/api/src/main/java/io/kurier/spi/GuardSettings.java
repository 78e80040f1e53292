// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings from which a {@link GuardPlugin} creates a guard.
 *
 * @param name the name or alias by which the plugin was chosen
 * @param alias the topic's name in code and configuration
 * @param topic the physical topic, as in {@link EncodedRecord#topic()}
 * @param config the plugin's own keys, parsed by its {@link Plugin#configDef()}
 * @param values the settings of the serializer that makes the topic's values, for a guard that reads them: the declared
 *     Java type, the serializer's name, and its keys, among them {@code framing} if the format has framings. Null if
 *     they are not known: the serializer could not be created, which stops the start anyway, or the guard is created
 *     without a publisher, as in a test.
 * @param framings the framings that are on the class path and in folders, for a guard that reads the payload behind a
 *     frame; the publisher closes them
 */
public record GuardSettings(
        String name,
        String alias,
        String topic,
        AbstractConfig config,
        @Nullable SerializerSettings values,
        List<FramingPlugin> framings) {

    /** Copies the list. */
    public GuardSettings {
        framings = List.copyOf(framings);
    }

    /** Creates settings from which nothing is known of the values. */
    public GuardSettings(String name, String alias, String topic, AbstractConfig config) {
        this(name, alias, topic, config, null, List.of());
    }
}
