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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the declarations of a {@code FileDescriptorProto}; the numbers are those of descriptor.proto. */
final class ProtoReader {
    private static final int MAX_DEPTH = 100;
    private static final Set<String> SYNTAXES = Set.of("proto2", "proto3", "editions");

    private final byte[] bytes;
    private final List<ProtoBytes> fields;

    private ProtoReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.fields = ProtoBytes.in(bytes, from, to);
    }

    /**
     * Reads a descriptor.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    static File file(byte[] bytes) {
        ProtoReader file = new ProtoReader(bytes, 0, bytes.length);
        String syntax = file.text(12).isEmpty() ? "proto2" : file.text(12);
        if (!SYNTAXES.contains(syntax)) {
            throw new IllegalArgumentException("has a syntax that this version does not know");
        }
        return new File(
                file.text(1),
                file.text(2),
                file.imports(),
                file.all(4).map(each -> each.message(0)),
                file.all(5).map(ProtoReader::enumType),
                file.all(6).map(ProtoReader::service),
                file.all(7).map(ProtoReader::field),
                file.options(8, ProtoOptions.FILE),
                syntax,
                file.number(14, 0));
    }

    /** The messages in a repeated field. */
    private record Messages(List<ProtoReader> each) {
        <T> List<T> map(Function<ProtoReader, T> reading) {
            return each.stream().map(reading).toList();
        }
    }

    private List<Import> imports() {
        List<Import> imports = new ArrayList<>();
        Set<Integer> asPublic = numbers(10);
        Set<Integer> weak = numbers(11);
        for (String path : texts(3)) {
            int index = imports.size();
            imports.add(new Import(
                    path,
                    asPublic.contains(index)
                            ? ImportKind.PUBLIC
                            : weak.contains(index) ? ImportKind.WEAK : ImportKind.PLAIN));
        }
        texts(15).forEach(path -> imports.add(new Import(path, ImportKind.OPTION)));
        return List.copyOf(imports);
    }

    private Message message(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("messages are nested in more than " + MAX_DEPTH + " levels");
        }
        return new Message(
                text(1),
                all(2).map(ProtoReader::field),
                all(3).map(each -> each.message(depth + 1)),
                all(4).map(ProtoReader::enumType),
                all(5).map(ProtoReader::range),
                all(6).map(ProtoReader::field),
                all(8).map(each -> new Oneof(each.text(1), each.options(2, ProtoOptions.ONEOF))),
                all(9).map(ProtoReader::range),
                texts(10),
                options(7, ProtoOptions.MESSAGE),
                number(11, 0));
    }

    private Field field() {
        int label = number(4, Declarations.OPTIONAL);
        int type = number(5, Declarations.UNRESOLVED);
        if (label < 1 || label > Declarations.REPEATED || type < 0 || type >= Declarations.SCALARS.size()) {
            throw new IllegalArgumentException("a field has a label or type that Protobuf does not have");
        }
        return new Field(
                text(1),
                number(3, 0),
                label,
                type,
                text(6),
                text(2),
                last(7) == null ? null : text(7),
                number(9, -1),
                last(10) == null ? null : text(10),
                number(17, 0) != 0,
                options(8, ProtoOptions.FIELD));
    }

    private EnumType enumType() {
        return new EnumType(
                text(1),
                all(2).map(each -> new Value(each.text(1), each.number(2, 0), each.options(3, ProtoOptions.VALUE))),
                all(4).map(ProtoReader::range),
                texts(5),
                options(3, ProtoOptions.ENUM),
                number(6, 0));
    }

    private Range range() {
        return new Range(number(1, 0), number(2, 0));
    }

    private Service service() {
        return new Service(
                text(1),
                all(2).map(each -> new Method(
                        each.text(1),
                        each.text(2),
                        each.text(3),
                        each.number(5, 0) != 0,
                        each.number(6, 0) != 0,
                        each.options(4, ProtoOptions.METHOD))),
                options(3, ProtoOptions.SERVICE));
    }

    private Map<String, String> options(int number, ProtoOptions known) {
        ProtoBytes options = last(number);
        return options == null ? Map.of() : known.read(bytes, options);
    }

    private @Nullable ProtoBytes last(int number) {
        ProtoBytes last = null;
        for (ProtoBytes field : fields) {
            if (field.number() == number) {
                last = field;
            }
        }
        return last;
    }

    private String text(int number) {
        ProtoBytes field = last(number);
        return field == null ? "" : text(field);
    }

    private String text(ProtoBytes field) {
        return new String(bytes, field.content(), field.to() - field.content(), UTF_8);
    }

    private List<String> texts(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(this::text)
                .toList();
    }

    private Messages all(int number) {
        return new Messages(fields.stream()
                .filter(field -> field.number() == number)
                .map(field -> new ProtoReader(bytes, field.content(), field.to()))
                .toList());
    }

    private int number(int number, int otherwise) {
        ProtoBytes field = last(number);
        return field == null ? otherwise : varint(field);
    }

    private int varint(ProtoBytes field) {
        return (int) ProtoBytes.varint(bytes, field.content(), field.to());
    }

    private Set<Integer> numbers(int number) {
        return fields.stream()
                .filter(field -> field.number() == number && field.type() == 0)
                .map(this::varint)
                .collect(Collectors.toSet());
    }
}
