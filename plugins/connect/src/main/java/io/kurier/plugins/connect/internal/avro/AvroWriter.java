// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.avro;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the data of one Connect schema become Avro values. Made once for a schema.
 *
 * @param schema that of the values
 * @param encoder makes the values
 */
record AvroWriter(Schema schema, Encoder encoder) {

    /** Makes Avro values. Null stays null; an exception names the field. */
    @FunctionalInterface
    interface Encoder {
        @Nullable
        Object encode(@Nullable Object data);
    }
}
