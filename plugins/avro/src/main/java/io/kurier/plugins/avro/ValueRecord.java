// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import java.util.List;
import org.apache.avro.JsonSchemaParser;
import org.apache.avro.Schema;

/**
 * The record around a value that is no record, because only records have their schema with them, by which they are
 * published: {@code io.kurier.avro.Value} with the one field {@code value}. A record's bytes are those of its fields one
 * after the other, so values are read by its schema as they are in the file. Kurier's Avro deserializer, given the schema
 * of such a file, expects the same record.
 */
final class ValueRecord {
    private static final String NAMESPACE = "io.kurier.avro";
    private static final String NAME = "Value";
    private static final String FIELD = "value";

    private ValueRecord() {}

    /**
     * The schema by which values are read and published: their own if they are records, whichever of a union.
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
