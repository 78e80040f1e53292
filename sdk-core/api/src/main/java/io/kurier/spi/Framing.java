// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Collection;

/**
 * Writes and reads the frame of a payload: the bytes before it and the headers beside it that identify the schema that
 * wrote it. The format makes and reads the payload and does not depend on the frame.
 *
 * <p>One framing belongs to one serializer or deserializer, which closes it. Safe for use by any number of threads.
 */
public interface Framing extends AutoCloseable {

    /**
     * Returns the writer of the frames of one schema in one topic. The format calls this once for each pair and keeps
     * the result, but not forever: it drops all results if there are very many.
     *
     * @param topic the physical topic, from which a subject may be named
     * @param schema the schema that the format writes with
     * @throws NotReadyException if a server has to be asked first; {@link FrameWriter#prefix} may throw it as well
     * @throws org.apache.kafka.common.errors.SerializationException if no frame can name the schema
     */
    FrameWriter writer(String topic, PayloadSchema schema);

    /**
     * Returns the reader of frames. Called once.
     *
     * @param known the schemas that the deserializer already has, by configuration or as those of classes. For a frame
     *     that names one of them, the reader should return that object.
     */
    FrameReader reader(Collection<? extends PayloadSchema> known);

    /** Returns whether the writers add headers. If not, a publisher need not make any headers for the record. */
    default boolean addsHeaders() {
        return false;
    }

    /**
     * Returns whether an Avro value whose whole schema is {@code "bytes"} is written as these bytes alone, without the
     * length that Avro puts before them, and read as all that is left. Confluent's serializers do so.
     */
    default boolean writesBytesWithoutLength() {
        return false;
    }

    /**
     * Checks at the start that it can write. Called once when a publisher creates a serializer, before {@link #writer};
     * not for a deserializer.
     *
     * @throws org.apache.kafka.common.config.ConfigException if it only reads, or its keys are not enough for writing
     */
    default void checkWriting() {}

    /** Releases what belongs to this framing only; see {@link Plugin#close()} for what several framings share. */
    @Override
    default void close() {}
}
