// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.PayloadSchema;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Returns the id under which a schema is registered, and the schema that an id denotes: from a folder of files, or from
 * a schema registry. {@link Object#toString} describes it in errors, with its place and without secrets.
 *
 * <p>A source that has to ask a server sends the request on another thread and throws {@link
 * io.kurier.spi.NotReadyException}: its methods never block. It keeps the responses by id, in a bounded number, not by
 * objects of a format's library. Safe for use by any number of threads.
 */
public interface SchemaSource extends AutoCloseable {

    /**
     * Returns the identity under which records of a schema are written. Called once for each schema and topic, at the
     * start of a publisher for the schemas that are declared.
     *
     * @param topic the physical topic, from which a subject may be named
     * @param schema the schema that the format writes with. If a source returns another one, the framing refuses it,
     *     unless the bytes of a payload are the same in both.
     * @return null if it does not know the schema, so that the next source is asked
     * @throws io.kurier.spi.NotReadyException if a server has to be asked first
     * @throws org.apache.kafka.common.errors.RetriableException if the server was asked and does not answer now. The
     *     next source is asked; if none knows the schema, the framing is not ready.
     * @throws org.apache.kafka.common.errors.SerializationException if no source should be asked after this one
     */
    @Nullable
    RegisteredSchema identify(String topic, PayloadSchema schema);

    /**
     * Returns the schema that a number denotes.
     *
     * @return null if it does not know the number, so that the next source is asked
     * @throws io.kurier.spi.NotReadyException if a server has to be asked first
     * @throws org.apache.kafka.common.errors.RetriableException if the server was asked and does not answer now
     * @throws org.apache.kafka.common.errors.SerializationException if no source should be asked after this one
     */
    @Nullable
    RegisteredSchema findById(long id);

    /** Returns the schema that a GUID denotes; see {@link #findById}. */
    @Nullable
    RegisteredSchema findByGuid(UUID guid);

    /**
     * Returns what this source has for a schema that another source has identified, so that the framing can compare the
     * two. Records are written meanwhile. A source that asks a server repeats that until the server answers or the
     * source is closed.
     *
     * @param topic see {@link #identify}
     * @param schema see {@link #identify}
     * @param given what the other source has: either the id or the GUID, whichever is written
     * @return completes with {@code given} if this source does not compare; otherwise with the schema that has that
     *     identity here, or else with this schema under the identity that it has here; null if both are unknown. A
     *     {@link org.apache.kafka.common.errors.SerializationException} means that records of the schema must not be
     *     written, any other failure that the two cannot be compared.
     */
    default CompletionStage<@Nullable RegisteredSchema> confirm(
            String topic, PayloadSchema schema, RegisteredSchema given) {
        return CompletableFuture.completedFuture(given);
    }

    /** Returns whether it may know numbers. If no source does, a framing that writes them is refused at the start. */
    default boolean hasIds() {
        return true;
    }

    /** Returns whether it may know GUIDs. If no source does, a framing that writes them is refused at the start. */
    default boolean hasGuids() {
        return true;
    }

    /**
     * Returns why {@link #identify} has returned null, for an error: the end of a sentence that begins with this
     * source, such as "has no schema of that name".
     */
    default String whyUnknown(PayloadSchema schema) {
        return "does not know it";
    }

    /** Releases what belongs to this source only. */
    @Override
    default void close() {}
}
