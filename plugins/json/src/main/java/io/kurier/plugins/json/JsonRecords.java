// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.internal.KeyText;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Makes records of parsed values: finds the key, and keeps a JSON null from becoming a tombstone. */
final class JsonRecords {

    private final String keyField;
    private final List<String> path;

    /**
     * Creates records with keys from a field.
     *
     * @param keyField the name of the field, or the names of nested ones with dots between; empty for records without keys
     */
    JsonRecords(String keyField) {
        this.keyField = keyField;
        this.path = List.of(keyField.split("\\.", -1));
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
        Object field = keyField.isEmpty() ? null : field(value);
        if (field == null) {
            return ReadResult.Value.of(null, value, after);
        }
        String key = KeyText.of(field);
        return key != null
                ? new ReadResult.Value(Schema.STRING_SCHEMA, key, null, value, List.of(), after)
                : ReadResult.Rejected.of(
                        where,
                        "the field " + keyField + ", which key names, is "
                                + (field instanceof Map ? "an object" : "an array")
                                + " and cannot be a key. Name a field with a string, a number or a boolean",
                        after);
    }

    /** Returns the field of the whole name, or else the one to which its parts between the dots lead. */
    private @Nullable Object field(Object value) {
        if (value instanceof Map<?, ?> fields && fields.containsKey(keyField)) {
            return fields.get(keyField);
        }
        Object found = value;
        for (String part : path) {
            found = found instanceof Map<?, ?> fields ? fields.get(part) : null;
        }
        return found;
    }
}
