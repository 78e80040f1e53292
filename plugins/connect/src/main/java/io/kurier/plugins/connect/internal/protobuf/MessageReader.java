// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Makes the Structs of one message type. Immutable. */
final class MessageReader {
    private final Schema schema;
    private final FieldReader[] fields;

    /** Makes Connect data of what a field of a message holds. */
    @FunctionalInterface
    private interface Decoder {
        Object decode(Object value);
    }

    private record FieldReader(FieldDescriptor source, Field field, Decoder decoder) {}

    private MessageReader(Schema schema, FieldReader[] fields) {
        this.schema = schema;
        this.fields = fields;
    }

    static MessageReader of(Descriptor type) {
        return of(type, struct(type, "", new HashSet<>()).build());
    }

    private static MessageReader of(Descriptor type, Schema schema) {
        FieldReader[] fields = type.getFields().stream()
                .map(source -> {
                    Field field = schema.field(source.getName());
                    return new FieldReader(source, field, decoder(source, field.schema()));
                })
                .toArray(FieldReader[]::new);
        return new MessageReader(schema, fields);
    }

    private static SchemaBuilder struct(Descriptor type, String path, Set<String> open) {
        if (!open.add(type.getFullName())) {
            throw new DataException((path.isEmpty() ? "the value" : path) + ": the message " + type.getFullName()
                    + " contains itself, and Connect has no such type");
        }
        SchemaBuilder struct = SchemaBuilder.struct().name(type.getFullName());
        for (FieldDescriptor field : type.getFields()) {
            String own = path.isEmpty() ? field.getName() : path + "." + field.getName();
            struct.field(field.getName(), field(field, own, open));
        }
        open.remove(type.getFullName());
        return struct;
    }

    private static Schema field(FieldDescriptor field, String path, Set<String> open) {
        if (field.isMapField()) {
            Descriptor entry = field.getMessageType();
            return SchemaBuilder.map(
                            single(entry.findFieldByNumber(1), path, open).build(),
                            single(entry.findFieldByNumber(2), path + "{}", open)
                                    .build())
                    .build();
        }
        SchemaBuilder single = single(field, path, open);
        if (field.isRepeated()) {
            return SchemaBuilder.array(single.build()).build();
        }
        return field.hasPresence() ? single.optional().build() : single.build();
    }

    private static SchemaBuilder single(FieldDescriptor field, String path, Set<String> open) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> SchemaBuilder.int32();
            case INT64, SINT64, SFIXED64, UINT32, FIXED32, UINT64, FIXED64 -> SchemaBuilder.int64();
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            case BOOL -> SchemaBuilder.bool();
            case STRING, ENUM -> SchemaBuilder.string();
            case BYTES -> SchemaBuilder.bytes();
            case MESSAGE, GROUP -> {
                SchemaBuilder logical = LogicalTypes.schema(field.getMessageType());
                yield logical == null ? struct(field.getMessageType(), path, open) : logical;
            }
        };
    }

    private static Decoder decoder(FieldDescriptor source, Schema schema) {
        if (source.isMapField()) {
            FieldDescriptor key = source.getMessageType().findFieldByNumber(1);
            FieldDescriptor value = source.getMessageType().findFieldByNumber(2);
            Decoder keys = single(key, schema.keySchema());
            Decoder values = single(value, schema.valueSchema());
            return read -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (Object each : (List<?>) read) {
                    Message entry = (Message) each;
                    map.put(keys.decode(entry.getField(key)), values.decode(entry.getField(value)));
                }
                return map;
            };
        }
        if (source.isRepeated()) {
            Decoder element = single(source, schema.valueSchema());
            return read -> {
                List<Object> list = new ArrayList<>();
                ((List<?>) read).forEach(each -> list.add(element.decode(each)));
                return list;
            };
        }
        return single(source, schema);
    }

    private static Decoder single(FieldDescriptor source, Schema schema) {
        return switch (source.getType()) {
            case UINT32, FIXED32 -> read -> Integer.toUnsignedLong((Integer) read);
            case ENUM -> read -> ((EnumValueDescriptor) read).getName();
            case BYTES -> read -> ((ByteString) read).asReadOnlyByteBuffer();
            case MESSAGE, GROUP -> {
                if (LogicalTypes.schema(source.getMessageType()) != null) {
                    yield read -> LogicalTypes.data(schema, (Message) read);
                }
                MessageReader nested = of(source.getMessageType(), schema);
                yield read -> nested.struct((Message) read);
            }
            default -> read -> read;
        };
    }

    Schema schema() {
        return schema;
    }

    Struct struct(Message message) {
        Struct struct = new Struct(schema);
        for (FieldReader each : fields) {
            if (!each.source().hasPresence() || message.hasField(each.source())) {
                struct.put(each.field(), each.decoder().decode(message.getField(each.source())));
            }
        }
        return struct;
    }
}
