// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.plugins;

import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Lets a deserializer of an {@link IsolatedPlugin} run with its own loader as the thread's. */
final class IsolatedDeserializer<T> implements Deserializer<T> {
    private final Deserializer<T> deserializer;
    private final PluginClassLoader loader;

    IsolatedDeserializer(Deserializer<T> deserializer, PluginClassLoader loader) {
        this.deserializer = deserializer;
        this.loader = loader;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClassLoader before = loader.enter();
        try {
            deserializer.configure(configs, isKey);
        } finally {
            PluginClassLoader.leave(before);
        }
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        ClassLoader before = loader.enter();
        try {
            return deserializer.deserialize(topic, data);
        } finally {
            PluginClassLoader.leave(before);
        }
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] data) {
        ClassLoader before = loader.enter();
        try {
            return deserializer.deserialize(topic, headers, data);
        } finally {
            PluginClassLoader.leave(before);
        }
    }

    @Override
    public void close() {
        ClassLoader before = loader.enter();
        try {
            deserializer.close();
        } finally {
            PluginClassLoader.leave(before);
        }
    }
}
