// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.spi.EncodedRecord;

/**
 * Receives the outcome of one message: a rejection from the pipeline before it was sent, an acknowledgment or a failure
 * from Kafka. Only the first of several calls counts. No method throws.
 */
public interface DeliveryCallback extends Acknowledgment {

    /** Called in the publishing thread when the record of the message is made; not if the value makes several. */
    default void encoded(EncodedRecord record) {}

    /** Called in the publishing thread when all guards have let that record through, with what they made of it. */
    default void guarded(EncodedRecord record) {}

    /**
     * Called when no record of the message was passed to the producer. Called in the publishing thread, before its call
     * returns.
     */
    void refused(PublishException why);

    /** Called when all records of the message are acknowledged. */
    void stored(Receipt receipt);

    /** Called when the message failed, or its outcome is unknown. */
    void failed(PublishException why);
}
