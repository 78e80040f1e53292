// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.core.internal.attempts.PlainAttempt;
import io.kurier.core.internal.limits.InFlightLimits;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.EncodedRecord;
import org.jspecify.annotations.Nullable;

/** One record that counts among those in flight, from its attempt to its outcome; it is also the attempt. */
final class LimitedRecord extends PlainAttempt implements Acknowledgment {
    private final Acknowledgment delivery;
    private @Nullable InFlightLimits limits;
    private final int bytes;

    /** Makes one that is counted. */
    LimitedRecord(Acknowledgment delivery, InFlightLimits limits, int bytes) {
        this.delivery = delivery;
        this.limits = limits;
        this.bytes = bytes;
    }

    /** The bytes of a record's key and value. */
    static int bytes(EncodedRecord record) {
        byte[] key = record.key();
        return (key == null ? 0 : key.length) + record.valueSize();
    }

    /** Ends the count of the record; again without effect, for an outcome that is passed on a second time. */
    void uncount() {
        InFlightLimits counted = limits;
        limits = null;
        if (counted != null) {
            counted.remove(bytes);
        }
    }

    @Override
    public Acknowledgment acknowledgment() {
        return this;
    }

    @Override
    public void goesTo(int partition) {
        delivery.goesTo(partition);
    }

    @Override
    public void stored(int partition, long offset, long timestamp, int valueBytes) {
        uncount();
        delivery.stored(partition, offset, timestamp, valueBytes);
    }

    @Override
    public void failed(KafkaFailure failure) {
        uncount();
        delivery.failed(failure);
    }
}
