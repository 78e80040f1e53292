// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Finds out which schema wrote a record. Safe for use by any number of threads. */
@FunctionalInterface
public interface FrameReader {

    /**
     * The frame of a record.
     *
     * @param topic the physical topic
     * @param headers those of the record; null if the deserializer was given none
     * @param bytes the array that has the record's key or value, not to be changed
     * @param offset where it begins
     * @param length of it in bytes
     * @return the same object for each record with an equal frame, so that nothing is allocated for a record
     * @throws NotReadyException if a server has to be asked first; the deserializer waits, since its thread may
     * @throws org.apache.kafka.common.errors.SerializationException if the bytes have no such frame or it names no schema that
     *     is known. Its message is the end of a sentence that says what was read, such as "it begins with the byte 7, ...", and
     *     shows nothing of the payload.
     */
    Frame read(String topic, @Nullable Headers headers, byte[] bytes, int offset, int length);
}
