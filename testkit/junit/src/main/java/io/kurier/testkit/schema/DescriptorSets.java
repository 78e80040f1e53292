// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit.schema;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds messages in descriptor sets, which {@code protoc} writes. */
final class DescriptorSets {
    private DescriptorSets() {}

    /**
     * Returns the descriptor of a message.
     *
     * @throws IllegalArgumentException if the set is not valid, or has no such message
     */
    static Descriptor message(String fullName, byte[] set) {
        Map<String, FileDescriptor> files = files(set);
        for (FileDescriptor file : files.values()) {
            Descriptor found = find(fullName, file);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalArgumentException("the descriptor set has no message " + fullName + ". It has the files "
                + files.keySet().stream().sorted().toList());
    }

    private static @Nullable Descriptor find(String fullName, FileDescriptor file) {
        Deque<Descriptor> queue = new ArrayDeque<>(file.getMessageTypes());
        while (!queue.isEmpty()) {
            Descriptor message = queue.remove();
            if (message.getFullName().equals(fullName)) {
                return message;
            }
            queue.addAll(message.getNestedTypes());
        }
        return null;
    }

    private static Map<String, FileDescriptor> files(byte[] set) {
        Map<String, FileDescriptor> built = new HashMap<>();
        try {
            // protoc writes a file after its imports
            for (FileDescriptorProto file : FileDescriptorSet.parseFrom(set).getFileList()) {
                FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
                for (int i = 0; i < imports.length; i++) {
                    FileDescriptor imported = built.get(file.getDependency(i));
                    if (imported == null) {
                        throw new IllegalArgumentException("the descriptor set lacks " + file.getDependency(i)
                                + ", which " + file.getName() + " imports. Write it by protoc --include_imports");
                    }
                    imports[i] = imported;
                }
                built.put(file.getName(), FileDescriptor.buildFrom(file, imports));
            }
        } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
            throw new IllegalArgumentException("not a valid descriptor set: " + e.getMessage(), e);
        }
        return built;
    }
}
