// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.io.IOException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The records of one value, encoded one at a time so that only two need to be in memory. Used by one thread.
 *
 * <p>The publisher is one record ahead: it requests the next record before it sends one, and so sends the last one only
 * when it knows that none follows. A sequence that throws at any point therefore leaves its last record out, and the
 * value is not stored: {@link io.kurier.Outcome#NOT_STORED}, or {@link io.kurier.Outcome#REJECTED} if none of its
 * records was sent.
 *
 * <p>Records that were sent before that stay in the topic and are not a whole value: the format must let readers
 * recognize this, for example by a last record with the number of records.
 */
public interface RecordSequence extends AutoCloseable {

    /**
     * Encodes the next record; there is at least one.
     *
     * @param headers a fresh copy of the message's headers, to which those of this record are added
     * @return the bytes of the record's value, in an array that the sequence does not use again; null after the last
     *     record
     * @throws IOException if the value cannot be read any further
     */
    byte @Nullable [] next(Headers headers) throws IOException;

    /**
     * Releases what was opened to read the value. An exception is logged, and does not change the outcome of the
     * message.
     */
    @Override
    void close() throws IOException;
}
