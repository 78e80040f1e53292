// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import java.util.List;
import org.apache.avro.JsonSchemaParser;
import org.apache.avro.Schema;

/**
 * The record around a value that is not a record, because only records carry the schema by which they are published:
 * {@code io.kurier.avro.Value} with the one field {@code value}. The bytes of a record are those of its fields one
 * after the other, so values are read by the schema of this record as they are in the file. Kurier's Avro deserializer
 * expects the same record if it is given the schema of the file.
 */
final class ValueRecord {
    private static final String NAMESPACE = "io.kurier.avro";
    private static final String NAME = "Value";
    private static final String FIELD = "value";

    private ValueRecord() {}

    /**
     * Returns the schema by which values are read and published: their own if they are records, or a union of records.
     *
     * @throws InvalidFileException if the values have a type of the record's name
     */
    static Schema around(Schema values) throws InvalidFileException {
        boolean records = values.isUnion()
                ? values.getTypes().stream().allMatch(branch -> branch.getType() == Schema.Type.RECORD)
                        && !values.getTypes().isEmpty()
                : values.getType() == Schema.Type.RECORD;
        if (records) {
            return values;
        }
        Schema record = Schema.createRecord(NAME, null, NAMESPACE, false, List.of(new Schema.Field(FIELD, values)));
        if (!isReadAsItIsWritten(record)) {
            throw new InvalidFileException("its values are no records and have a type named " + record.getFullName()
                    + ", which is the name of the record that they would be published in. Rename it");
        }
        return record;
    }

    private static boolean isReadAsItIsWritten(Schema record) {
        try {
            return JsonSchemaParser.parseInternal(record.toString()).equals(record);
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }
}
