// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.registry.internal.Declarations.EnumType;
import io.kurier.serializers.registry.internal.Declarations.File;
import io.kurier.serializers.registry.internal.Declarations.Import;
import io.kurier.serializers.registry.internal.Declarations.ImportKind;
import io.kurier.serializers.registry.internal.Declarations.Method;
import io.kurier.serializers.registry.internal.Declarations.Range;
import io.kurier.serializers.registry.internal.Declarations.Service;
import io.kurier.serializers.registry.internal.Declarations.Value;
import io.kurier.serializers.registry.internal.ProtoTokens.Kind;
import io.kurier.serializers.registry.internal.ProtoTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the declarations of a .proto text; the names of types stay as they are written. For one text. */
final class ProtoParser {
    private static final int MAX_PACKAGE_PARTS = 100;
    private static final Map<String, Integer> EDITIONS = Map.of("2023", 1000, "2024", 1001, "2026", 1002);

    private final ProtoTokens tokens;
    private final ProtoMessageParser messages;
    private final MessageBody file = new MessageBody("");
    private final List<Import> imports = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private String pack = "";
    private String syntax = "proto2";
    private int edition;

    private ProtoParser(String text) {
        this.tokens = new ProtoTokens(text);
        this.messages = new ProtoMessageParser(tokens);
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is no .proto text
     */
    static File parse(String text) {
        return new ProtoParser(text).file();
    }

    private File file() {
        if (tokens.isAt("syntax") || tokens.isAt("edition")) {
            syntax();
        }
        messages.setProto3(syntax.equals("proto3"));
        while (!tokens.isAtEnd()) {
            declaration();
        }
        return new File(
                "",
                pack,
                List.copyOf(imports),
                List.copyOf(file.messages),
                List.copyOf(file.enums),
                List.copyOf(services),
                List.copyOf(file.extensions),
                file.options,
                syntax,
                edition);
    }

    private void syntax() {
        boolean isEdition = tokens.take().text().equals("edition");
        tokens.expect("=");
        Token at = tokens.current();
        String value = tokens.string();
        tokens.expect(";");
        Integer number = EDITIONS.get(value);
        if (isEdition ? number == null : !value.equals("proto2") && !value.equals("proto3")) {
            throw ProtoTokens.error(at, "names a syntax or edition that this version does not know");
        }
        syntax = isEdition ? "editions" : value;
        edition = number != null && isEdition ? number : 0;
    }

    private void declaration() {
        if (tokens.skip(";")) {
            return;
        }
        if (tokens.isAt("import")) {
            imports.add(importedFile());
        } else if (tokens.isAt("package")) {
            Token at = tokens.take();
            pack = tokens.fullName();
            tokens.expect(";");
            if (pack.chars().filter(each -> each == '.').count() >= MAX_PACKAGE_PARTS) {
                throw ProtoTokens.error(at, "has a package of more than " + MAX_PACKAGE_PARTS + " parts");
            }
        } else if (tokens.isAt("option")) {
            option(tokens, ProtoOptions.FILE, file.options);
        } else if (tokens.isAt("service")) {
            services.add(service());
        } else if (!messages.type(file, 0) && !messages.extend(file, 0)) {
            throw tokens.unexpected("a declaration");
        }
    }

    private Import importedFile() {
        tokens.expect("import");
        ImportKind kind = ImportKind.PLAIN;
        if (tokens.skip("public")) {
            kind = ImportKind.PUBLIC;
        } else if (tokens.skip("weak")) {
            kind = ImportKind.WEAK;
        } else if (tokens.skip("option")) {
            kind = ImportKind.OPTION;
        }
        String path = utf8(tokens.string());
        tokens.expect(";");
        return new Import(path, kind);
    }

    private Service service() {
        tokens.expect("service");
        String name = tokens.name();
        List<Method> methods = new ArrayList<>();
        Map<String, String> options = new TreeMap<>();
        tokens.expect("{");
        while (!tokens.skip("}")) {
            if (tokens.isAt("option")) {
                option(tokens, ProtoOptions.SERVICE, options);
            } else if (!tokens.skip(";")) {
                methods.add(method());
            }
        }
        return new Service(name, List.copyOf(methods), options);
    }

    private Method method() {
        tokens.expect("rpc");
        String name = tokens.name();
        tokens.expect("(");
        boolean clientStreaming = tokens.skip("stream");
        String input = tokens.fullName();
        tokens.expect(")");
        tokens.expect("returns");
        tokens.expect("(");
        boolean serverStreaming = tokens.skip("stream");
        String output = tokens.fullName();
        tokens.expect(")");
        Map<String, String> options = new TreeMap<>();
        if (!tokens.skip(";")) {
            tokens.expect("{");
            while (!tokens.skip("}")) {
                if (!tokens.skip(";")) {
                    option(tokens, ProtoOptions.METHOD, options);
                }
            }
        }
        return new Method(name, input, output, clientStreaming, serverStreaming, options);
    }

    /** Reads an enum from behind its keyword. */
    static EnumType enumType(ProtoTokens tokens, int visibility) {
        String name = tokens.name();
        List<Value> values = new ArrayList<>();
        List<Range> reserved = new ArrayList<>();
        List<String> reservedNames = new ArrayList<>();
        Map<String, String> options = new TreeMap<>();
        tokens.expect("{");
        while (!tokens.skip("}")) {
            if (tokens.skip(";")) {
                continue;
            }
            if (tokens.isAt("option")) {
                option(tokens, ProtoOptions.ENUM, options);
            } else if (tokens.isAt("reserved") && !ProtoTokens.is(tokens.ahead(), "=")) {
                tokens.take();
                reserved(tokens, Integer.MAX_VALUE, true, reserved, reservedNames);
                tokens.expect(";");
            } else {
                values.add(value(tokens));
            }
        }
        return new EnumType(
                name, List.copyOf(values), List.copyOf(reserved), List.copyOf(reservedNames), options, visibility);
    }

    private static Value value(ProtoTokens tokens) {
        String name = tokens.name();
        tokens.expect("=");
        int number = tokens.int32("the number of a value", true, any -> true);
        Map<String, String> options = new TreeMap<>();
        if (tokens.skip("[")) {
            do {
                assignment(tokens, ProtoOptions.VALUE, options);
            } while (tokens.skip(","));
            tokens.expect("]");
        }
        tokens.expect(";");
        return new Value(name, number, options);
    }

    /** Reads what stands behind {@code reserved}: names or ranges, each with its last number. */
    static void reserved(ProtoTokens tokens, int max, boolean negative, List<Range> ranges, List<String> names) {
        do {
            if (tokens.current().kind() == Kind.STRING) {
                names.add(utf8(tokens.string()));
            } else if (tokens.current().kind() == Kind.NAME) {
                names.add(tokens.name());
            } else {
                ranges.add(range(tokens, max, negative));
            }
        } while (tokens.skip(","));
    }

    /** Reads a range with its last number. */
    static Range range(ProtoTokens tokens, int max, boolean negative) {
        int from = tokens.int32("a number that can be here", negative, number -> negative || number > 0);
        if (!tokens.skip("to")) {
            return new Range(from, from);
        }
        return new Range(
                from,
                tokens.skip("max")
                        ? max
                        : tokens.int32("the end of a range", negative, number -> number >= from && number <= max));
    }

    /** Reads an option's declaration. */
    static void option(ProtoTokens tokens, ProtoOptions known, Map<String, String> options) {
        tokens.expect("option");
        assignment(tokens, known, options);
        tokens.expect(";");
    }

    /** Reads the name and value of an option, and keeps those that are known. */
    static void assignment(ProtoTokens tokens, ProtoOptions known, Map<String, String> options) {
        StringBuilder name = new StringBuilder();
        do {
            if (tokens.skip("(")) {
                name.append('(').append(tokens.fullName()).append(").");
                tokens.expect(")");
            } else {
                name.append(tokens.name()).append('.');
            }
        } while (tokens.skip("."));
        name.setLength(name.length() - 1);
        tokens.expect("=");
        String value = optionValue(tokens);
        if (known.keeps(name.toString(), value)) {
            options.put(name.toString(), value);
        }
    }

    private static String optionValue(ProtoTokens tokens) {
        if (tokens.current().kind() == Kind.STRING) {
            return ProtoStrings.quoted(utf8(tokens.string()));
        }
        if (tokens.isAt("{")) {
            skipBraces(tokens);
            return "";
        }
        boolean negative = tokens.skip("-");
        if (tokens.current().kind() != Kind.NAME && tokens.current().kind() != Kind.NUMBER) {
            throw tokens.unexpected("the value of an option");
        }
        return (negative ? "-" : "") + tokens.take().text();
    }

    private static void skipBraces(ProtoTokens tokens) {
        int depth = 0;
        do {
            if (tokens.isAt("{")) {
                depth++;
            } else if (tokens.isAt("}")) {
                depth--;
            } else if (tokens.isAtEnd()) {
                throw tokens.unexpected("\"}\"");
            }
            tokens.take();
        } while (depth > 0);
    }

    /** Returns the text of a token whose characters are bytes. */
    static String utf8(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }
}
