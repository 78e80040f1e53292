// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf.internal;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Names the first required fields that a message lacks. Protobuf names all of them, and a message of a megabyte can
 * lack half a million.
 */
public final class MissingFields {
    private static final int NAMED = 5;

    private final List<String> names = new ArrayList<>();

    private MissingFields() {}

    /** Returns the paths of the first five, {@code id, items[0].count}, and dots if there are more; shows no values. */
    public static String in(Message message) {
        MissingFields missing = new MissingFields();
        missing.collect(message, "");
        boolean more = missing.names.size() > NAMED;
        return String.join(", ", more ? missing.names.subList(0, NAMED) : missing.names) + (more ? ", ..." : "");
    }

    private void collect(Message message, String path) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (names.size() <= NAMED && field.isRequired() && !message.hasField(field)) {
                names.add(path + field.getName());
            }
        }
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (names.size() <= NAMED && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collect(
                        entry.getValue(),
                        path + (field.isExtension() ? "(" + field.getFullName() + ")" : field.getName()));
            }
        }
    }

    private void collect(Object value, String path) {
        if (value instanceof Message message) {
            collect(message, path + ".");
            return;
        }
        int index = 0;
        for (Object element : (List<?>) value) {
            if (names.size() > NAMED) {
                return;
            }
            collect((Message) element, path + "[" + index++ + "].");
        }
    }
}
