// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.core.transport.Acknowledgment;

/**
 * Receives the outcome of one message: from the pipeline what was refused before it left, from Kafka what was acknowledged
 * or failed. Of several calls the first counts. No method throws.
 */
public interface DeliveryCallback extends Acknowledgment {

    /** Nothing of the message was handed over. Called in the publishing thread, before its call returns. */
    void refused(PublishException why);

    /** All records of the message are acknowledged. */
    void stored(Receipt receipt);

    /** The message failed, or its outcome is unknown. */
    void failed(PublishException why);
}
