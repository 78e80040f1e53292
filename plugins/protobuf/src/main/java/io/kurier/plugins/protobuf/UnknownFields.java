// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a message that its descriptor lacks. Protobuf reads the bytes of another message without an error
 * and sets aside the fields that do not fit; this detects it.
 */
final class UnknownFields {

    private UnknownFields() {}

    /** Returns the first one, at any depth, as text; null if there is none. */
    static @Nullable String firstIn(Message message) {
        for (int number : message.getUnknownFields().asMap().keySet()) {
            return inWords(number, message.getDescriptorForType());
        }
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                String first = firstIn(field.getValue());
                if (first != null) {
                    return first;
                }
            }
        }
        return null;
    }

    private static @Nullable String firstIn(Object value) {
        if (value instanceof Message message) {
            return firstIn(message);
        }
        for (Object element : (List<?>) value) {
            String first = firstIn((Message) element);
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    private static String inWords(int number, Descriptor type) {
        FieldDescriptor declared = type.findFieldByNumber(number);
        String what = declared == null
                ? "is not in the descriptor"
                : "(" + declared.getName()
                        + ") has a wire type or an enum value that the descriptor does not declare for it";
        return "field " + number + " of message " + type.getFullName() + " " + what
                + "; another message's or an older descriptor? Set message or replace the descriptor set, or set"
                + " unknown.fields=keep to publish such fields as they are";
    }
}
