// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.Message;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the message of a task's record: the transformations in their order, then the converters. Each task has one,
 * which only its thread uses.
 */
public interface RecordPipeline extends AutoCloseable {

    /**
     * Returns the message of a record; null if a transformation left the record out.
     *
     * @throws RecordException if the record is invalid, or stayed so for {@code errors.retry.timeout}
     * @throws InterruptedException if the thread is interrupted while it waits to try again
     */
    @Nullable
    Message<?, ?> message(SourceRecord record) throws RecordException, InterruptedException;

    /** Closes the transformations and converters; an exception of theirs is logged. */
    @Override
    void close();
}
