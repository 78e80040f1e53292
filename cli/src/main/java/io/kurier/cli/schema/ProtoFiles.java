// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import io.kurier.serializers.registry.internal.ProtoText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes descriptors from .proto texts. */
final class ProtoFiles {
    private static final int MOST_IMPORTS = 100;

    /** The files of protobuf-java, by their paths. */
    private static final Map<String, FileDescriptor> WELL_KNOWN = Stream.of(
                    AnyProto.getDescriptor(),
                    ApiProto.getDescriptor(),
                    DescriptorProtos.getDescriptor(),
                    DurationProto.getDescriptor(),
                    EmptyProto.getDescriptor(),
                    FieldMaskProto.getDescriptor(),
                    SourceContextProto.getDescriptor(),
                    StructProto.getDescriptor(),
                    TimestampProto.getDescriptor(),
                    TypeProto.getDescriptor(),
                    WrappersProto.getDescriptor())
            .collect(Collectors.toMap(FileDescriptor::getName, Function.identity()));

    private final SchemaDocument document;
    private final Map<String, FileDescriptor> built = new HashMap<>(WELL_KNOWN);

    private ProtoFiles(SchemaDocument document) {
        this.document = document;
    }

    /**
     * Returns the descriptor of a schema. Types of imports that are not there stay without fields.
     *
     * @throws SchemaException if it is not a .proto text
     */
    static FileDescriptor of(SchemaDocument document) {
        return new ProtoFiles(document).file(document.text(), 0);
    }

    private FileDescriptor file(String text, int depth) {
        if (depth > MOST_IMPORTS) {
            throw SchemaException.wrong(document.place() + ": its imports are a circle", null);
        }
        try {
            FileDescriptorProto proto =
                    FileDescriptorProto.parseFrom(ProtoText.descriptor(text, document.references()));
            List<FileDescriptor> imports = new ArrayList<>();
            for (String path : proto.getDependencyList()) {
                String imported = document.references().get(path);
                if (!built.containsKey(path) && imported != null) {
                    built.put(path, file(imported, depth + 1));
                }
                if (built.containsKey(path)) {
                    imports.add(built.get(path));
                }
            }
            return FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new), true);
        } catch (IllegalArgumentException | InvalidProtocolBufferException | DescriptorValidationException e) {
            throw document.invalid(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the messages of a file by their full names, nested ones too, without those of map fields. */
    static Map<String, Descriptor> messages(FileDescriptor file) {
        Map<String, Descriptor> all = new LinkedHashMap<>();
        add(file.getMessageTypes(), all);
        return all;
    }

    private static void add(Collection<Descriptor> messages, Map<String, Descriptor> all) {
        for (Descriptor message : messages) {
            if (!message.getOptions().getMapEntry()) {
                all.put(message.getFullName(), message);
                add(message.getNestedTypes(), all);
            }
        }
    }
}
