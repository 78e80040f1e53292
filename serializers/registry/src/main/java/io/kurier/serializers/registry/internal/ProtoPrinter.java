// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Prints declarations as a .proto text of which protoc makes the same descriptor. For one file. */
final class ProtoPrinter {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
    private static final Pattern FULL_NAME =
            Pattern.compile("\\.?[A-Za-z_][A-Za-z0-9_]*+(?:\\.[A-Za-z_][A-Za-z0-9_]*+)*+");
    private static final Pattern DEFAULT = Pattern.compile("-?[A-Za-z0-9_.+-]++");

    private final StringBuilder out = new StringBuilder();
    private String syntax = "";
    /** The full name of the message that is printed, or of the package, with a dot before it. */
    private String scope = "";

    private int indent;

    String text(File file) {
        syntax = file.syntax();
        scope = file.pack().isEmpty() ? "" : "." + file.pack();
        line(
                syntax.equals("editions")
                        ? "edition = \"" + edition(file.edition()) + "\";"
                        : "syntax = \"" + syntax + "\";");
        if (!file.pack().isEmpty()) {
            blank();
            line("package " + fullName(file.pack()) + ";");
        }
        if (!file.imports().isEmpty()) {
            blank();
        }
        for (Import each : file.imports()) {
            String kind =
                    each.kind() == ImportKind.PLAIN ? "" : each.kind().name().toLowerCase(Locale.ROOT) + " ";
            line("import " + kind + ProtoStrings.quoted(each.path()) + ";");
        }
        if (!file.options().isEmpty()) {
            blank();
        }
        options(file.options());
        types(List.of(), file.messages(), file.extensions(), List.of());
        file.enums().forEach(this::enumType);
        file.services().forEach(this::service);
        return out.toString();
    }

    private static String edition(int edition) {
        return switch (edition) {
            case 1000 -> "2023";
            case 1001 -> "2024";
            case 1002 -> "2026";
            default -> throw new IllegalArgumentException("has an edition that this version does not know");
        };
    }

    private void message(Message message) {
        blank();
        line(visibility(message.visibility()) + "message " + name(message.name()) + " {");
        body(message);
        line("}");
    }

    private void body(Message message) {
        String around = scope;
        scope = around + "." + message.name();
        indent++;
        options(message.options());
        ranges("reserved", message.reserved(), 1);
        message.reservedNames().forEach(this::reservedName);
        ranges("extensions", message.extensionRanges(), 1);
        message.enums().forEach(this::enumType);
        types(message.fields(), message.messages(), message.extensions(), message.oneofs());
        indent--;
        scope = around;
    }

    /**
     * Prints fields, messages and extensions. A map field and a group declare a message, which has its place among the
     * other messages only if they are printed when its turn comes.
     */
    private void types(List<Field> fields, List<Message> messages, List<Field> extensions, List<Oneof> oneofs) {
        Map<String, Message> implied = new HashMap<>();
        Map<String, Integer> declaring = new HashMap<>();
        Map<String, Integer> extending = new HashMap<>();
        messages.forEach(each -> implied.put(scope + "." + each.name(), each));
        for (int i = 0; i < fields.size(); i++) {
            addImplied(fields.get(i), i, implied, declaring);
        }
        for (int i = 0; i < extensions.size(); i++) {
            addImplied(extensions.get(i), i, implied, extending);
        }
        int printed = 0;
        int printedExtensions = 0;
        for (Message each : messages) {
            Integer field = declaring.get(each.name());
            Integer extension = extending.get(each.name());
            if (field != null) {
                printed = fields(fields, printed, field + 1, oneofs, implied);
            } else if (extension != null) {
                printedExtensions = extensions(extensions, printedExtensions, extension + 1, implied);
            } else if (!each.isMapEntry()) {
                message(each);
            }
        }
        fields(fields, printed, fields.size(), oneofs, implied);
        extensions(extensions, printedExtensions, extensions.size(), implied);
    }

    private static void addImplied(
            Field field, int index, Map<String, Message> messages, Map<String, Integer> declaring) {
        Message type = messages.get(field.typeName());
        if (type != null && (isMap(type) || field.type() == Declarations.GROUP)) {
            declaring.put(type.name(), index);
        }
    }

    private static boolean isMap(Message type) {
        return type.isMapEntry() && type.fields().size() == 2;
    }

    private int fields(List<Field> fields, int from, int to, List<Oneof> oneofs, Map<String, Message> implied) {
        int next = from;
        while (next < to) {
            Field field = fields.get(next);
            if (field.oneof() < 0 || field.oneof() >= oneofs.size() || field.presence()) {
                field(field, true, implied);
                next++;
                continue;
            }
            Oneof oneof = oneofs.get(field.oneof());
            blank();
            line("oneof " + name(oneof.name()) + " {");
            indent++;
            options(oneof.options());
            while (next < fields.size() && fields.get(next).oneof() == field.oneof()) {
                field(fields.get(next), false, implied);
                next++;
            }
            indent--;
            line("}");
        }
        return Math.max(from, next);
    }

    private int extensions(List<Field> extensions, int from, int to, Map<String, Message> implied) {
        int next = from;
        while (next < to) {
            String extendee = extensions.get(next).extendee();
            blank();
            line("extend " + fullName(extendee) + " {");
            indent++;
            while (next < to && extensions.get(next).extendee().equals(extendee)) {
                field(extensions.get(next), true, implied);
                next++;
            }
            indent--;
            line("}");
        }
        return Math.max(from, next);
    }

