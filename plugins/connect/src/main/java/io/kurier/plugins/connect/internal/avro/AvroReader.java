// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.avro;

import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one Avro schema become Connect data. Made once for a schema.
 *
 * @param schema that of the data
 * @param decoder makes the data
 */
record AvroReader(Schema schema, Decoder decoder) {

    /** Makes Connect data. Null stays null. */
    @FunctionalInterface
    interface Decoder {
        @Nullable
        Object decode(@Nullable Object value);
    }
}
