// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kurier.spi.PayloadSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A message type as a framing sees it. */
record ProtobufSchema(Descriptor nativeSchema) implements PayloadSchema {

    @Override
    public String format() {
        return ProtobufFormat.NAME;
    }

    @Override
    public String fullName() {
        return nativeSchema.getFullName();
    }

    @Override
    public String text() {
        return text(nativeSchema.getFile());
    }

    private static String text(FileDescriptor file) {
        return Base64.getEncoder().encodeToString(file.toProto().toByteArray());
    }

    @Override
    public Map<String, String> imports() {
        Map<String, String> imports = new HashMap<>();
        Deque<FileDescriptor> left = new ArrayDeque<>(nativeSchema.getFile().getDependencies());
        while (!left.isEmpty()) {
            FileDescriptor file = left.pop();
            if (!imports.containsKey(file.getName())) {
                imports.put(file.getName(), text(file));
                left.addAll(file.getDependencies());
            }
        }
        return Map.copyOf(imports);
    }

    @Override
    public List<Integer> messageIndexes() {
        List<Integer> path = new ArrayList<>();
        for (Descriptor each = nativeSchema; each != null; each = each.getContainingType()) {
            path.add(index(each));
        }
        Collections.reverse(path);
        return List.copyOf(path);
    }

    /**
     * Returns how many messages are declared before one in its parent. A descriptor also has a message for each map
     * field before it, which the text of a {@code .proto} file does not declare.
     */
    private static int index(Descriptor message) {
        Descriptor parent = message.getContainingType();
        List<Descriptor> siblings = parent == null ? message.getFile().getMessageTypes() : parent.getNestedTypes();
        return (int) siblings.subList(0, message.getIndex()).stream()
                .filter(before -> !before.getOptions().getMapEntry())
                .count();
    }
}
