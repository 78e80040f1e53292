// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.lang.reflect.Type;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * The settings from which a {@link SerializerPlugin} creates a serializer.
 *
 * @param name the name or alias by which the plugin was chosen
 * @param alias the topic's name in code and configuration
 * @param topic the physical topic, as the serializer receives it
 * @param forKey whether it is for keys rather than values
 * @param type the declared Java type of the keys or values, {@code Object.class} if code declared none
 * @param config the plugin's own keys, parsed by its {@link Plugin#configDef()}
 */
public record SerializerSettings(
        String name, String alias, String topic, boolean forKey, Type type, AbstractConfig config) {}
