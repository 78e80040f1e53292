// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kurier.serializers.registry.internal.Declarations.Field;
import io.kurier.serializers.registry.internal.Declarations.Message;
import io.kurier.serializers.registry.internal.Declarations.Oneof;
import io.kurier.serializers.registry.internal.Declarations.Range;
import io.kurier.serializers.registry.internal.ProtoTokens.Kind;
import io.kurier.serializers.registry.internal.ProtoTokens.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads messages, their fields and extensions from the tokens of a .proto text. */
final class ProtoMessageParser {
    /** So that the entry of a map in the innermost message is no deeper than the 100 that readers of descriptors take. */
    private static final int MAX_DEPTH = 99;

    private static final int EXPORT = 2;
    private static final int LOCAL = 1;

    private final ProtoTokens tokens;
    private boolean isProto3;

    ProtoMessageParser(ProtoTokens tokens) {
        this.tokens = tokens;
    }

    void setProto3(boolean proto3) {
        this.isProto3 = proto3;
    }

    /** Where fields are read: into which message, and as what. */
    private record Place(MessageBody body, Set<String> names, String extendee, int oneof, int depth) {

        Place in(int newOneof) {
            return new Place(body, names, extendee, newOneof, depth);
        }
    }

    /** The parts of a field that stand in brackets behind its number. */
    private static final class Brackets {
        final Map<String, String> options = new TreeMap<>();

        @Nullable
        String defaultValue;

        @Nullable
        String jsonName;
    }

    /** Reads a message or enum into a body, if one is next. */
    boolean type(MessageBody into, int depth) {
        int visibility = 0;
        if ((tokens.isAt("export") || tokens.isAt("local"))
                && (ProtoTokens.is(tokens.ahead(), "message") || ProtoTokens.is(tokens.ahead(), "enum"))) {
            visibility = tokens.take().text().equals("export") ? EXPORT : LOCAL;
        }
        if (tokens.skip("message")) {
            into.messages.add(message(tokens.name(), visibility, depth));
            return true;
        }
        if (tokens.skip("enum")) {
            into.enums.add(ProtoParser.enumType(tokens, visibility));
            return true;
        }
        return false;
    }

    /** Reads extensions into a body, if they are next. */
    boolean extend(MessageBody into, int depth) {
        if (!tokens.skip("extend")) {
            return false;
        }
        String extendee = tokens.fullName();
        tokens.expect("{");
        Place place = new Place(into, new HashSet<>(), extendee, -1, depth);
        while (!tokens.skip("}")) {
            if (!tokens.skip(";")) {
                field(place);
            }
        }
        return true;
    }

    private Message message(String name, int visibility, int depth) {
        if (depth > MAX_DEPTH) {
            throw ProtoTokens.error(tokens.current(), "is nested in more than " + MAX_DEPTH + " messages");
        }
        MessageBody body = new MessageBody(name);
        Place place = new Place(body, new HashSet<>(), "", -1, depth);
        tokens.expect("{");
        while (!tokens.skip("}")) {
            member(place);
        }
        return body.message(visibility);
    }

    private void member(Place place) {
        MessageBody body = place.body();
        if (tokens.skip(";") || type(body, place.depth() + 1) || extend(body, place.depth() + 1)) {
            return;
        }
        if (tokens.isAt("option")) {
            ProtoParser.option(tokens, ProtoOptions.MESSAGE, body.options);
        } else if (tokens.skip("extensions")) {
            extensionRanges(body.extensionRanges);
        } else if (tokens.skip("reserved")) {
            ProtoParser.reserved(tokens, Declarations.FIELDS_END - 1, false, body.reserved, body.reservedNames);
            tokens.expect(";");
        } else if (tokens.skip("oneof")) {
            oneof(place);
        } else {
            field(place);
        }
    }

    private void extensionRanges(List<Range> ranges) {
        do {
            Token at = tokens.current();
            Range range = ProtoParser.range(tokens, Integer.MAX_VALUE, false);
            if (range.from() >= Declarations.FIELDS_END) {
                throw ProtoTokens.error(at, "has a number that is not that of a field");
            }
            ranges.add(new Range(
                    range.from(), range.to() == Integer.MAX_VALUE ? Declarations.FIELDS_END - 1 : range.to()));
        } while (tokens.skip(","));
        if (tokens.skip("[")) {
            do {
                // none is kept: they are for protoc
                ProtoParser.assignment(tokens, ProtoOptions.ONEOF, new TreeMap<>());
            } while (tokens.skip(","));
            tokens.expect("]");
        }
        tokens.expect(";");
    }

    private void oneof(Place place) {
        String name = tokens.name();
        Map<String, String> options = new TreeMap<>();
        Place inside = place.in(place.body().oneofs.size());
        place.body().oneofs.add(new Oneof(name, options));
        tokens.expect("{");
        while (!tokens.skip("}")) {
            if (tokens.isAt("option")) {
                ProtoParser.option(tokens, ProtoOptions.ONEOF, options);
            } else if (!tokens.skip(";")) {
                field(inside);
            }
        }
    }

