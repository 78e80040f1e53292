// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings from which a {@link PartitionerPlugin} creates a partitioner.
 *
 * @param name the name or alias by which the plugin was chosen
 * @param alias the topic's name in code and configuration
 * @param topic the physical topic, as in {@link EncodedRecord#topic()}
 * @param config the plugin's own keys, parsed by its {@link Plugin#configDef()}
 * @param fields creates the reader of a field of the topic's values from the field's path; see
 *     {@link SerializerPlugin#fieldReader}. It throws a {@link ConfigException} if the topic's format has no such field
 */
public record PartitionerSettings(
        String name, String alias, String topic, AbstractConfig config, Function<String, FieldReader> fields) {

    /** Checks that nothing is null. */
    public PartitionerSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(alias, "alias");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(fields, "fields");
    }

    /** Creates settings from which nothing is known of the values: without a publisher, as in a test. */
    public PartitionerSettings(String name, String alias, String topic, AbstractConfig config) {
        this(name, alias, topic, config, path -> {
            throw new ConfigException("the format of the values is not known, so the field " + path
                    + " cannot be read; it can be in a publisher");
        });
    }
}
