// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf.internal;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Links the files of a descriptor set: each needs those that it imports, in any order of the files in the set. */
public final class FileLinker {
    /**
     * The files that come with Protobuf itself, which a set that was made without imports lacks. JavaFeaturesProto must
     * not be the first: protobuf-java 4.36.2 cannot be used any more in a JVM that loads that class before all others.
     */
    private static final Map<String, FileDescriptor> BUILT_IN = Stream.of(
                    AnyProto.getDescriptor(),
                    ApiProto.getDescriptor(),
                    DescriptorProtos.getDescriptor(),
                    DurationProto.getDescriptor(),
                    EmptyProto.getDescriptor(),
                    FieldMaskProto.getDescriptor(),
                    JavaFeaturesProto.getDescriptor(),
                    SourceContextProto.getDescriptor(),
                    StructProto.getDescriptor(),
                    TimestampProto.getDescriptor(),
                    TypeProto.getDescriptor(),
                    WrappersProto.getDescriptor())
            .collect(Collectors.toUnmodifiableMap(FileDescriptor::getName, Function.identity()));

    private final Map<String, FileDescriptorProto> declared = new LinkedHashMap<>();
    private final Map<String, FileDescriptor> linked = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();

    private FileLinker() {}

    /**
     * Returns the linked files by name, imported ones before those that import them.
     *
     * @throws ConfigException if there is none, or one cannot be linked
     */
    static Map<String, FileDescriptor> link(List<FileDescriptorProto> files) {
        if (files.isEmpty()) {
            throw noSet("the descriptor set is empty");
        }
        FileLinker linker = new FileLinker();
        for (FileDescriptorProto file : files) {
            if (file.getName().isEmpty()) {
                throw noSet("the file is no descriptor set: it holds something else");
            }
            if (linker.declared.put(file.getName(), file) != null) {
                throw new ConfigException("the descriptor set has the file " + file.getName() + " twice");
            }
        }
        files.forEach(linker::link);
        return linker.linked;
    }

    /** Returns whether a file comes with Protobuf itself. */
    public static boolean isBuiltIn(FileDescriptor file) {
        return BUILT_IN.containsKey(file.getName());
    }

    public static FileDescriptor found(Map<String, FileDescriptor> files, String name) {
        FileDescriptor file = files.get(name);
        if (file == null) {
            throw new IllegalStateException(name + " was not linked");
        }
        return file;
    }

    public static ConfigException noSet(String reason) {
        return new ConfigException(
                reason + ". Make it with protoc --include_imports --descriptor_set_out=NAME.desc NAME.proto");
    }

    private FileDescriptor link(FileDescriptorProto file) {
        String name = file.getName();
        FileDescriptor done = linked.get(name);
        if (done != null) {
            return done;
        }
        if (!begun.add(name)) {
            throw new ConfigException("the file " + name + " of the descriptor set imports itself, by way of others");
        }
        FileDescriptor[] imports = file.getDependencyList().stream()
                .map(wanted -> imported(wanted, name))
                .toArray(FileDescriptor[]::new);
        try {
            FileDescriptor descriptor = FileDescriptor.buildFrom(file, imports);
            linked.put(name, descriptor);
            return descriptor;
        } catch (DescriptorValidationException | IllegalArgumentException e) {
            // The message has only names of the .proto file: no record is involved.
            throw new ConfigException(
                    "the file " + name + " of the descriptor set is not valid, or of an edition that is newer than this"
                            + " version of protobuf-java: " + e.getMessage());
        }
    }

    private FileDescriptor imported(String name, String by) {
        FileDescriptorProto inSet = declared.get(name);
        if (inSet != null) {
            return link(inSet);
        }
        @Nullable FileDescriptor builtIn = BUILT_IN.get(name);
        if (builtIn == null) {
            throw noSet("the descriptor set lacks " + name + ", which " + by + " imports");
        }
        return builtIn;
    }
}
