// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.kurier.internal.Surrogates;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text with an unpaired surrogate, for which protobuf-java writes a question mark and a line in the log. A
 * message is searched only if the written bytes contain a question mark.
 */
final class TruncatedText {
    private TruncatedText() {}

    /** Returns the place and the reason, or null if no text has an unpaired surrogate; shows no values. */
    static @Nullable String in(Message message, byte[] written) {
        for (byte each : written) {
            if (each == '?') {
                return in(message);
            }
        }
        return null;
    }

    /** The path is built while returning, since hardly any message has one. */
    private static @Nullable String in(Message message) {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            boolean holds = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    || field.getJavaType() == FieldDescriptor.JavaType.STRING;
            String found = holds ? inValue(entry.getValue()) : null;
            if (found != null) {
                return (field.isExtension() ? "(" + field.getFullName() + ")" : field.getName()) + found;
            }
        }
        return null;
    }

    private static @Nullable String inValue(Object value) {
        if (value instanceof String text) {
            return Surrogates.indexOfHalf(text) < 0 ? null : ": " + Surrogates.describe(text);
        }
        if (value instanceof Message message) {
            String found = in(message);
            return found == null ? null : "." + found;
        }
        int index = 0;
        for (Object element : (List<?>) value) {
            String found = inValue(element);
            if (found != null) {
                return "[" + index + "]" + found;
            }
            index++;
        }
        return null;
    }
}
