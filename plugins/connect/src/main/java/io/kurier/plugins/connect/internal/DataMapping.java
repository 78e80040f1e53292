// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * Maps Connect data to the values that a serializer takes, and those of its deserializer to Connect data. Safe for use by
 * any number of threads. An exception names the path of the field and shows no value.
 */
public interface DataMapping {

    /**
     * Returns the value for the serializer.
     *
     * @throws org.apache.kafka.connect.errors.DataException if the format has no such schema, or the value does not fit it
     */
    Object toFormat(Schema schema, Object data);

    /**
     * Returns the value of the deserializer as Connect data; the schema is null if the format has none.
     *
     * @throws org.apache.kafka.connect.errors.DataException if Connect has no such type
     */
    SchemaAndValue toConnect(Object value);
}
