// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.Preparable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A serializer that could add headers and does not with its settings: a publisher makes no headers for a serializer
 * that does not override the {@code serialize} method with headers.
 *
 * @param serializer the serializer that writes
 */
public record HeaderlessSerializer<T>(Serializer<T> serializer) implements Serializer<T>, Preparable {

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return serializer.serialize(topic, value);
    }

    @Override
    public CompletionStage<?> prepare() {
        return serializer instanceof Preparable preparable
                ? preparable.prepare()
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        serializer.close();
    }
}
