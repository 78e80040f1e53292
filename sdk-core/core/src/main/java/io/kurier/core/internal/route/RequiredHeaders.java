// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * Refuses a record that lacks a header which the topic requires. Of several headers with one name the last counts, as
 * for readers. A header whose value is null is missing; one whose value has no bytes is not.
 */
final class RequiredHeaders implements Guard {
    private final List<String> names;

    RequiredHeaders(List<String> names) {
        this.names = List.copyOf(names);
    }

    @Override
    public EncodedRecord guard(EncodedRecord record) {
        List<String> lacking = null;
        for (String name : names) {
            Header header = record.headers().lastHeader(name);
            if (header == null || header.value() == null) {
                if (lacking == null) {
                    lacking = new ArrayList<>();
                }
                lacking.add(name);
            }
        }
        if (lacking != null) {
            throw new IllegalArgumentException("the record lacks " + String.join(", ", lacking)
                    + ", and required.headers is " + String.join(",", names)
                    + "; add each header with a value to the message, or have a guard add it");
        }
        return record;
    }
}
