// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Makes what a topic's serializer takes of the key or the value of a record. Used by one thread. */
interface Conversion extends AutoCloseable {

    /**
     * Returns what the serializer takes.
     *
     * @param record the record, whose topic is not null
     * @param headers the record's headers, to which converters may add; null if this does not use them
     * @throws RecordException if it cannot be converted
     * @throws InterruptedException if the thread is interrupted while it waits to try again
     */
    @Nullable
    Object convert(SourceRecord record, @Nullable Headers headers, @Nullable Schema schema, @Nullable Object data)
            throws RecordException, InterruptedException;

    /** Returns whether the conversion needs the headers. */
    default boolean usesHeaders() {
        return false;
    }

    @Override
    default void close() {}
}
