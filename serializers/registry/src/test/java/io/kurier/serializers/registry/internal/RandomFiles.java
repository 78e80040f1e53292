// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Descriptors as protoc makes them, of random declarations. */
final class RandomFiles {
    private static final Type[] SCALARS = {
        Type.TYPE_DOUBLE, Type.TYPE_FLOAT, Type.TYPE_INT64, Type.TYPE_UINT64, Type.TYPE_INT32, Type.TYPE_FIXED64,
        Type.TYPE_FIXED32, Type.TYPE_BOOL, Type.TYPE_STRING, Type.TYPE_BYTES, Type.TYPE_UINT32, Type.TYPE_SFIXED32,
        Type.TYPE_SFIXED64, Type.TYPE_SINT32, Type.TYPE_SINT64
    };

    private final Random random;
    private final String syntax;
    private final List<String> messages = new ArrayList<>(List.of(".google.protobuf.Timestamp"));
    private final List<String> enums = new ArrayList<>();
    private final List<String> extendable = new ArrayList<>();
    private int names;

    private RandomFiles(Random random) {
        this.random = random;
        this.syntax = List.of("proto2", "proto3", "editions").get(random.nextInt(3));
    }

    static FileDescriptorProto file(Random random) {
        return new RandomFiles(random).file();
    }