    private void field(Place place) {
        int label = Declarations.OPTIONAL;
        boolean presence = false;
        if (place.oneof() < 0) {
            if (tokens.skip("optional")) {
                presence = isProto3;
            } else if (tokens.skip("required")) {
                label = Declarations.REQUIRED;
            } else if (tokens.skip("repeated")) {
                label = Declarations.REPEATED;
            }
        }
        if (tokens.isAt("map") && ProtoTokens.is(tokens.ahead(), "<")) {
            map(place);
            return;
        }
        boolean isGroup = tokens.skip("group");
        String typeName = isGroup ? "" : tokens.fullName();
        Token at = tokens.current();
        String written = tokens.name();
        String name = isGroup ? written.toLowerCase(Locale.ROOT) : written;
        tokens.expect("=");
        int number = number();
        int scalar = typeName.isEmpty() ? 0 : Declarations.SCALARS.indexOf(typeName);
        int type = isGroup ? Declarations.GROUP : Math.max(scalar, Declarations.UNRESOLVED);
        Brackets brackets = brackets(type);
        add(
                at,
                place,
                new Field(
                        name,
                        number,
                        label,
                        type,
                        isGroup ? written : scalar > 0 ? "" : typeName,
                        place.extendee(),
                        brackets.defaultValue,
                        place.oneof(),
                        brackets.jsonName,
                        presence,
                        brackets.options));
        if (isGroup) {
            place.body().messages.add(message(written, 0, place.depth() + 1));
        } else {
            tokens.expect(";");
        }
    }

    private static void add(Token at, Place place, Field field) {
        if (!place.names().add(field.name())) {
            throw ProtoTokens.error(at, "declares a field of a name that another one has");
        }
        (place.extendee().isEmpty() ? place.body().fields : place.body().extensions).add(field);
    }

    private int number() {
        return tokens.int32("the number of a field", false, number -> number > 0);
    }

    private void map(Place place) {
        if (!place.extendee().isEmpty() || place.oneof() >= 0) {
            throw tokens.unexpected("a field that is no map");
        }
        tokens.expect("map");
        tokens.expect("<");
        String key = tokens.fullName();
        tokens.expect(",");
        String value = tokens.fullName();
        tokens.expect(">");
        Token at = tokens.current();
        String name = tokens.name();
        tokens.expect("=");
        int number = number();
        Brackets brackets = brackets(Declarations.MESSAGE);
        tokens.expect(";");
        String entry = entryName(name);
        MessageBody body = new MessageBody(entry);
        body.fields.add(entryField("key", 1, key));
        body.fields.add(entryField("value", 2, value));
        body.options.put(ProtoOptions.MAP_ENTRY, "true");
        place.body().messages.add(body.message(0));
        add(
                at,
                place,
                new Field(
                        name,
                        number,
                        Declarations.REPEATED,
                        Declarations.MESSAGE,
                        entry,
                        "",
                        null,
                        -1,
                        brackets.jsonName,
                        false,
                        brackets.options));
    }

    private static Field entryField(String name, int number, String typeName) {
        int scalar = Declarations.SCALARS.indexOf(typeName);
        return new Field(
                name,
                number,
                Declarations.OPTIONAL,
                Math.max(scalar, Declarations.UNRESOLVED),
                scalar > 0 ? "" : typeName,
                "",
                null,
                -1,
                null,
                false,
                Map.of());
    }

    /** Returns the name of a map's entries as protoc makes it: {@code PricesByDayEntry} for {@code prices_by_day}. */
    static String entryName(String field) {
        StringBuilder name = new StringBuilder();
        boolean upper = true;
        for (int i = 0; i < field.length(); i++) {
            char each = field.charAt(i);
            if (each == '_') {
                upper = true;
            } else {
                name.append(upper && each >= 'a' && each <= 'z' ? (char) (each - 'a' + 'A') : each);
                upper = false;
            }
        }
        return name.append("Entry").toString();
    }

    private Brackets brackets(int type) {
        Brackets found = new Brackets();
        if (!tokens.skip("[")) {
            return found;
        }
        do {
            boolean isValue = ProtoTokens.is(tokens.ahead(), "=");
            if (tokens.isAt("default") && isValue) {
                tokens.take();
                tokens.take();
                found.defaultValue = defaultValue(type);
            } else if (tokens.isAt("json_name") && isValue) {
                tokens.take();
                tokens.take();
                found.jsonName = ProtoParser.utf8(tokens.string());
            } else {
                ProtoParser.assignment(tokens, ProtoOptions.FIELD, found.options);
            }
        } while (tokens.skip(","));
        tokens.expect("]");
        return found;
    }

    private String defaultValue(int type) {
        switch (type) {
            case Declarations.STRING -> {
                return ProtoParser.utf8(tokens.string());
            }
            case Declarations.BYTES -> {
                return ProtoStrings.escaped(tokens.string().getBytes(ISO_8859_1));
            }
            default -> {
                String sign = tokens.skip("-") ? "-" : "";
                if (tokens.current().kind() == Kind.NAME) {
                    return sign + tokens.take().text();
                }
                if (tokens.current().kind() != Kind.NUMBER) {
                    throw tokens.unexpected("a default value");
                }
                boolean isFloat = type == 1 || type == Declarations.FLOAT;
                return sign
                        + (isFloat
                                ? tokens.take().text()
                                : Long.toUnsignedString(tokens.integer("a default value of the field's type")));
            }
        }
    }
}
