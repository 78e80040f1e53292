// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Descriptors without what a .proto text does not keep. */
final class Normal {
    private static final Set<String> NOT_KEPT = Set.of(
            "google.protobuf.FileDescriptorProto.name",
            "google.protobuf.FileDescriptorProto.source_code_info",
            "google.protobuf.FieldDescriptorProto.json_name",
            "google.protobuf.DescriptorProto.ExtensionRange.options",
            "google.protobuf.FieldOptions.targets",
            "google.protobuf.FieldOptions.edition_defaults",
            "google.protobuf.FieldOptions.feature_support");

    private Normal() {}

    static FileDescriptorProto of(byte[] file) throws InvalidProtocolBufferException {
        return of(FileDescriptorProto.parseFrom(file));
    }

    static FileDescriptorProto of(FileDescriptorProto file) {
        FileDescriptorProto.Builder builder = file.toBuilder();
        strip(builder);
        return builder.build();
    }

    private static void strip(Message.Builder message) {
        message.setUnknownFields(UnknownFieldSet.getDefaultInstance());
        for (FieldDescriptor field : message.getAllFields().keySet()) {
            if (field.isExtension() || (NOT_KEPT.contains(field.getFullName()) && !isOwnJsonName(message))) {
                message.clearField(field);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                stripField(message, field);
            }
        }
    }

    private static boolean isOwnJsonName(Message.Builder message) {
        return message instanceof FieldDescriptorProto.Builder field
                && field.getExtendee().isEmpty()
                && field.getJsonName().startsWith("json:");
    }

    private static void stripField(Message.Builder message, FieldDescriptor field) {
        if (field.isRepeated()) {
            List<Message> stripped = new ArrayList<>();
            for (Object each : (List<?>) message.getField(field)) {
                Message.Builder builder = ((Message) each).toBuilder();
                strip(builder);
                stripped.add(builder.build());
            }
            message.setField(field, stripped);
            return;
        }
        Message.Builder builder = ((Message) message.getField(field)).toBuilder();
        strip(builder);
        Message built = builder.build();
        if (built.equals(built.getDefaultInstanceForType())) {
            message.clearField(field);
        } else {
            message.setField(field, built);
        }
    }
}
