// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf.internal;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kurier.serializers.internal.SchemaFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * The message types of a descriptor set, the file in which {@code protoc} stores the declarations of {@code .proto}
 * files:
 *
 * <pre>{@code
 * protoc --include_imports --descriptor_set_out=orders.desc orders.proto
 * }</pre>
 *
 * <p>Supports proto2, proto3 and the editions that protobuf-java supports. Of the imported files, those of Protobuf
 * itself (such as {@code google/protobuf/timestamp.proto}) may be missing. Immutable.
 */
public final class DescriptorSet {
    private final FileDescriptor last;
    private final Map<String, Descriptor> messages = new LinkedHashMap<>();
    private final ExtensionRegistry extensions;

    private DescriptorSet(Collection<FileDescriptor> files, FileDescriptor last) {
        this.last = last;
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        for (FileDescriptor file : files) {
            Extensions.register(file.getExtensions(), registry);
            addAll(file.getMessageTypes(), registry);
        }
        this.extensions = registry.getUnmodifiable();
    }

    /**
     * Reads and links the descriptor set that a configuration names.
     *
     * @param key the configuration key, for the error
     * @param location a path of the file system, or {@code classpath:} and the name of a resource
     * @throws ConfigException if there is no such file or it is not a complete descriptor set
     */
    public static DescriptorSet load(String key, String location) {
        byte[] bytes = SchemaFile.read(key, location);
        try {
            return parse(bytes);
        } catch (ConfigException e) {
            throw new ConfigException(key, location, e.getMessage());
        }
    }

    /**
     * Links the descriptor set in the bytes.
     *
     * @throws ConfigException if they are not a complete descriptor set; the message has the reason, and how to make
     *     one
     */
    public static DescriptorSet parse(byte[] bytes) {
        FileDescriptorSet set;
        try {
            set = FileDescriptorSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw FileLinker.noSet("the file is no descriptor set, or it is damaged");
        }
        try {
            Map<String, FileDescriptor> files = FileLinker.link(set.getFileList());
            String last = set.getFile(set.getFileCount() - 1).getName();
            return new DescriptorSet(files.values(), FileLinker.found(files, last));
        } catch (ConfigException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // protobuf-java trusts protoc's output, and throws any kind of exception if that is wrong.
            throw FileLinker.noSet(
                    "the descriptor set is damaged (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Returns the full names of all message types, nested ones too, in the order of their declaration. */
    public List<String> names() {
        return List.copyOf(messages.keySet());
    }

    /**
     * Returns the message type of that full name, such as {@code shop.v1.Order}.
     *
     * @throws ConfigException if the set has none; the message lists those that it has
     */
    public Descriptor message(String fullName) {
        Descriptor message = messages.get(fullName);
        if (message == null) {
            String others = messages.values().stream()
                    .filter(other -> !FileLinker.isBuiltIn(other.getFile()))
                    // what protovalidate's rules are made of
                    .filter(other -> !other.getFile().getPackage().equals("buf.validate"))
                    .map(Descriptor::getFullName)
                    .collect(Collectors.joining(", "));
            throw new ConfigException("there is no message type " + fullName + " in the descriptor set. It has "
                    + (others.isEmpty() ? "none at all" : others));
        }
        return message;
    }

    /**
     * Returns the message type to use if none is named. Candidates are the top-level messages of the set's last file,
     * which is the one that {@code protoc} was called for. Those that are a part of another candidate are dropped. If
     * that does not leave exactly one, the hint decides.
     *
     * @param hint the name of a file without folder and extension, or empty. It selects the candidate of the same
     *     simple name, ignoring case, {@code _} and {@code -}: {@code line_item} is {@code LineItem}
     * @throws ConfigException if several are left or there is none; the message names them
     */
    public Descriptor obvious(String hint) {
        return findObvious(hint).orElseThrow(() -> new ConfigException(noneIsObvious()));
    }

    public Optional<Descriptor> findObvious(String hint) {
        return MessageTypeInference.among(last.getMessageTypes(), hint);
    }

    /** Returns the extensions that the set declares; parsing without them reads their fields as unknown ones. */
    public ExtensionRegistry extensions() {
        return extensions;
    }

    public Collection<Descriptor> messages() {
        return messages.values();
    }

    private String noneIsObvious() {
        List<String> candidates =
                last.getMessageTypes().stream().map(Descriptor::getFullName).toList();
        return candidates.isEmpty()
                ? "the last file of the descriptor set, " + last.getName()
                        + ", declares no message type. Set message to"
                        + " the full name of one, or make the set from the file that declares it"
                : "the descriptor set does not tell which message type is meant. Set message to one of "
                        + String.join(", ", candidates);
    }

    private void addAll(List<Descriptor> types, ExtensionRegistry registry) {
        for (Descriptor type : types) {
            if (!type.getOptions().getMapEntry()) {
                messages.put(type.getFullName(), type);
            }
            for (FieldDescriptor field : type.getFields()) {
                // Linking accepts a field without a type, which would fail only while records are read.
                requireNonNull(field.getType());
            }
            Extensions.register(type.getExtensions(), registry);
            addAll(type.getNestedTypes(), registry);
        }
    }
}
