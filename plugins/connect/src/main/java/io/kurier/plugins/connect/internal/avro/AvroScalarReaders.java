// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.avro;

import io.kurier.plugins.connect.internal.avro.AvroReader.Decoder;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/** Reads Avro's scalars, with the logical types that Connect has; others stay their base types. */
final class AvroScalarReaders {
    private AvroScalarReaders() {}

    static SchemaBuilder schema(Schema avro) {
        LogicalType logical = avro.getLogicalType();
        return switch (avro.getType()) {
            case INT -> {
                if (logical instanceof LogicalTypes.Date) {
                    yield Date.builder();
                }
                if (logical instanceof LogicalTypes.TimeMillis) {
                    yield Time.builder();
                }
                String small = String.valueOf(avro.getProp(AvroNames.TYPE));
                yield small.equals("int8")
                        ? SchemaBuilder.int8()
                        : small.equals("int16") ? SchemaBuilder.int16() : SchemaBuilder.int32();
            }
            case LONG -> logical instanceof LogicalTypes.TimestampMillis ? Timestamp.builder() : SchemaBuilder.int64();
            case BYTES, FIXED ->
                logical instanceof LogicalTypes.Decimal decimal ? decimal(avro, decimal) : SchemaBuilder.bytes();
            case BOOLEAN -> SchemaBuilder.bool();
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            default -> throw new DataException("no scalar: " + avro.getType());
        };
    }

    private static SchemaBuilder decimal(Schema avro, LogicalTypes.Decimal decimal) {
        SchemaBuilder connect = Decimal.builder(decimal.getScale());
        return avro.getObjectProp(AvroNames.PARAMETERS) == null
                ? connect.parameter(AvroNames.PRECISION, Integer.toString(decimal.getPrecision()))
                : connect;
    }

    static Decoder decoder(Schema avro, org.apache.kafka.connect.data.Schema connect) {
        String name = connect.name() == null ? "" : connect.name();
        return switch (name) {
            case Decimal.LOGICAL_NAME -> value -> Decimal.toLogical(connect, bytes(Objects.requireNonNull(value)));
            case Date.LOGICAL_NAME -> value -> Date.toLogical(connect, (Integer) Objects.requireNonNull(value));
            case Time.LOGICAL_NAME -> value -> Time.toLogical(connect, (Integer) Objects.requireNonNull(value));
            case Timestamp.LOGICAL_NAME -> value -> Timestamp.toLogical(connect, (Long) Objects.requireNonNull(value));
            default -> plain(connect.type());
        };
    }

    private static Decoder plain(org.apache.kafka.connect.data.Schema.Type type) {
        return switch (type) {
            case INT8 -> value -> ((Number) Objects.requireNonNull(value)).byteValue();
            case INT16 -> value -> ((Number) Objects.requireNonNull(value)).shortValue();
            case STRING -> value -> Objects.requireNonNull(value).toString();
            case BYTES -> value -> ByteBuffer.wrap(bytes(Objects.requireNonNull(value)));
            default -> value -> value;
        };
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
