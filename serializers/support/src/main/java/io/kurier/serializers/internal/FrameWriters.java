// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The {@link SchemaFrames} of all types that a serializer has written. Safe for use by any number of threads.
 *
 * @param <S> the format's own object for a schema, compared by {@code equals}
 */
public final class FrameWriters<S> implements AutoCloseable {
    /** Beyond that each record has its own schema, and keeping them would fill the heap. */
    private static final int KEPT_SCHEMAS = 1_000;

    private static final byte[] NO_BYTES = {};

    private final Framing framing;
    private final Function<? super S, ? extends PayloadSchema> describe;
    private final ConcurrentMap<S, SchemaFrames> known = new ConcurrentHashMap<>();

    /** Creates the writers of a framing, which is closed with them. */
    public FrameWriters(Framing framing, Function<? super S, ? extends PayloadSchema> describe) {
        this.framing = framing;
        this.describe = describe;
    }

    /** See {@link SchemaFrames#prefix}. */
    public byte[] prefix(@Nullable String topic, @Nullable Headers headers, S schema) {
        return framing == NoFraming.INSTANCE ? NO_BYTES : of(schema).prefix(topic, headers);
    }

    /** See {@link SchemaFrames#prepare}, for several schemas. */
    public CompletionStage<?> prepare(String topic, Collection<? extends S> schemas) {
        return CompletableFuture.allOf(schemas.stream()
                .map(schema -> of(schema).prepare(topic).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private SchemaFrames of(S schema) {
        SchemaFrames frames = known.get(schema);
        if (frames == null) {
            frames = new SchemaFrames(framing, describe.apply(schema));
            if (known.size() >= KEPT_SCHEMAS) {
                known.clear();
            }
            known.put(schema, frames);
        }
        return frames;
    }

    /** Returns whether a record's headers are needed. */
    public boolean addsHeaders() {
        return framing.addsHeaders();
    }

    @Override
    public void close() {
        framing.close();
    }
}
