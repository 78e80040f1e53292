// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kurier.serializers.protovalidate.test.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The descriptor set of {@code shop.proto} alone, as a folder of schemas has it. */
final class RegisteredFile {
    /** The GUID under which it is registered. */
    static final String GUID = "89791762-2336-4186-9674-299b90a802e2";

    private RegisteredFile() {}

    /** Writes {@code shop.desc} and {@code ids.properties} into a folder, and returns the former. */
    static Path write(Path folder) throws IOException {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        collect(Order.getDescriptor().getFile(), files);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.forEach(file -> set.addFile(file.toProto()));
        Files.writeString(folder.resolve("ids.properties"), "4=shop.desc\n" + GUID + "=shop.desc\n");
        return Files.write(folder.resolve("shop.desc"), set.build().toByteArray());
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        file.getDependencies().forEach(imported -> collect(imported, files));
        files.add(file);
    }
}
