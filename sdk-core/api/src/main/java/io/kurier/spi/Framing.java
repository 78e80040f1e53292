// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Collection;

/**
 * Writes and reads the frame of a payload: the bytes before it and the headers beside it that say which schema wrote it. The
 * format makes and reads the payload and knows nothing of the frame.
 *
 * <p>One framing belongs to one serializer or deserializer, which closes it. Safe for use by any number of threads.
 */
public interface Framing extends AutoCloseable {

    /**
     * The writer of the frames of one schema in one topic. The format asks once for each pair and keeps the answer, though
     * not for ever: it forgets all if there are very many.
     *
     * @param topic the physical topic, by which a subject may be named
     * @throws NotReadyException if a server has to be asked first; {@link FrameWriter#prefix} may throw it as well
     * @throws org.apache.kafka.common.errors.SerializationException if no frame can name the schema
     */
    FrameWriter writer(String topic, PayloadSchema schema);

    /**
     * The reader of frames; asked for once.
     *
     * @param known the schemas that the deserializer has already, by configuration or as those of classes. A frame that
     *     names one of them should return that object.
     */
    FrameReader reader(Collection<? extends PayloadSchema> known);

    /** Whether the writers add headers. Where they do not, a publisher need not make any for the record. */
    default boolean addsHeaders() {
        return false;
    }

    /** Releases what belongs to this framing only; see {@link Plugin#close()} for the rest. */
    @Override
    default void close() {}
}
