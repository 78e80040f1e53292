// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import java.util.Locale;
import java.util.Map;

/** Message types that only a descriptor set has: with a field of each type of whole numbers, and with a closed enum. */
final class NumberTypes {
    private static final Map<Object, String> SIGNED = Map.of(Integer.MIN_VALUE, "-2147483648", -1, "-1", 5, "5");
    private static final Map<Object, String> UNSIGNED = Map.of(Integer.MIN_VALUE, "2147483648", -1, "4294967295");
    private static final Map<Object, String> LONG_SIGNED =
            Map.of(Long.MIN_VALUE, "-9223372036854775808", -1L, "-1", 5L, "5");
    private static final Map<Object, String> LONG_UNSIGNED =
            Map.of(Long.MIN_VALUE, "9223372036854775808", -1L, "18446744073709551615");

    private NumberTypes() {}

    /** The values of a type, with their texts. */
    enum Sample {
        INT32(SIGNED),
        SINT32(SIGNED),
        SFIXED32(SIGNED),
        UINT32(UNSIGNED),
        FIXED32(UNSIGNED),
        INT64(LONG_SIGNED),
        SINT64(LONG_SIGNED),
        SFIXED64(LONG_SIGNED),
        UINT64(LONG_UNSIGNED),
        FIXED64(LONG_UNSIGNED),
        BOOL(Map.of(true, "true", false, "false"));

        private final Map<Object, String> texts;

        Sample(Map<Object, String> texts) {
            this.texts = texts;
        }

        Map<Object, String> texts() {
            return texts;
        }

        String field() {
            return "a_" + name().toLowerCase(Locale.ROOT);
        }

        String absent() {
            return this == BOOL ? "false" : "0";
        }
    }

    /** Returns the descriptor set of the message. */
    static byte[] set() {
        DescriptorProto.Builder numbers = DescriptorProto.newBuilder().setName("Numbers");
        for (Sample each : Sample.values()) {
            numbers.addField(field(each.field(), each.ordinal() + 1, Type.valueOf("TYPE_" + each.name())));
        }
        return FileDescriptorSet.newBuilder()
                .addFile(FileDescriptorProto.newBuilder()
                        .setName("numbers.proto")
                        .setSyntax("proto3")
                        .addMessageType(numbers))
                .build()
                .toByteArray();
    }

    /** Returns the descriptor set of a message of proto2 with a closed enum. */
    static byte[] closed() {
        EnumDescriptorProto state = EnumDescriptorProto.newBuilder()
                .setName("State")
                .addValue(EnumValueDescriptorProto.newBuilder().setName("OPEN").setNumber(0))
                .addValue(EnumValueDescriptorProto.newBuilder().setName("PAID").setNumber(1))
                .build();
        DescriptorProto closed = DescriptorProto.newBuilder()
                .setName("Closed")
                .addOneofDecl(OneofDescriptorProto.newBuilder().setName("choice"))
                .addField(field("state", 1, Type.TYPE_ENUM).setTypeName(".State"))
                .addField(field("note", 2, Type.TYPE_STRING))
                .addField(field("one", 3, Type.TYPE_INT32).setOneofIndex(0))
                .addField(
                        field("other", 4, Type.TYPE_ENUM).setTypeName(".State").setOneofIndex(0))
                .build();
        return FileDescriptorSet.newBuilder()
                .addFile(FileDescriptorProto.newBuilder()
                        .setName("closed.proto")
                        .setSyntax("proto2")
                        .addEnumType(state)
                        .addMessageType(closed))
                .build()
                .toByteArray();
    }

    private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
        return FieldDescriptorProto.newBuilder().setName(name).setNumber(number).setType(type);
    }

    /** Returns a message with one value. */
    static Message message(Sample sample, Object value) {
        Descriptor type = DescriptorSet.parse(set()).message("Numbers");
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName(sample.field()), value)
                .build();
    }
}
