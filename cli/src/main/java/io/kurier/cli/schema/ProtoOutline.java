// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Locale;

/** The outline of .proto files: messages with their fields, enums with their values. */
final class ProtoOutline {
    private final SchemaOutline outline;

    ProtoOutline(SchemaOutline outline) {
        this.outline = outline;
    }

    void add(FileDescriptor file) {
        ProtoFiles.messages(file).values().forEach(this::message);
        file.getEnumTypes().forEach(this::enumeration);
    }

    private void message(Descriptor message) {
        outline.put(message.getFullName(), "message");
        message.getFields()
                .forEach(field -> outline.put(message.getFullName() + "." + field.getName(), description(field)));
        message.getEnumTypes().forEach(this::enumeration);
    }

    private void enumeration(EnumDescriptor type) {
        outline.put(type.getFullName(), "enum");
        type.getValues()
                .forEach(value -> outline.put(type.getFullName() + "." + value.getName(), "= " + value.getNumber()));
    }

    private static String description(FieldDescriptor field) {
        StringBuilder text = new StringBuilder();
        if (field.isMapField()) {
            Descriptor entry = field.getMessageType();
            text.append("map<")
                    .append(type(entry.findFieldByNumber(1)))
                    .append(", ")
                    .append(type(entry.findFieldByNumber(2)))
                    .append('>');
        } else {
            text.append(label(field)).append(type(field));
        }
        text.append(" = ").append(field.getNumber());
        if (field.getRealContainingOneof() != null) {
            text.append(", in oneof ").append(field.getRealContainingOneof().getName());
        }
        if (field.hasDefaultValue()) {
            text.append(", default ").append(field.toProto().getDefaultValue());
        }
        return text.toString();
    }

    private static String label(FieldDescriptor field) {
        if (field.isRepeated()) {
            return "repeated ";
        }
        return field.isRequired() ? "required " : field.toProto().getProto3Optional() ? "optional " : "";
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getType()) {
            case MESSAGE, GROUP -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    }
}
