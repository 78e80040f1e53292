// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.FieldProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One field in the messages of a type. Immutable.
 *
 * @param steps the fields of the nested messages that lead to it, and the field itself; empty if there is none
 * @param problem why it cannot be read; null if it can
 */
record MessageField(List<FieldDescriptor> steps, @Nullable FieldProblem problem) {

    /** Finds the field of a path. */
    static MessageField of(FieldPath path, Descriptor type) {
        List<FieldDescriptor> steps = new ArrayList<>();
        Descriptor message = type;
        for (int level = 0; level < path.length(); level++) {
            FieldDescriptor step = message.findFieldByName(path.name(level));
            boolean isLast = level == path.length() - 1;
            FieldProblem problem =
                    step == null ? missing(path, level, message) : problem(path, level + 1, step, isLast);
            if (step == null || problem != null) {
                return new MessageField(List.of(), problem);
            }
            steps.add(step);
            message = isLast ? message : step.getMessageType();
        }
        return new MessageField(List.copyOf(steps), null);
    }

    private static FieldProblem missing(FieldPath path, int level, Descriptor message) {
        return path.missing(level, "the message " + message.getFullName(), names(message));
    }

    private static @Nullable FieldProblem problem(FieldPath path, int names, FieldDescriptor field, boolean isLast) {
        boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (field.isRepeated()) {
            String kind = field.isMapField() ? "a map" : "a list";
            return isLast ? path.otherKind(kind) : path.noFields(names, kind);
        }
        if (!isLast) {
            return isMessage ? null : path.noFields(names, "of the type " + kind(field));
        }
        return switch (field.getJavaType()) {
            case MESSAGE ->
                path.ofRecord("the message " + field.getMessageType().getFullName(), names(field.getMessageType()));
            case FLOAT, DOUBLE -> path.otherKind("a " + kind(field) + ", which can have a fraction");
            default -> null;
        };
    }

    private static String kind(FieldDescriptor field) {
        return field.getType().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> names(Descriptor message) {
        return message.getFields().stream().map(FieldDescriptor::getName).toList();
    }

    /**
     * Returns the bytes of the field in a message; null if it is missing.
     *
     * @param maxDepth how many levels a message may be nested
     * @throws IOException if the bytes are no message
     * @throws org.apache.kafka.common.errors.SerializationException if messages of the type have a field of another kind
     *     in its place
     */
    byte @Nullable [] read(byte[] bytes, int offset, int length, int maxDepth) throws IOException {
        if (problem != null) {
            if (problem.isMissing()) {
                return null;
            }
            throw problem.ofRecord();
        }
        return new MessageWalk(steps, bytes, offset, length, maxDepth).read();
    }
}
