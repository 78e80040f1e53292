// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The escapes of string literals in .proto texts. */
final class ProtoStrings {
    private static final String LETTERS = "abfnrtv\\'\"?";
    private static final String CHARACTERS = "\u0007\b\f\n\r\t\u000B\\'\"?";

    private ProtoStrings() {}

    /**
     * Returns the bytes of a literal, given without its quotes.
     *
     * @throws IllegalArgumentException if it has an escape that there is not
     */
    static byte[] unescape(String literal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(literal.length());
        int i = 0;
        while (i < literal.length()) {
            int next = literal.indexOf('\\', i);
            if (next < 0) {
                next = literal.length();
            }
            out.writeBytes(literal.substring(i, next).getBytes(UTF_8));
            i = next < literal.length() ? escape(literal, next + 1, out) : next;
        }
        return out.toByteArray();
    }

    /** Writes the character of an escape whose letter is at an index, and returns the index behind it. */
    private static int escape(String literal, int index, ByteArrayOutputStream out) {
        char letter = index < literal.length() ? literal.charAt(index) : ' ';
        int known = LETTERS.indexOf(letter);
        if (known >= 0) {
            out.write(CHARACTERS.charAt(known));
            return index + 1;
        }
        switch (letter) {
            case 'x', 'X' -> {
                int end = digits(literal, index + 1, 2, 16);
                out.write(number(literal, index + 1, end, 16));
                return end;
            }
            case 'u', 'U' -> {
                int end = digits(literal, index + 1, letter == 'u' ? 4 : 8, 16);
                int point = number(literal, index + 1, end, 16);
                if (end != index + (letter == 'u' ? 5 : 9) || !Character.isValidCodePoint(point)) {
                    throw new IllegalArgumentException("is not ended by the digits of a character");
                }
                out.writeBytes(Character.toString(point).getBytes(UTF_8));
                return end;
            }
            default -> {
                int end = digits(literal, index, 3, 8);
                out.write(number(literal, index, end, 8));
                return end;
            }
        }
    }

    private static int digits(String literal, int from, int most, int radix) {
        int end = from;
        while (end < literal.length() && end < from + most && Character.digit(literal.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    private static int number(String literal, int from, int to, int radix) {
        if (from == to) {
            throw new IllegalArgumentException("has an escape that .proto texts do not have");
        }
        long value = Long.parseLong(literal.substring(from, to), radix);
        return value > Character.MAX_CODE_POINT ? -1 : (int) value;
    }

    /** Returns a literal with its quotes; characters beyond ASCII stay as they are. */
    static String quoted(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            append(value.charAt(i), out);
        }
        return out.append('"').toString();
    }

    /** Returns bytes as ASCII, without quotes. */
    static String escaped(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length);
        for (char each : new String(bytes, ISO_8859_1).toCharArray()) {
            if (each > '~') {
                octal(each, out);
            } else {
                append(each, out);
            }
        }
        return out.toString();
    }

    private static void append(char each, StringBuilder out) {
        switch (each) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '"', '\'', '\\' -> out.append('\\').append(each);
            default -> {
                if (each < ' ' || each == 0x7F) {
                    octal(each, out);
                } else {
                    out.append(each);
                }
            }
        }
    }

    private static void octal(char each, StringBuilder out) {
        out.append('\\')
                .append((char) ('0' + (each >> 6)))
                .append((char) ('0' + ((each >> 3) & 7)))
                .append((char) ('0' + (each & 7)));
    }
}
