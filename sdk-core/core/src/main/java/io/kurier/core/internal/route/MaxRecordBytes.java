// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;

/** Refuses a record whose key, value and headers are larger than the topic allows. */
final class MaxRecordBytes implements Guard {
    private final int limit;

    MaxRecordBytes(int limit) {
        this.limit = limit;
    }

    @Override
    public EncodedRecord guard(EncodedRecord record) {
        long size = record.valueSize() + (record.key() == null ? 0L : record.key().length);
        for (Header header : record.headers()) {
            size += header.key().getBytes(StandardCharsets.UTF_8).length
                    + (header.value() == null ? 0 : header.value().length);
        }
        if (size > limit) {
            throw new RecordTooLargeException("the record has " + size + " bytes, and max.record.bytes is " + limit
                    + "; make the value smaller or raise the limit here and at the broker (max.message.bytes)");
        }
        return record;
    }
}
