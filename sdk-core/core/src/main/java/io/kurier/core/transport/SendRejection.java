// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Why Kafka's client did not take a record.
 *
 * @param cause the client's exception
 * @param why the likely cause and what to do, if that is known more precisely than from the client's message; otherwise
 *     null
 */
public record SendRejection(Exception cause, @Nullable String why) {

    /** Makes a rejection with the client's own message. */
    public SendRejection(Exception cause) {
        this(cause, null);
    }

    /** Whether the buffer was full or metadata was missing, so that the same attempt can succeed a moment later. */
    public boolean isForRoom() {
        // BufferExhaustedException is a TimeoutException; with max.block.ms=0 missing metadata are one too.
        return cause instanceof TimeoutException;
    }

    /** Whether the buffer was full and the thread's interrupt flag set. */
    public boolean isInterrupt() {
        return cause instanceof InterruptException;
    }

    /** Whether publishing again can succeed without a change. */
    public boolean isRetriable() {
        return cause instanceof RetriableException || isInterrupt();
    }
}
