// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.internal;

import io.kurier.serializers.internal.ClientConfig;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes the deserializer that reads what another one has opened or verified, in a client that names its class. */
public final class InnerDeserializer {
    private InnerDeserializer() {}

    /**
     * Makes and configures the deserializer.
     *
     * @param configs the whole configuration of the client
     * @param key the key that names the class
     * @throws ConfigException if the key is missing, or its class cannot be made
     */
    @SuppressWarnings("unchecked") // the class that the user names decides the type
    public static <T> Deserializer<T> of(Map<String, ?> configs, String key, boolean isKey) {
        Class<?> type = new ClientConfig(configs, isKey)
                .classNamed(key)
                .orElseThrow(() -> new ConfigException("Missing required configuration \"" + key
                        + "\": the class of the deserializer that reads keys or values as they were published"));
        Deserializer<T> made;
        try {
            made = (Deserializer<T>)
                    type.asSubclass(Deserializer.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new ConfigException(
                    key, type.getName(), "it is no deserializer with a public constructor without arguments");
        }
        made.configure(configs, isKey);
        return made;
    }
}
