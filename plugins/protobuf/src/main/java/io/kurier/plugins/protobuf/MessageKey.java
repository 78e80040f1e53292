// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.kurier.plugins.files.internal.KeyText;
import org.jspecify.annotations.Nullable;

/** The text of a field as the key of a record. */
final class MessageKey {
    private MessageKey() {}

    /** Returns whether a field has one text: not a repeated field, a message or bytes. */
    static boolean isPossible(FieldDescriptor field) {
        return !field.isRepeated()
                && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                && field.getJavaType() != FieldDescriptor.JavaType.BYTE_STRING;
    }

    /** Returns the text of a field; null if the message does not have it. */
    static @Nullable String of(DynamicMessage message, FieldDescriptor field) {
        if (!message.hasField(field)) {
            return null;
        }
        Object value = message.getField(field);
        return switch (field.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
            case ENUM -> ((EnumValueDescriptor) value).getName();
            default -> KeyText.of(value);
        };
    }
}
