// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.internal.KeyText;
import java.util.List;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Schema;

/**
 * Makes Kafka records from Avro records: finds the key, or returns why there is no record.
 *
 * @param keyField the name of the field with the key; empty for records without keys
 * @param maxBytes the maximum size of one record in a block, in bytes
 */
record AvroRecords(String keyField, int maxBytes) {

    /**
     * Detects a mistyped field before records without keys are published.
     *
     * @throws InvalidFileException if no record of the schema can have the key field
     */
    void checkKeyField(org.apache.avro.Schema schema) throws InvalidFileException {
        List<org.apache.avro.Schema> types = schema.isUnion() ? schema.getTypes() : List.of(schema);
        boolean found = types.stream()
                .filter(type -> type.getType() == org.apache.avro.Schema.Type.RECORD)
                .anyMatch(type -> type.getField(keyField) != null);
        if (!keyField.isEmpty() && !found) {
            throw new InvalidFileException("its schema has no field " + keyField
                    + ", which key names. Correct key, or remove it for records without keys");
        }
    }

    ReadResult tooLarge(int bytes, String where, Position after) {
        return ReadResult.Rejected.of(where, ReadResult.tooLarge("the record has " + bytes, maxBytes), after);
    }

    ReadResult of(IndexedRecord record, String where, Position after) {
        Field field = keyField.isEmpty() ? null : record.getSchema().getField(keyField);
        Object value = field == null ? null : record.get(field.pos());
        if (field == null || value == null) {
            return ReadResult.Value.of(null, record, after);
        }
        String key = KeyText.of(value instanceof GenericEnumSymbol<?> ? value.toString() : value);
        return key != null
                ? new ReadResult.Value(Schema.STRING_SCHEMA, key, null, record, List.of(), after)
                : ReadResult.Rejected.of(
                        where,
                        "the field " + keyField + ", which key names, is of the schema's type "
                                + field.schema().getType().getName()
                                + " and cannot be a key. Name a field with a string, a number, a boolean or an enum",
                        after);
    }
}
