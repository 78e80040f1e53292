// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf.internal;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds extensions in the form that dynamic messages use; without them a parser reads their fields as unknown ones. */
public final class Extensions {
    private Extensions() {}

    /** Returns the extensions that are declared in the files of the types, or in a file that these import. */
    public static ExtensionRegistry beside(Collection<Descriptor> types) {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        Set<FileDescriptor> seen = new HashSet<>();
        types.forEach(type -> registerFile(type.getFile(), registry, seen));
        return registry.getUnmodifiable();
    }

    public static void register(List<FieldDescriptor> extensions, ExtensionRegistry registry) {
        for (FieldDescriptor extension : extensions) {
            if (extension.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                registry.add(extension, DynamicMessage.getDefaultInstance(extension.getMessageType()));
            } else {
                registry.add(extension);
            }
        }
    }

    private static void registerFile(FileDescriptor file, ExtensionRegistry registry, Set<FileDescriptor> seen) {
        if (!seen.add(file)) {
            return;
        }
        register(file.getExtensions(), registry);
        registerNested(file.getMessageTypes(), registry);
        file.getDependencies().forEach(imported -> registerFile(imported, registry, seen));
    }

    private static void registerNested(List<Descriptor> types, ExtensionRegistry registry) {
        for (Descriptor type : types) {
            register(type.getExtensions(), registry);
            registerNested(type.getNestedTypes(), registry);
        }
    }
}
