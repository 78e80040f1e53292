// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a .proto file declares, between its text and its descriptor; the parts and numbers are those of descriptor.proto.
 * Options are those that {@link ProtoOptions} knows, each value as it stands in a text.
 */
final class Declarations {
    static final int OPTIONAL = 1;
    static final int REQUIRED = 2;
    static final int REPEATED = 3;

    /** The type of a name that is not resolved. */
    static final int UNRESOLVED = 0;

    static final int FLOAT = 2;
    static final int BOOL = 8;
    static final int STRING = 9;
    static final int GROUP = 10;
    static final int MESSAGE = 11;
    static final int BYTES = 12;
    static final int ENUM = 14;

    /** The names of types that a text has, at the index of their number; empty for those that have names of their own. */
    static final List<String> SCALARS = List.of(
            "",
            "double",
            "float",
            "int64",
            "uint64",
            "int32",
            "fixed64",
            "fixed32",
            "bool",
            "string",
            "",
            "",
            "bytes",
            "uint32",
            "",
            "sfixed32",
            "sfixed64",
            "sint32",
            "sint64");

    /** The index behind the largest number of a field. */
    static final int FIELDS_END = 1 << 29;

    private Declarations() {}

    /**
     * A file.
     *
     * @param syntax {@code proto2}, {@code proto3} or {@code editions}
     * @param edition 0 without one
     */
    record File(
            String name,
            String pack,
            List<Import> imports,
            List<Message> messages,
            List<EnumType> enums,
            List<Service> services,
            List<Field> extensions,
            Map<String, String> options,
            String syntax,
            int edition) {}

    /** How a file is imported. */
    enum ImportKind {
        PLAIN,
        PUBLIC,
        WEAK,
        OPTION
    }

    /** An imported file. */
    record Import(String path, ImportKind kind) {}

    /** A message type; its ranges end before {@code to}. */
    record Message(
            String name,
            List<Field> fields,
            List<Message> messages,
            List<EnumType> enums,
            List<Range> extensionRanges,
            List<Field> extensions,
            List<Oneof> oneofs,
            List<Range> reserved,
            List<String> reservedNames,
            Map<String, String> options,
            int visibility) {

        boolean isMapEntry() {
            return "true".equals(options.get(ProtoOptions.MAP_ENTRY));
        }
    }

    /** Fields of which one is set. */
    record Oneof(String name, Map<String, String> options) {}

    /**
     * A field or extension.
     *
     * @param typeName of a message or enum, else empty; with a dot before it, it is a full name
     * @param extendee empty for a field
     * @param oneof an index, or -1
     * @param presence whether it is {@code optional} in proto3
     */
    record Field(
            String name,
            int number,
            int label,
            int type,
            String typeName,
            String extendee,
            @Nullable String defaultValue,
            int oneof,
            @Nullable String jsonName,
            boolean presence,
            Map<String, String> options) {

        Field withOneof(int index) {
            return new Field(
                    name, number, label, type, typeName, extendee, defaultValue, index, jsonName, presence, options);
        }

        Field withTypes(int newType, String newTypeName, String newExtendee) {
            return new Field(
                    name,
                    number,
                    label,
                    newType,
                    newTypeName,
                    newExtendee,
                    defaultValue,
                    oneof,
                    jsonName,
                    presence,
                    options);
        }
    }

    /** An enum; its ranges include {@code to}. */
    record EnumType(
            String name,
            List<Value> values,
            List<Range> reserved,
            List<String> reservedNames,
            Map<String, String> options,
            int visibility) {}

    /** A value of an enum. */
    record Value(String name, int number, Map<String, String> options) {}

    /** Numbers. */
    record Range(int from, int to) {}

    /** A service. */
    record Service(String name, List<Method> methods, Map<String, String> options) {}

    /** A method of a service. */
    record Method(
            String name,
            String input,
            String output,
            boolean clientStreaming,
            boolean serverStreaming,
            Map<String, String> options) {}
}
