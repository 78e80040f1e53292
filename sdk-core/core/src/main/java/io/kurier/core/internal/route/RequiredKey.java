// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;

/** Refuses a record without a key; a key of length 0 is a key, as in Kafka. */
final class RequiredKey implements Guard {

    @Override
    public EncodedRecord guard(EncodedRecord record) {
        if (record.key() == null) {
            throw new IllegalArgumentException(
                    "the record has no key, and key.required is true; publish it with a key");
        }
        return record;
    }
}
