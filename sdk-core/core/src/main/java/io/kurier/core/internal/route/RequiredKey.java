// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;

/** Refuses a record without a key; a key of no bytes is one, as it is for Kafka. */
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
