// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.core.internal.limits.InFlightLimits;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.spi.EncodedRecord;
import org.jspecify.annotations.Nullable;

/** One record that counts among those in flight. */
final class LimitedRecord extends CountedRecord {
    private @Nullable InFlightLimits limits;
    private final int bytes;

    /** Makes one that is counted. */
    LimitedRecord(Acknowledgment delivery, InFlightLimits limits, int bytes) {
        super(delivery);
        this.limits = limits;
        this.bytes = bytes;
    }

    /** The bytes of a record's key and value. */
    static int bytes(EncodedRecord record) {
        byte[] key = record.key();
        return (key == null ? 0 : key.length) + record.valueSize();
    }

    @Override
    void uncount() {
        InFlightLimits counted = limits;
        limits = null;
        if (counted != null) {
            counted.remove(bytes);
        }
    }
}
