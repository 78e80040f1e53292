// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.UninterpretedOption;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.StructProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.Value;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Protobuf's own messages, generated and dynamic: {@code Struct} has maps and contains itself, a file's description has
 * proto2's required fields, enums, and messages at many levels.
 */
final class ProtobufValues {
    /** Groups; empty messages; values in lists. */
    static final List<byte[]> LEVELS = Stream.of("a306", "0b", "0a00", "2200", "0a023200", "32040a023200")
            .map(digits -> HexFormat.of().parseHex(digits))
            .toList();

    private static final int DEEP = 40;

    private ProtobufValues() {}

    static Reading fill(Reading reading) {
        Value deep = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        for (int level = 0; level < DEEP; level++) {
            deep = Value.newBuilder()
                    .setListValue(ListValue.newBuilder().addValues(deep))
                    .build();
        }
        Struct struct = Struct.newBuilder()
                .putFields("deep", deep)
                .putFields("text", Value.newBuilder().setStringValue("Zoë 🦉").build())
                .putFields("number", Value.newBuilder().setNumberValue(-0.5).build())
                .build();
        FileDescriptorProto.Builder options = StructProto.getDescriptor().toProto().toBuilder();
        options.getOptionsBuilder()
                .addUninterpretedOption(UninterpretedOption.newBuilder()
                        .addName(UninterpretedOption.NamePart.newBuilder()
                                .setNamePart("a")
                                .setIsExtension(true))
                        .setNegativeIntValue(-1));
        return reading.with(
                        new ProtobufDeserializer<>(Struct.class),
                        ProtobufDeserializer.dynamic(Struct.getDescriptor()),
                        new ProtobufDeserializer<>(FileDescriptorProto.class),
                        ProtobufDeserializer.dynamic(FileDescriptorProto.getDescriptor()))
                .with(
                        new ProtobufSerializer<Message>(),
                        struct,
                        options.build(),
                        TypeProto.getDescriptor().toProto());
    }
}
