// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Writes the frames of one schema in one topic. Safe for use by any number of threads. */
@FunctionalInterface
public interface FrameWriter {

    /**
     * Returns the frame of the next record. It is called once for each record, before its payload is written, so
     * implementations should make the array once and return it for every record.
     *
     * @param headers the headers of the record, to which it may add; null only if {@link Framing#addsHeaders()} is
     *     false
     * @return the bytes before the payload, which the caller does not change; of length 0 if there are none
     * @throws NotReadyException if a server has to be asked first; the headers must be unchanged in that case
     */
    byte[] prefix(@Nullable Headers headers);
}
