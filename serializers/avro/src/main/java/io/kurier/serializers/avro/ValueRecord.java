// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.util.List;
import org.apache.avro.Schema;

/**
 * The record around a value that is not a record and has no schema of its own: {@code io.kurier.avro.Value} with the
 * one field {@code value}. Kurier's connector publishes the values of container files as these records, and a reader
 * that is given the schema of such a file expects them. The bytes are those of the value alone (Avro specification,
 * "Complex Types").
 */
final class ValueRecord {
    private static final String NAMESPACE = "io.kurier.avro";
    private static final String NAME = "Value";
    private static final String FIELD = "value";

    private ValueRecord() {}

    /** Returns the schemas of the records as which values of a schema are published. */
    static List<Schema> schemasOf(Schema values) {
        if (values.getType() == Schema.Type.RECORD) {
            return List.of(values);
        }
        boolean records = values.isUnion()
                && !values.getTypes().isEmpty()
                && values.getTypes().stream().allMatch(branch -> branch.getType() == Schema.Type.RECORD);
        return records
                ? values.getTypes()
                : List.of(Schema.createRecord(NAME, null, NAMESPACE, false, List.of(new Schema.Field(FIELD, values))));
    }
}
