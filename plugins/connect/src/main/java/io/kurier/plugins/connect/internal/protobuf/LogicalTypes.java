// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TimestampProto;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * The messages that stand for Connect's logical types: {@code google.protobuf.Timestamp}, and those of the public files
 * {@code google/type/*.proto}, which need not be a dependency for that.
 */
final class LogicalTypes {
    private static final Descriptor TIMESTAMP = TimestampProto.getDescriptor().findMessageTypeByName("Timestamp");
    private static final Descriptor DATE = type("date", "Date", Type.TYPE_INT32, "year", "month", "day");
    private static final Descriptor TIME =
            type("timeofday", "TimeOfDay", Type.TYPE_INT32, "hours", "minutes", "seconds", "nanos");
    private static final Descriptor DECIMAL = type("decimal", "Decimal", Type.TYPE_STRING, "value");

    private static final Map<String, Descriptor> BY_CONNECT = Map.of(
            Timestamp.LOGICAL_NAME, TIMESTAMP,
            Date.LOGICAL_NAME, DATE,
            Time.LOGICAL_NAME, TIME,
            Decimal.LOGICAL_NAME, DECIMAL);

    private LogicalTypes() {}

    private static Descriptor type(String file, String name, Type type, String... fields) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (int i = 0; i < fields.length; i++) {
            message.addField(FieldDescriptorProto.newBuilder()
                    .setName(fields[i])
                    .setNumber(i + 1)
                    .setLabel(Label.LABEL_OPTIONAL)
                    .setType(type));
        }
        FileDescriptorProto proto = FileDescriptorProto.newBuilder()
                .setName("google/type/" + file + ".proto")
                .setPackage("google.type")
                .setSyntax("proto3")
                .addMessageType(message)
                .build();
        try {
            return FileDescriptor.buildFrom(proto, new FileDescriptor[0]).findMessageTypeByName(name);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the message of a logical type; null if the schema is none of them. */
    static @Nullable Descriptor of(Schema schema) {
        return schema.name() == null ? null : BY_CONNECT.get(schema.name());
    }

    static Message message(Schema schema, Object data) {
        if (data instanceof BigDecimal number) {
            return DynamicMessage.newBuilder(DECIMAL)
                    .setField(DECIMAL.findFieldByNumber(1), number.toString())
                    .build();
        }
        java.util.Date date = (java.util.Date) data;
        return switch (schema.name()) {
            case Date.LOGICAL_NAME -> {
                LocalDate day = LocalDate.ofEpochDay(Date.fromLogical(schema, date));
                yield ints(DATE, day.getYear(), day.getMonthValue(), day.getDayOfMonth());
            }
            case Time.LOGICAL_NAME -> {
                int millis = Time.fromLogical(schema, date);
                yield ints(TIME, millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60, nanos(millis));
            }
            default ->
                com.google.protobuf.Timestamp.newBuilder()
                        .setSeconds(Math.floorDiv(date.getTime(), 1_000L))
                        .setNanos(nanos(date.getTime()))
                        .build();
        };
    }

    private static int nanos(long millis) {
        return (int) TimeUnit.MILLISECONDS.toNanos(Math.floorMod(millis, 1_000L));
    }

    private static Message ints(Descriptor type, int... values) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (int i = 0; i < values.length; i++) {
            message.setField(type.findFieldByNumber(i + 1), values[i]);
        }
        return message.build();
    }

    /** Returns the schema of a message that stands for a logical type; null if it does not. */
    static @Nullable SchemaBuilder schema(Descriptor type) {
        return switch (type.getFullName()) {
            case "google.protobuf.Timestamp" -> Timestamp.builder();
            case "google.type.Date" -> Date.builder();
            case "google.type.TimeOfDay" -> Time.builder();
            // its scale is in each number, where Connect's Decimal has one for all
            case "google.type.Decimal" -> SchemaBuilder.string();
            default -> null;
        };
    }

    /** Returns the data of a message that has such a schema. */
    static Object data(Schema schema, Message message) {
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case Timestamp.LOGICAL_NAME ->
                new java.util.Date(Math.addExact(
                        Math.multiplyExact(number(message, 1), 1_000L),
                        TimeUnit.NANOSECONDS.toMillis(number(message, 2))));
            case Date.LOGICAL_NAME -> {
                LocalDate day =
                        LocalDate.of((int) number(message, 1), (int) number(message, 2), (int) number(message, 3));
                yield Date.toLogical(schema, Math.toIntExact(day.toEpochDay()));
            }
            case Time.LOGICAL_NAME ->
                Time.toLogical(
                        schema,
                        Math.toIntExact(number(message, 1) * 3_600_000
                                + number(message, 2) * 60_000
                                + number(message, 3) * 1_000
                                + TimeUnit.NANOSECONDS.toMillis(number(message, 4))));
            default -> message.getField(message.getDescriptorForType().findFieldByNumber(1));
        };
    }

    private static long number(Message message, int field) {
        return ((Number) message.getField(message.getDescriptorForType().findFieldByNumber(field))).longValue();
    }
}
