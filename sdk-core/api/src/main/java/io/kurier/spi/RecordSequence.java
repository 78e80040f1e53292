// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.io.IOException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The records of one value, encoded one at a time so that only one needs to be in memory. Used by one thread.
 *
 * <p>A sequence that throws half way leaves records in the topic that are not a whole value: the format must let
 * readers tell, for example by a last record that says how many there are.
 */
public interface RecordSequence extends AutoCloseable {

    /**
     * Encodes the next record.
     *
     * @param headers a fresh copy of the message's headers, to which those of this record are added
     * @return the bytes of the record's value, or null after the last record
     * @throws IOException if the value cannot be read any further
     */
    byte @Nullable [] next(Headers headers) throws IOException;

    /** Releases what was opened to read the value. */
    @Override
    void close() throws IOException;
}
