// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.ProtoBytes;
import io.kurier.serializers.registry.internal.Declarations.EnumType;
import io.kurier.serializers.registry.internal.Declarations.Field;
import io.kurier.serializers.registry.internal.Declarations.File;
import io.kurier.serializers.registry.internal.Declarations.Import;
import io.kurier.serializers.registry.internal.Declarations.ImportKind;
import io.kurier.serializers.registry.internal.Declarations.Message;
import io.kurier.serializers.registry.internal.Declarations.Method;
import io.kurier.serializers.registry.internal.Declarations.Oneof;
import io.kurier.serializers.registry.internal.Declarations.Range;
import io.kurier.serializers.registry.internal.Declarations.Service;
import io.kurier.serializers.registry.internal.Declarations.Value;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Writes declarations as a {@code FileDescriptorProto}, with its fields in their order, as protoc does; the numbers are
 * those of descriptor.proto. For one message of it.
 */
final class ProtoWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Returns the descriptor. */
    static byte[] bytes(File file) {
        ProtoWriter out = new ProtoWriter();
        out.text(1, file.name());
        out.text(2, file.pack());
        List<Import> imports = file.imports().stream()
                .filter(each -> each.kind() != ImportKind.OPTION)
                .toList();
        imports.forEach(each -> out.text(3, each.path()));
        file.messages().forEach(each -> out.message(4, message(each)));
        file.enums().forEach(each -> out.message(5, enumType(each)));
        file.services().forEach(each -> out.message(6, service(each)));
        file.extensions().forEach(each -> out.message(7, field(each)));
        ProtoOptions.FILE.write(8, file.options(), out);
        out.imports(10, imports, ImportKind.PUBLIC);
        out.imports(11, imports, ImportKind.WEAK);
        out.text(12, file.syntax().equals("proto2") ? "" : file.syntax());
        if (file.edition() != 0) {
            out.varint(14, file.edition());
        }
        file.imports().stream()
                .filter(each -> each.kind() == ImportKind.OPTION)
                .forEach(each -> out.bytes(15, each.path().getBytes(UTF_8)));
        return out.out.toByteArray();
    }

    private void imports(int number, List<Import> imports, ImportKind kind) {
        for (int i = 0; i < imports.size(); i++) {
            if (imports.get(i).kind() == kind) {
                varint(number, i);
            }
        }
    }

    private static ProtoWriter message(Message message) {
        ProtoWriter out = new ProtoWriter();
        out.text(1, message.name());
        message.fields().forEach(each -> out.message(2, field(each)));
        message.messages().forEach(each -> out.message(3, message(each)));
        message.enums().forEach(each -> out.message(4, enumType(each)));
        message.extensionRanges().forEach(each -> out.message(5, range(each)));
        message.extensions().forEach(each -> out.message(6, field(each)));
        ProtoOptions.MESSAGE.write(7, message.options(), out);
        message.oneofs().forEach(each -> out.message(8, oneof(each)));
        message.reserved().forEach(each -> out.message(9, range(each)));
        message.reservedNames().forEach(each -> out.bytes(10, each.getBytes(UTF_8)));
        out.visibility(11, message.visibility());
        return out;
    }

    private static ProtoWriter oneof(Oneof oneof) {
        ProtoWriter out = new ProtoWriter();
        out.text(1, oneof.name());
        ProtoOptions.ONEOF.write(2, oneof.options(), out);
        return out;
    }

    private static ProtoWriter field(Field field) {
        ProtoWriter out = new ProtoWriter();
        out.text(1, field.name());
        out.text(2, field.extendee());
        out.varint(3, field.number());
        out.varint(4, field.label());
        if (field.type() != Declarations.UNRESOLVED) {
            out.varint(5, field.type());
        }
        out.text(6, field.typeName());
        if (field.defaultValue() != null) {
            out.bytes(7, field.defaultValue().getBytes(UTF_8));
        }
        ProtoOptions.FIELD.write(8, field.options(), out);
        if (field.oneof() >= 0) {
            out.varint(9, field.oneof());
        }
        if (field.jsonName() != null) {
            out.bytes(10, field.jsonName().getBytes(UTF_8));
        }
        if (field.presence()) {
            out.varint(17, 1);
        }
        return out;
    }

    private static ProtoWriter enumType(EnumType type) {
        ProtoWriter out = new ProtoWriter();
        out.text(1, type.name());
        type.values().forEach(each -> out.message(2, value(each)));
        ProtoOptions.ENUM.write(3, type.options(), out);
        type.reserved().forEach(each -> out.message(4, range(each)));
        type.reservedNames().forEach(each -> out.bytes(5, each.getBytes(UTF_8)));
        out.visibility(6, type.visibility());
        return out;
    }

    private static ProtoWriter value(Value value) {
        ProtoWriter out = new ProtoWriter();
        out.text(1, value.name());
        out.varint(2, value.number());
        ProtoOptions.VALUE.write(3, value.options(), out);
        return out;
    }

    private static ProtoWriter range(Range range) {
        ProtoWriter out = new ProtoWriter();
        out.varint(1, range.from());
        out.varint(2, range.to());
        return out;
    }

    private static ProtoWriter service(Service service) {
        ProtoWriter out = new ProtoWriter();
        out.text(1, service.name());
        service.methods().forEach(each -> out.message(2, method(each)));
        ProtoOptions.SERVICE.write(3, service.options(), out);
        return out;
    }

    private static ProtoWriter method(Method method) {
        ProtoWriter out = new ProtoWriter();
        out.text(1, method.name());
        out.text(2, method.input());
        out.text(3, method.output());
        ProtoOptions.METHOD.write(4, method.options(), out);
        if (method.clientStreaming()) {
            out.varint(5, 1);
        }
        if (method.serverStreaming()) {
            out.varint(6, 1);
        }
        return out;
    }

    private void visibility(int number, int visibility) {
        if (visibility != 0) {
            varint(number, visibility);
        }
    }

    /** Writes a string that is not empty. */
    private void text(int number, String text) {
        if (!text.isEmpty()) {
            bytes(number, text.getBytes(UTF_8));
        }
    }

    void message(int number, ProtoWriter content) {
        bytes(number, content.out.toByteArray());
    }

    void bytes(int number, byte[] content) {
        write((number << 3) | ProtoBytes.BYTES);
        write(content.length);
        out.writeBytes(content);
    }

    void varint(int number, long value) {
        write((long) number << 3);
        write(value);
    }

    private void write(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }
}
