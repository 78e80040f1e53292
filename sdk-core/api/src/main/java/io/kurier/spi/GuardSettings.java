// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.config.AbstractConfig;

/**
 * The settings from which a {@link GuardPlugin} creates a guard.
 *
 * @param name the name or alias by which the plugin was chosen
 * @param alias the topic's name in code and configuration
 * @param topic the physical topic, as in {@link EncodedRecord#topic()}
 * @param config the plugin's own keys, parsed by its {@link Plugin#configDef()}
 */
public record GuardSettings(String name, String alias, String topic, AbstractConfig config) {}
