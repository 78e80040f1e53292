// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.ArrayHeaders;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one schema in all topics that a serializer writes to: one topic in a publisher, any number in a plain
 * Kafka client. Safe for use by any number of threads.
 */
public final class SchemaFrames {
    /** A client with more topics than that calls its framing again, instead of filling the heap. */
    private static final int KEPT_TOPICS = 1_000;

    /** A framing that is never ready must not keep a start busy; the first record waits instead. */
    private static final int MOST_ROUNDS = 10;

    private final Framing framing;
    private final PayloadSchema schema;
    private final ConcurrentMap<String, FrameWriter> writers = new ConcurrentHashMap<>();

    /** Creates the frames of a schema. */
    public SchemaFrames(Framing framing, PayloadSchema schema) {
        this.framing = framing;
        this.schema = schema;
    }

    /**
     * Returns the bytes before the next record's payload, and adds the frame's headers, if any, to the record's.
     *
     * @param topic the physical topic
     * @param headers null if there are none
     * @return not to be changed
     * @throws NotReadyException if a server has to be asked first
     * @throws SerializationException if the framing needs headers and there are none, or has no frame for the schema
     */
    public byte[] prefix(@Nullable String topic, @Nullable Headers headers) {
        if (headers == null && framing.addsHeaders()) {
            throw new SerializationException(
                    "the framing names the schema in a header, and the record has no headers here."
                            + " Call serialize(topic, headers, value), as Kafka's producer does, or choose another framing");
        }
        String place = Objects.requireNonNullElse(topic, "");
        FrameWriter writer = writers.get(place);
        if (writer == null) {
            writer = framing.writer(place, schema);
            if (writers.size() >= KEPT_TOPICS) {
                writers.clear();
            }
            writers.put(place, writer);
        }
        return writer.prefix(headers);
    }

    /**
     * Requests what the first record in a topic will need; see {@link io.kurier.spi.Preparable}.
     *
     * @return completes with an exception if the framing has no frame for the schema, or its server does not answer
     */
    public CompletionStage<?> prepare(String topic) {
        return prepare(topic, MOST_ROUNDS, false);
    }

    /**
     * Makes one round.
     *
     * @param hasFailed whether a server has failed to answer; it is not asked again and again while an application
     *     starts
     */
    private CompletionStage<?> prepare(String topic, int rounds, boolean hasFailed) {
        try {
            byte[] unused = prefix(topic, new ArrayHeaders());
            return CompletableFuture.completedFuture(null);
        } catch (NotReadyException e) {
            if (hasFailed) {
                return e.ready();
            }
            return rounds == 0
                    ? CompletableFuture.completedFuture(null)
                    : e.ready()
                            .handle((answer, failure) -> failure != null) // the next round has a better message
                            .thenCompose(failed -> prepare(topic, rounds - 1, failed));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
