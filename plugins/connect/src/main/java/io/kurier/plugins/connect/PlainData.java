// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;

/** Connect data of formats without a mapping, as Connect's own converters for text and bytes make them. */
final class PlainData {
    private PlainData() {}

    static SchemaAndValue withSchema(Object value) {
        if (value instanceof CharSequence) {
            return new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, value.toString());
        }
        return value instanceof byte[]
                ? new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, value)
                : new SchemaAndValue(null, value);
    }
}
