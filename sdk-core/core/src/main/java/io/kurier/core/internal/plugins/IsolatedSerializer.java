// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.Preparable;
import io.kurier.spi.RecordSequence;
import io.kurier.spi.SequenceSerializer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a serializer of an {@link IsolatedPlugin} with its own loader as the thread's context class loader. The wrapper
 * has the capabilities that a route checks, the method with headers and sequences, exactly if the wrapped serializer
 * has them.
 */
sealed class IsolatedSerializer<T> implements Serializer<T>, Preparable {
    final Serializer<T> serializer;
    final PluginClassLoader loader;

    private IsolatedSerializer(Serializer<T> serializer, PluginClassLoader loader) {
        this.serializer = serializer;
        this.loader = loader;
    }

    static <T> Serializer<T> of(Serializer<T> serializer, PluginClassLoader loader) {
        if (serializer instanceof SequenceSerializer<T> able) {
            return new OfSequences<>(able, loader);
        }
        return HeaderAwareness.in(serializer)
                ? new WithHeaders<>(serializer, loader)
                : new IsolatedSerializer<>(serializer, loader);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        loader.run(() -> serializer.configure(configs, isKey));
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        return loader.within(() -> serializer.serialize(topic, data));
    }

    @Override
    public void close() {
        loader.run(() -> serializer.close());
    }

    @Override
    public CompletionStage<?> prepare() {
        return loader.prepare(serializer);
    }

    private static sealed class WithHeaders<T> extends IsolatedSerializer<T> {
        WithHeaders(Serializer<T> serializer, PluginClassLoader loader) {
            super(serializer, loader);
        }

        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
            return loader.within(() -> serializer.serialize(topic, headers, data));
        }
    }

    private static final class OfSequences<T> extends WithHeaders<T> implements SequenceSerializer<T> {
        private final SequenceSerializer<T> able;

        OfSequences(SequenceSerializer<T> able, PluginClassLoader loader) {
            super(able, loader);
            this.able = able;
        }

        @Override
        public RecordSequence sequence(String topic, Headers headers, T value) {
            return loader.within(() -> new IsolatedSequence(able.sequence(topic, headers, value), loader));
        }
    }

    private record IsolatedSequence(RecordSequence records, PluginClassLoader loader) implements RecordSequence {
        @Override
        public byte @Nullable [] next(Headers headers) throws IOException {
            ClassLoader before = loader.enter();
            try {
                return records.next(headers); // null after the last record, which within() does not allow
            } finally {
                PluginClassLoader.leave(before);
            }
        }

        @Override
        public void close() throws IOException {
            loader.run(() -> records.close());
        }
    }
}
