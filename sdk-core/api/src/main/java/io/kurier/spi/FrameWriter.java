// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Writes the frames of one schema in one topic. Safe for use by any number of threads. */
@FunctionalInterface
public interface FrameWriter {

    /**
     * The frame of the next record. Called once for each record, before its payload is written, so what it returns should be
     * made once for all.
     *
     * @param headers those of the record, to which it may add; null only if {@link Framing#addsHeaders()} is false
     * @return the bytes before the payload, which nobody changes; of length 0 if there are none
     * @throws NotReadyException if a server has to be asked first; nothing has been added to the headers then
     */
    byte[] prefix(@Nullable Headers headers);
}
