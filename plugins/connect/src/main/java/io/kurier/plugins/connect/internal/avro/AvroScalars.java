// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.avro;

import static org.apache.avro.Schema.Type;

import io.kurier.plugins.connect.internal.avro.AvroWriter.Encoder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes the scalars of Connect, and its logical types, whose Java types differ from those of their base types. */
final class AvroScalars {
    /** What Connect's Decimal does not say: enough for every database. */
    private static final int PRECISION = 64;

    private AvroScalars() {}

    static AvroWriter writer(org.apache.kafka.connect.data.Schema connect, String path) {
        String name = connect.name() == null ? "" : connect.name();
        return switch (name) {
            case Decimal.LOGICAL_NAME -> decimal(connect, path);
            case Date.LOGICAL_NAME ->
                logical(Type.INT, LogicalTypes.date(), data -> Date.fromLogical(connect, (java.util.Date) data));
            case Time.LOGICAL_NAME ->
                logical(Type.INT, LogicalTypes.timeMillis(), data -> Time.fromLogical(connect, (java.util.Date) data));
            case Timestamp.LOGICAL_NAME ->
                logical(
                        Type.LONG,
                        LogicalTypes.timestampMillis(),
                        data -> Timestamp.fromLogical(connect, (java.util.Date) data));
            default -> plain(connect);
        };
    }

    private static AvroWriter logical(Type type, LogicalType logical, Encoder encoder) {
        return new AvroWriter(logical.addToSchema(Schema.create(type)), encoder);
    }

    private static AvroWriter plain(org.apache.kafka.connect.data.Schema connect) {
        return switch (connect.type()) {
            case INT8 -> small("int8");
            case INT16 -> small("int16");
            case INT32 -> new AvroWriter(Schema.create(Type.INT), data -> data);
            case INT64 -> new AvroWriter(Schema.create(Type.LONG), data -> data);
            case FLOAT32 -> new AvroWriter(Schema.create(Type.FLOAT), data -> data);
            case FLOAT64 -> new AvroWriter(Schema.create(Type.DOUBLE), data -> data);
            case BOOLEAN -> new AvroWriter(Schema.create(Type.BOOLEAN), data -> data);
            case STRING -> new AvroWriter(Schema.create(Type.STRING), data -> data);
            case BYTES ->
                new AvroWriter(
                        Schema.create(Type.BYTES),
                        data -> data instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : data);
            default -> throw new DataException("no scalar: " + connect.type());
        };
    }

    private static AvroWriter small(String type) {
        Schema avro = Schema.create(Type.INT);
        avro.addProp(AvroNames.TYPE, type);
        return new AvroWriter(avro, data -> ((Number) Objects.requireNonNull(data)).intValue());
    }

    private static AvroWriter decimal(org.apache.kafka.connect.data.Schema connect, String path) {
        Map<String, String> parameters = connect.parameters() == null ? Map.of() : connect.parameters();
        int scale = number(parameters, Decimal.SCALE_FIELD, null, path);
        int precision = number(parameters, AvroNames.PRECISION, PRECISION, path);
        Schema avro = Schema.create(Type.BYTES);
        if (scale >= 0 && precision >= Math.max(1, scale)) { // Avro has no other ones; the bytes are the same
            LogicalTypes.decimal(precision, scale).addToSchema(avro);
        }
        return new AvroWriter(avro, data -> {
            try {
                return ByteBuffer.wrap(Decimal.fromLogical(connect, (BigDecimal) Objects.requireNonNull(data)));
            } catch (DataException e) {
                throw new DataException(path + ": the number's scale is not that of its schema, " + scale);
            }
        });
    }

    private static int number(Map<String, String> parameters, String key, @Nullable Integer other, String path) {
        String text = parameters.get(key);
        if (text == null && other != null) {
            return other;
        }
        try {
            return Integer.parseInt(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw new DataException(path + ": the parameter " + key + " of its Decimal is no number");
        }
    }
}
