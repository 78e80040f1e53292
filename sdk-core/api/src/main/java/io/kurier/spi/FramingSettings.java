// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings from which a {@link FramingPlugin} creates a framing. The physical topic is not part of them: a
 * serializer of a plain Kafka client writes to any topic.
 *
 * @param name the name or alias by which the plugin was chosen
 * @param format as {@link PayloadSchema#format()}
 * @param alias the topic's name in code and configuration; null in a plain Kafka client
 * @param forKey whether it frames keys rather than values
 * @param config the plugin's own keys, parsed by its {@link Plugin#configDef()}
 */
public record FramingSettings(
        String name, String format, @Nullable String alias, boolean forKey, AbstractConfig config) {}
