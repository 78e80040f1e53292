// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * Makes the file of one Connect schema: a message for each Struct, the whole one first, all in the package of its name.
 * Fields have the numbers of their order, from 1. For one schema; used by one thread.
 */
final class MessageTypes {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String WHOLE = "Value";

    private final Map<String, FileDescriptor> imports = new LinkedHashMap<>();
    private final Map<String, Schema> named = new HashMap<>();
    private final FileDescriptorProto.Builder file =
            FileDescriptorProto.newBuilder().setSyntax("proto3");

    /**
     * Returns the type of whole values.
     *
     * @throws DataException if Protobuf has no such type
     */
    Descriptor descriptor(Schema schema) {
        String name = schema.name() == null ? WHOLE : schema.name();
        int dot = name.lastIndexOf('.');
        if (dot >= 0) {
            for (String part : name.substring(0, dot).split("\\.", -1)) {
                check(part, name, "");
            }
            file.setPackage(name.substring(0, dot));
        }
        String message = add(schema, name, "");
        file.setName(name.replace('.', '/') + ".proto");
        imports.keySet().forEach(file::addDependency);
        try {
            return FileDescriptor.buildFrom(file.build(), imports.values().toArray(FileDescriptor[]::new))
                    .findMessageTypeByName(message);
        } catch (DescriptorValidationException e) { // its message has names only
            throw new DataException("Protobuf refuses the schema " + name + ": " + e.getMessage());
        }
    }

    /** Returns the name of the message of a Struct within the file, which is added if it is not there yet. */
    private String add(Schema schema, String fullName, String path) {
        String name = fullName.substring(fullName.lastIndexOf('.') + 1);
        check(name, fullName, path);
        Schema before = named.putIfAbsent(name, schema);
        if (before != null) {
            if (!before.fields().equals(schema.fields())) {
                throw new DataException(path + ": another schema with other fields has the name " + name
                        + " too, and the file of a message takes one for each name. Rename one of them, for example"
                        + " with the transformation SetSchemaMetadata");
            }
            return name;
        }
        file.addMessageTypeBuilder(); // the whole message is the first one, the nested ones follow
        int place = file.getMessageTypeCount() - 1;
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (Field field : schema.fields()) {
            addField(message, field, path.isEmpty() ? field.name() : path + "." + field.name());
        }
        file.setMessageType(place, message);
        return name;
    }

    private void addField(DescriptorProto.Builder message, Field field, String path) {
        check(field.name(), field.name(), path);
        FieldDescriptorProto.Builder made = FieldDescriptorProto.newBuilder()
                .setName(field.name())
                .setNumber(field.index() + 1)
                .setLabel(Label.LABEL_OPTIONAL);
        Schema schema = field.schema();
        String typeName = message.getName() + camelCase(field.name());
        if (schema.type() == Schema.Type.ARRAY) {
            setType(made.setLabel(Label.LABEL_REPEATED), schema.valueSchema(), typeName, path + "[]");
        } else if (schema.type() == Schema.Type.MAP) {
            String entry = camelCase(field.name()) + "Entry";
            message.addNestedType(entry(entry, schema, typeName, path));
            made.setLabel(Label.LABEL_REPEATED)
                    .setType(Type.TYPE_MESSAGE)
                    .setTypeName(absolute(message.getName() + "." + entry));
        } else {
            setType(made, schema, typeName, path);
            if (schema.isOptional()) {
                made.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.name()));
            }
        }
        message.addField(made);
    }

    private DescriptorProto entry(String name, Schema map, String typeName, String path) {
        FieldDescriptorProto.Builder key = FieldDescriptorProto.newBuilder()
                .setName("key")
                .setNumber(1)
                .setLabel(Label.LABEL_OPTIONAL)
                .setType(
                        switch (map.keySchema().type()) {
                            case STRING, INT8, INT16, INT32, INT64, BOOLEAN -> scalar(map.keySchema(), path);
                            default ->
                                throw new DataException(path + ": Protobuf has no map with keys of the type "
                                        + map.keySchema().type());
                        });
        FieldDescriptorProto.Builder value =
                FieldDescriptorProto.newBuilder().setName("value").setNumber(2).setLabel(Label.LABEL_OPTIONAL);
        setType(value, map.valueSchema(), typeName, path + "{}");
        return DescriptorProto.newBuilder()
                .setName(name)
                .addField(key)
                .addField(value)
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .build();
    }

    private void setType(FieldDescriptorProto.Builder field, Schema schema, String typeName, String path) {
        Descriptor logical = LogicalTypes.of(schema);
        if (logical != null) {
            imports.put(logical.getFile().getName(), logical.getFile());
            field.setType(Type.TYPE_MESSAGE).setTypeName("." + logical.getFullName());
        } else if (schema.type() == Schema.Type.STRUCT) {
            String name = add(schema, schema.name() == null ? typeName : schema.name(), path);
            field.setType(Type.TYPE_MESSAGE).setTypeName(absolute(name));
        } else {
            field.setType(scalar(schema, path));
        }
    }

    private String absolute(String name) {
        return file.getPackage().isEmpty() ? "." + name : "." + file.getPackage() + "." + name;
    }

    private static Type scalar(Schema schema, String path) {
        return switch (schema.type()) {
            case INT8, INT16, INT32 -> Type.TYPE_INT32;
            case INT64 -> Type.TYPE_INT64;
            case FLOAT32 -> Type.TYPE_FLOAT;
            case FLOAT64 -> Type.TYPE_DOUBLE;
            case BOOLEAN -> Type.TYPE_BOOL;
            case STRING -> Type.TYPE_STRING;
            case BYTES -> Type.TYPE_BYTES;
            case ARRAY, MAP, STRUCT ->
                throw new DataException(
                        path + ": Protobuf has no lists and maps of " + schema.type() + ". Put it into a Struct");
        };
    }

    private static void check(String part, String whole, String path) {
        if (!ALLOWED.matcher(part).matches()) {
            throw new DataException((path.isEmpty() ? "the value" : path) + ": the name \"" + whole + "\" is none in"
                    + " Protobuf, which allows letters, digits and underscores. Rename it with a transformation");
        }
    }

    /** As protoc names the entries of a map. */
    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        boolean upper = true;
        for (char c : name.toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }
}
