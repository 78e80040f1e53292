// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.core.internal.attempts.PlainAttempt;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;

/** One record that is counted from its attempt to its outcome; it is also the attempt. */
abstract class CountedRecord extends PlainAttempt implements Acknowledgment {
    private final Acknowledgment delivery;

    /**
     * Makes a record that is counted.
     *
     * @param delivery gets the outcome, once the record is no longer counted
     */
    CountedRecord(Acknowledgment delivery) {
        this.delivery = delivery;
    }

    /** Ends the count of the record; again without effect, for an outcome that is passed on a second time. */
    abstract void uncount();

    @Override
    public final Acknowledgment acknowledgment() {
        return this;
    }

    @Override
    public final void goesTo(int partition) {
        delivery.goesTo(partition);
    }

    @Override
    public final void stored(int partition, long offset, long timestamp, int valueBytes) {
        uncount();
        delivery.stored(partition, offset, timestamp, valueBytes);
    }

    @Override
    public final void failed(KafkaFailure failure) {
        uncount();
        delivery.failed(failure);
    }
}
