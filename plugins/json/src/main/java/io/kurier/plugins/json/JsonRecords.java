// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Makes records of parsed values: finds the key, and keeps a JSON null from becoming a tombstone. */
final class JsonRecords {

    private final String keyField;

    /**
     * Creates records with keys from a field.
     *
     * @param keyField the name of the field; empty for records without keys
     */
    JsonRecords(String keyField) {
        this.keyField = keyField;
    }

    /**
     * Returns the record of a value.
     *
     * @param value the value that {@link ValueParser} made
     * @param where its position, for messages
     * @param after where it ends
     */
    ReadResult of(@Nullable Object value, String where, Position after) {
        if (value == null) {
            return ReadResult.Rejected.of(
                    where,
                    "the value is null, which as a record would be a tombstone: on a compacted topic it deletes what has"
                            + " the same key. Wrap it in an object if it is meant as data",
                    after);
        }
        Object key = keyField.isEmpty() || !(value instanceof Map<?, ?> fields) ? null : fields.get(keyField);
        if (key == null) {
            return ReadResult.Value.of(null, value, after);
        }
        if (key instanceof String) {
            return new ReadResult.Value(Schema.STRING_SCHEMA, key, null, value, List.of(), after);
        }
        return ReadResult.Rejected.of(
                where,
                "the field named by key.field=" + keyField + " is no string but a "
                        + key.getClass().getSimpleName()
                        + ", and a number has more than one way to be written as a key."
                        + " Write it as a string in the file, or name another field",
                after);
    }
}
