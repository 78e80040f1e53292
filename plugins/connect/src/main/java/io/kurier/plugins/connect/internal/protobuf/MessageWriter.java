// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Makes the messages of one Connect schema. Immutable. */
final class MessageWriter {
    private final Descriptor type;
    private final FieldWriter[] fields;

    /** Makes what a field of a message takes; the data are not null. */
    @FunctionalInterface
    private interface Encoder {
        Object encode(Object data);
    }

    private record FieldWriter(Field field, FieldDescriptor target, Encoder encoder, String path) {}

    private MessageWriter(Descriptor type, FieldWriter[] fields) {
        this.type = type;
        this.fields = fields;
    }

    static MessageWriter of(Schema schema, Descriptor type, String path) {
        FieldWriter[] fields = schema.fields().stream()
                .map(field -> {
                    FieldDescriptor target = type.findFieldByNumber(field.index() + 1);
                    String own = path.isEmpty() ? field.name() : path + "." + field.name();
                    return new FieldWriter(field, target, encoder(field.schema(), target, own), own);
                })
                .toArray(FieldWriter[]::new);
        return new MessageWriter(type, fields);
    }

    private static Encoder encoder(Schema schema, FieldDescriptor target, String path) {
        return switch (schema.type()) {
            case ARRAY -> {
                Encoder element = single(schema.valueSchema(), target, path + "[]");
                yield data -> ((List<?>) data)
                        .stream()
                                .map(each -> element.encode(present(each, path + "[]")))
                                .toList();
            }
            case MAP -> map(schema, target.getMessageType(), path);
            default -> single(schema, target, path);
        };
    }

    private static Encoder map(Schema schema, Descriptor entry, String path) {
        FieldDescriptor key = entry.findFieldByNumber(1);
        FieldDescriptor value = entry.findFieldByNumber(2);
        Encoder keys = single(schema.keySchema(), key, path + "{key}");
        Encoder values = single(schema.valueSchema(), value, path + "{}");
        return data -> ((Map<?, ?>) data)
                .entrySet().stream()
                        .map(each -> DynamicMessage.newBuilder(entry)
                                .setField(key, keys.encode(present(each.getKey(), path + "{key}")))
                                .setField(value, values.encode(present(each.getValue(), path + "{}")))
                                .build())
                        .toList();
    }

    private static Object present(@Nullable Object data, String path) {
        if (data == null) {
            throw new DataException(path + ": it is null, and Protobuf has no null there");
        }
        return data;
    }

    private static Encoder single(Schema schema, FieldDescriptor target, String path) {
        if (LogicalTypes.of(schema) != null) {
            return data -> LogicalTypes.message(schema, data);
        }
        return switch (schema.type()) {
            case STRUCT -> {
                MessageWriter nested = of(schema, target.getMessageType(), path);
                yield data -> nested.message((Struct) data);
            }
            case INT8, INT16 -> data -> ((Number) data).intValue();
            case BYTES ->
                data -> data instanceof ByteBuffer buffer
                        ? ByteString.copyFrom(buffer.duplicate())
                        : ByteString.copyFrom((byte[]) data);
            default -> data -> data;
        };
    }

    /**
     * Returns the message of a Struct. A list or map that is null is an empty one, since a message cannot tell them
     * apart.
     */
    Message message(Struct struct) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldWriter each : fields) {
            String name = each.field().name();
            // the default stands for a missing value, not for a null that the schema allows
            boolean optional = each.field().schema().isOptional();
            Object data = optional ? struct.getWithoutDefault(name) : struct.get(name);
            if (data != null) {
                message.setField(each.target(), each.encoder().encode(data));
            } else if (!optional) {
                throw new DataException(each.path() + ": it is null, and its schema is not optional");
            }
        }
        return message.build();
    }
}