    private void field(Field field, boolean withLabel, Map<String, Message> implied) {
        Message type = implied.get(field.typeName());
        String rest = " = " + field.number() + brackets(field);
        if (field.type() == Declarations.GROUP && type != null) {
            line((withLabel ? label(field) : "") + "group " + name(type.name()) + rest + " {");
            body(type);
            line("}");
        } else if (type != null && isMap(type)) {
            line("map<" + type(type.fields().get(0)) + ", " + type(type.fields().get(1)) + "> " + name(field.name())
                    + rest + ";");
        } else {
            line((withLabel ? label(field) : "") + type(field) + " " + name(field.name()) + rest + ";");
        }
    }

    private String label(Field field) {
        return switch (field.label()) {
            case Declarations.REPEATED -> "repeated ";
            case Declarations.REQUIRED -> "required ";
            default -> syntax.equals("proto2") || field.presence() ? "optional " : "";
        };
    }

    private static String type(Field field) {
        return field.typeName().isEmpty() ? scalar(field.type()) : fullName(field.typeName());
    }

    private static String scalar(int type) {
        String name = Declarations.SCALARS.get(type);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a field has no type");
        }
        return name;
    }

    private static String brackets(Field field) {
        List<String> parts = new ArrayList<>();
        String value = field.defaultValue();
        if (value != null) {
            parts.add("default = " + defaultValue(field.type(), value));
        }
        String json = field.jsonName();
        if (json != null && field.extendee().isEmpty() && !json.equals(jsonName(field.name()))) {
            parts.add("json_name = " + ProtoStrings.quoted(json));
        }
        field.options().forEach((name, option) -> parts.add(name + " = " + option));
        return parts.isEmpty() ? "" : " [" + String.join(", ", parts) + "]";
    }

    private static String defaultValue(int type, String value) {
        if (type == Declarations.STRING) {
            return ProtoStrings.quoted(value);
        }
        if (type == Declarations.BYTES) {
            return '"' + ProtoStrings.escaped(ProtoStrings.unescape(value)) + '"';
        }
        if (!DEFAULT.matcher(value).matches()) {
            throw new IllegalArgumentException("a field has a default value that is not of its type");
        }
        return value;
    }

    /** Returns the JSON name that protoc derives: underscores are left out, and the letters behind them are upper case. */
    private static String jsonName(String name) {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            if (each != '_') {
                camel.append(upper && each >= 'a' && each <= 'z' ? (char) (each - 'a' + 'A') : each);
            }
            upper = each == '_';
        }
        return camel.toString();
    }

    private void enumType(EnumType type) {
        blank();
        line(visibility(type.visibility()) + "enum " + name(type.name()) + " {");
        indent++;
        options(type.options());
        ranges("reserved", type.reserved(), 0);
        type.reservedNames().forEach(this::reservedName);
        for (Value value : type.values()) {
            List<String> options = new ArrayList<>();
            value.options().forEach((name, option) -> options.add(name + " = " + option));
            line(name(value.name()) + " = " + value.number()
                    + (options.isEmpty() ? "" : " [" + String.join(", ", options) + "]") + ";");
        }
        indent--;
        line("}");
    }

    private static String visibility(int visibility) {
        return visibility == 0 ? "" : visibility == 1 ? "local " : "export ";
    }

    /** Prints ranges that end so many numbers behind their last one. */
    private void ranges(String keyword, List<Range> ranges, int behind) {
        for (Range range : ranges) {
            int last = range.to() - behind;
            boolean isMax = last >= (behind == 1 ? Declarations.FIELDS_END - 1 : Integer.MAX_VALUE);
            line(keyword + " " + range.from()
                    + (last == range.from() ? "" : " to " + (isMax ? "max" : String.valueOf(last))) + ";");
        }
    }

    private void reservedName(String name) {
        line("reserved " + (syntax.equals("editions") ? name(name) : ProtoStrings.quoted(name)) + ";");
    }

    private void service(Service service) {
        blank();
        line("service " + name(service.name()) + " {");
        indent++;
        options(service.options());
        for (Method each : service.methods()) {
            String signature = "rpc " + name(each.name())
                    + "(" + (each.clientStreaming() ? "stream " : "") + fullName(each.input()) + ") returns ("
                    + (each.serverStreaming() ? "stream " : "") + fullName(each.output()) + ")";
            if (each.options().isEmpty()) {
                line(signature + ";");
            } else {
                line(signature + " {");
                indent++;
                options(each.options());
                indent--;
                line("}");
            }
        }
        indent--;
        line("}");
    }

    private void options(Map<String, String> options) {
        options.forEach((name, value) -> line("option " + name + " = " + value + ";"));
    }

    private static String name(String name) {
        return checked(name, NAME);
    }

    private static String fullName(String name) {
        return checked(name, FULL_NAME);
    }

    private static String checked(String name, Pattern pattern) {
        if (!pattern.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name " + ProtoStrings.quoted(name) + " is none that a .proto text can have");
        }
        return name;
    }

    private void line(String text) {
        out.append("  ".repeat(indent)).append(text).append('\n');
    }

    private void blank() {
        if (!out.isEmpty() && out.charAt(out.length() - 2) != '{') {
            out.append('\n');
        }
    }
}
