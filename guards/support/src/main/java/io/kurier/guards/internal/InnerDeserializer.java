// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.internal;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Makes the deserializers that read what others have decrypted or verified, by the classes that a consumer's
 * configuration names.
 */
public final class InnerDeserializer {
    private InnerDeserializer() {}

    /**
     * Makes one, and shows it a configuration in which the inner deserializers are those of the consumer: one that
     * depends on the other, as when it decrypts, then finds it.
     *
     * @param configs the whole configuration of the client
     * @param prefix precedes {@code key.deserializer} and {@code value.deserializer} in the keys that name the classes
     * @throws org.apache.kafka.common.config.ConfigException if it is not named, or cannot be made
     */
    @SuppressWarnings("unchecked") // the class that the user names decides the type
    public static <T> Deserializer<T> of(Map<String, ?> configs, String prefix, boolean isKey) {
        String keys = prefix + ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG;
        String values = prefix + ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG;
        String named = isKey ? keys : values;
        ConfigDef definition = new ConfigDef()
                .define(named, ConfigDef.Type.CLASS, Importance.HIGH, "The deserializer of what was published.");
        Map<String, Object> given = new HashMap<>();
        copy(configs, named, given, named);
        Deserializer<T> made = (Deserializer<T>)
                new AbstractConfig(definition, given, false).getConfiguredInstance(named, Deserializer.class);
        Map<String, Object> seen = new HashMap<>(configs);
        copy(configs, keys, seen, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        copy(configs, values, seen, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        made.configure(seen, isKey);
        return made;
    }

    private static void copy(Map<String, ?> from, String key, Map<String, Object> to, String name) {
        Object value = from.get(key);
        if (value != null) {
            to.put(name, value);
        }
    }
}
