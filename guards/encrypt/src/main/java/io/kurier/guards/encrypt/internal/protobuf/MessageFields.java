// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.FieldProblem;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Whether a field of a message type can be encrypted: whether it can hold an envelope. */
final class MessageFields {
    private MessageFields() {}

    /**
     * Checks the field of a path.
     *
     * @param types the types of a topic; a field that some of them do not have is missing from their messages
     * @throws ConfigException if none of the types has it, or it cannot hold an envelope in one of them
     */
    static void check(FieldPath path, Collection<Descriptor> types) {
        FieldProblem worst = null;
        boolean isFound = false;
        for (Descriptor type : types) {
            FieldProblem problem = problem(path, type, 0);
            isFound |= problem == null;
            if (problem != null && (worst == null || (worst.isMissing() && !problem.isMissing()))) {
                worst = problem;
            }
        }
        if (worst != null && !(isFound && worst.isMissing())) {
            throw new ConfigException("the field " + path + " cannot be encrypted: " + worst.reason());
        }
    }

    private static @Nullable FieldProblem problem(FieldPath path, Descriptor message, int level) {
        FieldDescriptor field = message.findFieldByName(path.name(level));
        if (field == null) {
            return path.missing(level, "the message " + message.getFullName(), names(message));
        }
        FieldDescriptor element = element(field);
        boolean isMessage = element.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (level < path.length() - 1) {
            return isMessage
                    ? problem(path, element.getMessageType(), level + 1)
                    : path.noFields(level + 1, "of the type " + type(element));
        }
        if (isMessage) {
            return path.ofRecord(
                    "the message " + element.getMessageType().getFullName(), names(element.getMessageType()));
        }
        return switch (element.getJavaType()) {
            case STRING, BYTE_STRING -> null;
            default ->
                new FieldProblem(
                        path,
                        false,
                        "it is of the type " + type(element) + ", and only string and bytes can hold an envelope");
        };
    }

    /** Returns the field that has the values: of a map, the one of its entries. */
    static FieldDescriptor element(FieldDescriptor field) {
        return field.isMapField() ? field.getMessageType().findFieldByNumber(2) : field;
    }

    private static String type(FieldDescriptor field) {
        return field.getType().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> names(Descriptor message) {
        return message.getFields().stream().map(FieldDescriptor::getName).toList();
    }
}
