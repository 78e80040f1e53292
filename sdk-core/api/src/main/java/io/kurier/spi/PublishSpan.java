// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import io.kurier.PublishException;
import io.kurier.Receipt;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * The span of one message, from the call to its outcome. Exactly one of {@link #stored} and {@link #failed} is called, on
 * a thread of Kurier's own; an exception of it is logged.
 */
public interface PublishSpan {

    /**
     * Returns the headers that the message's records get instead of those of the message, with the span's context among
     * them. All records of a message have the same. Called once, in the thread that publishes.
     */
    List<Header> headers();

    /**
     * Called when the message is stored.
     *
     * @param nanos the time from the call to the acknowledgment, in nanoseconds
     */
    void stored(Receipt receipt, long nanos);

    /**
     * Called when the message has failed.
     *
     * @param nanos the time from the call to the outcome, in nanoseconds
     */
    void failed(PublishException failure, long nanos);
}
