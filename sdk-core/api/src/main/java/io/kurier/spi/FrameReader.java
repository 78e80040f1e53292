// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Determines which schema wrote a record. Safe for use by any number of threads. */
@FunctionalInterface
public interface FrameReader {

    /**
     * Returns the frame of a record.
     *
     * @param topic the physical topic
     * @param headers the headers of the record; null if the deserializer received none
     * @param bytes the array that has the record's key or value; must not be changed
     * @param offset the index at which the key or value begins
     * @param length the length of the key or value in bytes
     * @return the frame; the same object for each record with an equal frame, so that nothing is allocated for a record
     * @throws NotReadyException if a server has to be asked first; the deserializer waits, since its thread may block
     * @throws org.apache.kafka.common.errors.SerializationException if the bytes have no frame of this kind, or the
     *     frame names an unknown schema. The message is the end of a sentence that describes what was read, for example
     *     "it begins with the byte 7, ...", and shows nothing of the payload.
     */
    Frame read(String topic, @Nullable Headers headers, byte[] bytes, int offset, int length);
}
