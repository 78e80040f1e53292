// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Runs a deserializer of an {@link IsolatedPlugin} with its own loader as the thread's context class loader. */
final class IsolatedDeserializer<T> implements Deserializer<T> {
    private final Deserializer<T> deserializer;
    private final PluginClassLoader loader;

    IsolatedDeserializer(Deserializer<T> deserializer, PluginClassLoader loader) {
        this.deserializer = deserializer;
        this.loader = loader;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        loader.run(() -> deserializer.configure(configs, isKey));
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return loader.within(() -> deserializer.deserialize(topic, data));
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] data) {
        return loader.within(() -> deserializer.deserialize(topic, headers, data));
    }

    @Override
    public void close() {
        loader.run(() -> deserializer.close());
    }
}
