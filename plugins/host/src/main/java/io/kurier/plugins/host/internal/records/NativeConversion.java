// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Leaves keys or values as they are, for the topic's serializer. Those of Connect's own types are no input for it. */
final class NativeConversion implements Conversion {
    private final Stage stage;
    private final String converterKey;

    /**
     * Creates the conversion.
     *
     * @param converterKey the key that can name a converter, for errors
     */
    NativeConversion(Stage stage, String converterKey) {
        this.stage = stage;
        this.converterKey = converterKey;
    }

    @Override
    public @Nullable Object convert(
            SourceRecord record, @Nullable Headers headers, @Nullable Schema schema, @Nullable Object data)
            throws RecordException {
        if (schema == null || data == null || data instanceof String) {
            return data;
        }
        return switch (schema.type()) {
            case STRING, BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64 -> plain(schema, data);
            case BYTES -> data instanceof ByteBuffer buffer ? Buffers.bytes(buffer) : bytes(schema, data);
            default -> throw refused(schema);
        };
    }

    /** A date or a time of day has the schema of its number. */
    private Object plain(Schema schema, Object data) throws RecordException {
        if (data instanceof Number || data instanceof Boolean) {
            return data;
        }
        throw refused(schema);
    }

    /** A decimal has the schema of its bytes. */
    private Object bytes(Schema schema, Object data) throws RecordException {
        if (data instanceof byte[]) {
            return data;
        }
        throw refused(schema);
    }

    private RecordException refused(Schema schema) {
        String name = schema.name() == null ? schema.type().toString() : schema.name();
        String reason = "Connect data of the schema " + name + " needs a converter. Set " + converterKey
                + ", for example to org.apache.kafka.connect.json.JsonConverter.";
        return new RecordException(stage, NativeConversion.class, reason, new DataException(reason));
    }
}