    private FileDescriptorProto file() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("random.proto")
                .addDependency("google/protobuf/timestamp.proto");
        if (!syntax.equals("proto2")) {
            file.setSyntax(syntax);
        }
        if (syntax.equals("editions")) {
            file.setEdition(Edition.EDITION_2023);
        }
        String scope = "";
        if (random.nextInt(4) > 0) {
            file.setPackage("some.pack");
            scope = ".some.pack";
        }
        if (random.nextBoolean()) {
            file.getOptionsBuilder()
                    .setJavaPackage("a \"quoted\"\\ päckage\n")
                    .setJavaMultipleFiles(random.nextBoolean())
                    .setDeprecated(random.nextBoolean());
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            file.addEnumType(enumType(scope));
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            file.addMessageType(message(scope, 0));
        }
        for (String each : syntax.equals("proto3") ? List.<String>of() : extendable) {
            file.addExtension(plain(name("extension"), 100 + names, scope).setExtendee(each));
        }
        file.addServiceBuilder()
                .setName("Service")
                .addMethodBuilder()
                .setName("Call")
                .setInputType(any(messages))
                .setOutputType(any(messages))
                .setServerStreaming(true);
        return file.build();
    }

    private String name(String kind) {
        return kind + "_" + names++;
    }

    private String any(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private EnumDescriptorProto enumType(String scope) {
        String name = name("Enum");
        EnumDescriptorProto.Builder type = EnumDescriptorProto.newBuilder().setName(name);
        for (int i = 0; i <= random.nextInt(4); i++) {
            EnumValueDescriptorProto.Builder value = type.addValueBuilder()
                    .setName(name("VALUE"))
                    .setNumber(i == 0 ? 0 : i * (random.nextBoolean() ? -7 : 11));
            if (random.nextInt(5) == 0) {
                value.getOptionsBuilder().setDeprecated(true);
            }
        }
        if (random.nextInt(3) == 0) {
            type.addReservedName("GONE")
                    .addReservedRangeBuilder()
                    .setStart(-2000)
                    .setEnd(-1000);
            type.addReservedRangeBuilder().setStart(1000).setEnd(Integer.MAX_VALUE);
        }
        enums.add(scope + "." + name);
        return type.build();
    }

    private DescriptorProto message(String around, int depth) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name("Message"));
        String scope = around + "." + message.getName();
        messages.add(scope);
        if (random.nextInt(3) == 0) {
            message.addEnumType(enumType(scope));
        }
        List<Integer> optional = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            int number = message.getFieldCount() * 3 + 1;
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (depth < 3) {
                        message.addNestedType(message(scope, depth + 1));
                    }
                }
                case 1 -> addMap(message, number, scope);
                case 2 -> {
                    message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(name("choice")));
                    for (int each = 0; each <= random.nextInt(3); each++) {
                        message.addField(plain(name("member"), number + each, scope)
                                .setLabel(Label.LABEL_OPTIONAL)
                                .clearOptions()
                                .setOneofIndex(message.getOneofDeclCount() - 1));
                    }
                }
                case 3 -> {
                    if (syntax.equals("proto2")) {
                        addGroup(message, number, scope);
                    }
                }
                default -> {
                    FieldDescriptorProto.Builder field = field(name("some_field"), number, scope);
                    if (syntax.equals("proto3") && field.getLabel() == Label.LABEL_OPTIONAL && random.nextBoolean()) {
                        field.setProto3Optional(true);
                        optional.add(message.getFieldCount());
                    }
                    message.addField(field);
                }
            }
        }
        for (int index : optional) {
            FieldDescriptorProto.Builder field = message.getFieldBuilder(index);
            message.addOneofDeclBuilder().setName("_" + field.getName());
            field.setOneofIndex(message.getOneofDeclCount() - 1);
        }
        if (random.nextInt(4) == 0) {
            message.addReservedName("gone")
                    .addReservedRangeBuilder()
                    .setStart(70)
                    .setEnd(80);
        }
        if (!syntax.equals("proto3") && random.nextInt(4) == 0) {
            message.addExtensionRangeBuilder().setStart(100).setEnd(1 << 29);
            extendable.add(scope);
        }
        if (random.nextInt(9) == 0) {
            message.getOptionsBuilder().setDeprecated(true);
        }
        return message.build();
    }

    private void addMap(DescriptorProto.Builder message, int number, String scope) {
        String name = "map" + names++;
        String entry = "M" + name.substring(1) + "Entry";
        DescriptorProto.Builder type = message.addNestedTypeBuilder().setName(entry);
        type.getOptionsBuilder().setMapEntry(true);
        type.addFieldBuilder()
                .setName("key")
                .setNumber(1)
                .setLabel(Label.LABEL_OPTIONAL)
                .setType(random.nextBoolean() ? Type.TYPE_STRING : Type.TYPE_INT32);
        type.addField(plain("value", 2, scope).setLabel(Label.LABEL_OPTIONAL).clearOptions());
        message.addFieldBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(Label.LABEL_REPEATED)
                .setType(Type.TYPE_MESSAGE)
                .setTypeName(scope + "." + entry);
    }

    private void addGroup(DescriptorProto.Builder message, int number, String scope) {
        String name = "Group" + names++;
        message.addNestedTypeBuilder().setName(name).addField(field(name("inner"), 1, scope + "." + name));
        message.addFieldBuilder()
                .setName("g" + name.substring(1))
                .setNumber(number)
                .setLabel(random.nextBoolean() ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL)
                .setType(Type.TYPE_GROUP)
                .setTypeName(scope + "." + name);
    }

    private FieldDescriptorProto.Builder field(String name, int number, String scope) {
        FieldDescriptorProto.Builder field = plain(name, number, scope);
        int kind = random.nextInt(6);
        boolean isScalar = field.getTypeName().isEmpty();
        boolean isText = field.getType() == Type.TYPE_STRING || field.getType() == Type.TYPE_BYTES;
        if (kind < 2) {
            field.setLabel(Label.LABEL_REPEATED);
            if (isScalar && !isText && kind == 0 && !syntax.equals("editions")) {
                field.getOptionsBuilder().setPacked(random.nextBoolean());
            }
        } else if (kind == 2 && syntax.equals("proto2")) {
            field.setLabel(Label.LABEL_REQUIRED);
        } else if (kind == 3 && isScalar && !syntax.equals("proto3")) {
            field.setDefaultValue(
                    switch (field.getType()) {
                        case TYPE_STRING -> "\"some\" text, ä\n\\";
                        case TYPE_BYTES -> "\\000\\377\\\"x\\n";
                        case TYPE_BOOL -> "true";
                        case TYPE_DOUBLE, TYPE_FLOAT ->
                            List.of("1.5", "-inf", "nan", "1e+20", "-2").get(random.nextInt(5));
                        case TYPE_UINT64, TYPE_FIXED64 -> "18446744073709551615";
                        case TYPE_INT64, TYPE_SINT64, TYPE_SFIXED64 -> "-9223372036854775808";
                        case TYPE_UINT32, TYPE_FIXED32 -> "4294967295";
                        default -> "-2147483648";
                    });
        }
        if (random.nextInt(6) == 0) {
            field.setJsonName("json:" + name);
        }
        return field;
    }

    private FieldDescriptorProto.Builder plain(String name, int number, String scope) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(Label.LABEL_OPTIONAL);
        switch (random.nextInt(5)) {
            case 0 -> field.setType(Type.TYPE_MESSAGE).setTypeName(any(messages));
            case 1 -> {
                if (enums.isEmpty()) {
                    field.setType(Type.TYPE_BOOL);
                } else {
                    field.setType(Type.TYPE_ENUM).setTypeName(any(enums));
                }
            }
            default -> field.setType(SCALARS[random.nextInt(SCALARS.length)]);
        }
        if (random.nextInt(8) == 0) {
            field.getOptionsBuilder().setDeprecated(true);
        }
        return field;
    }
}
