// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON text (RFC 8259) as a tree of {@code Map}, {@code List}, {@code String}, {@link Num} and {@link Literal}, since
 * the modules for schemas depend on no JSON library. Numbers keep their digits. Not safe for use by several threads.
 */
public final class Json {
    /** The deepest nesting that is read: each level takes some frames of the thread's stack. */
    private static final int MAX_DEPTH = 500;

    private final String text;
    private int position;

    /** A number, by its characters. */
    public record Num(String digits) {}

    /** The values that are words. */
    public enum Literal {
        TRUE,
        FALSE,
        NULL
    }

    private Json(String text) {
        this.text = text;
    }

    /**
     * Returns the value that a text contains.
     *
     * @throws IllegalArgumentException if it is not one JSON value; the message is the end of a sentence, with the
     *     position
     */
    public static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        json.skipSpace();
        if (json.position < text.length()) {
            throw json.wrong("something follows the value");
        }
        return value;
    }

    private Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("it is nested in more than " + MAX_DEPTH + " levels");
        }
        skipSpace();
        if (position == text.length()) {
            throw wrong("it ends where a value is expected");
        }
        return switch (text.charAt(position)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true", Literal.TRUE);
            case 'f' -> literal("false", Literal.FALSE);
            case 'n' -> literal("null", Literal.NULL);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        position++;
        if (nextIs('}')) {
            return members;
        }
        do {
            skipSpace();
            if (position == text.length() || text.charAt(position) != '"') {
                throw wrong("the name of a member is expected");
            }
            String name = string();
            if (!nextIs(':')) {
                throw wrong("a colon is expected");
            }
            if (members.put(name, value(depth + 1)) != null) {
                throw wrong("an object has the member " + name + " twice");
            }
        } while (nextIs(','));
        if (!nextIs('}')) {
            throw wrong("a comma or the end of an object is expected");
        }
        return members;
    }

    private List<Object> array(int depth) {
        List<Object> elements = new ArrayList<>();
        position++;
        if (nextIs(']')) {
            return elements;
        }
        do {
            elements.add(value(depth + 1));
        } while (nextIs(','));
        if (!nextIs(']')) {
            throw wrong("a comma or the end of an array is expected");
        }
        return elements;
    }

    private String string() {
        StringBuilder unescaped = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char each = text.charAt(position);
            if (each == '"') {
                position++;
                return unescaped.toString();
            }
            if (each < ' ') {
                throw wrong("a string has a control character");
            }
            unescaped.append(each == '\\' ? escaped() : each);
        }
        throw wrong("it ends within a string");
    }

    private char escaped() {
        position++;
        char kind = position < text.length() ? text.charAt(position) : ' ';
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("a string has an unknown escape sequence");
        };
    }

    private char unicode() {
        int code = 0;
        for (int digit = 0; digit < 4; digit++) {
            position++;
            int value = position < text.length() ? Character.digit(text.charAt(position), 16) : -1;
            if (value < 0) {
                throw wrong("a string has an unknown escape sequence");
            }
            code = code * 16 + value;
        }
        return (char) code;
    }

    private Literal literal(String word, Literal literal) {
        if (!text.startsWith(word, position)) {
            throw wrong("a value is expected");
        }
        position += word.length();
        return literal;
    }

    private Num number() {
        int from = position;
        while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        String digits = text.substring(from, position);
        if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?")) {
            position = from;
            throw wrong("a value is expected");
        }
        return new Num(digits);
    }

    private boolean nextIs(char wanted) {
        skipSpace();
        if (position == text.length() || text.charAt(position) != wanted) {
            return false;
        }
        position++;
        return true;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        int lineStart = text.lastIndexOf('\n', position - 1) + 1;
        long line = text.substring(0, lineStart)
                        .chars()
                        .filter(each -> each == '\n')
                        .count()
                + 1;
        return new IllegalArgumentException(
                what + ", in line " + line + ", column " + (position - lineStart + 1) + " of the JSON text");
    }

    /** How a tree is written. */
    private enum Style {
        /** Numbers as they are. */
        DIGITS,
        /** Numbers with a fraction or an exponent as {@code double}. */
        DOUBLES,
        /** Members in the order of their names, numbers by their value. */
        SORTED
    }

    /** Returns a tree as text without white space, escaped as Jackson does. */
    public static String compact(Object tree) {
        return written(tree, Style.DIGITS);
    }

    /** Returns {@link #compact} with fractions as {@code double}, which is how Avro reads them. */
    public static String compactWithDoubles(Object tree) {
        return written(tree, Style.DOUBLES);
    }

    /** Returns a text that two trees share if they are equal: members have no order, and 1.0 is 1. */
    public static String sorted(Object tree) {
        return written(tree, Style.SORTED);
    }

    private static String written(Object tree, Style style) {
        StringBuilder out = new StringBuilder();
        write(tree, out, style);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out, Style style) {
        if (value instanceof Map<?, ?> members) {
            List<String> names = new ArrayList<>();
            members.keySet().forEach(name -> names.add((String) name));
            if (style == Style.SORTED) {
                names.sort(null);
            }
            String separator = "{";
            for (String name : names) {
                quote(name, out.append(separator));
                write(Objects.requireNonNull(members.get(name)), out.append(':'), style);
                separator = ",";
            }
            out.append(names.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> elements) {
            String separator = "[";
            for (Object element : elements) {
                write(element, out.append(separator), style);
                separator = ",";
            }
            out.append(elements.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            quote(string, out);
        } else if (value instanceof Num number) {
            out.append(digits(number.digits(), style));
        } else {
            out.append(value.toString().toLowerCase(Locale.ROOT));
        }
    }

    private static String digits(String digits, Style style) {
        return switch (style) {
            case DIGITS -> digits;
            case DOUBLES -> digits.matches("-?[0-9]+") ? digits : Double.toString(Double.parseDouble(digits));
            case SORTED -> value(digits);
        };
    }

    private static String value(String digits) {
        BigDecimal number = new BigDecimal(digits);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char each = string.charAt(i);
            switch (each) {
                case '"', '\\' -> out.append('\\').append(each);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (each < ' ') {
                        out.append(String.format("\\u%04X", (int) each));
                    } else {
                        out.append(each);
                    }
                }
            }
        }
        out.append('"');
    }
}
