// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The tokens of a .proto text, read one at a time, without white space and comments. For one thread. */
final class ProtoTokens {
    private static final int MAX_SHOWN = 40;
    private static final int MAX_NUMBER_LENGTH = 400;

    /** The kinds of tokens. */
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SYMBOL,
        END
    }

    /**
     * A token.
     *
     * @param text as it is written; a string's is its bytes, each a character
     */
    record Token(Kind kind, String text, int line, int column) {}

    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;
    private Token current;
    private @Nullable Token ahead;

    ProtoTokens(String text) {
        this.text = text;
        if (text.startsWith("\uFEFF")) {
            position = 1;
            lineStart = 1;
        }
        this.current = read();
    }

    /** Returns the token that is next to be taken. */
    Token current() {
        return current;
    }

    /** Returns the token behind the current one. */
    Token ahead() {
        if (ahead == null) {
            ahead = read();
        }
        return ahead;
    }

    /** Returns the current token, and steps behind it. */
    Token take() {
        Token taken = current;
        current = ahead();
        ahead = null;
        return taken;
    }

    /** Returns whether the current token is a name or symbol of this text. */
    boolean isAt(String expected) {
        return is(current, expected);
    }

    /** Returns whether a token is a name or symbol of this text. */
    static boolean is(Token token, String expected) {
        return (token.kind() == Kind.NAME || token.kind() == Kind.SYMBOL)
                && token.text().equals(expected);
    }

    boolean isAtEnd() {
        return current.kind() == Kind.END;
    }

    /** Steps behind the current token if it is this one. */
    boolean skip(String expected) {
        if (isAt(expected)) {
            take();
            return true;
        }
        return false;
    }

    /** Steps behind the current token, which has to be this one. */
    void expect(String expected) {
        if (!skip(expected)) {
            throw unexpected("\"" + expected + "\"");
        }
    }

    /** Takes a name without dots. */
    String name() {
        if (current.kind() != Kind.NAME) {
            throw unexpected("a name");
        }
        return take().text();
    }

    /** Takes a name with or without dots. */
    String fullName() {
        StringBuilder name = new StringBuilder();
        if (skip(".")) {
            name.append('.');
        }
        name.append(name());
        while (skip(".")) {
            name.append('.').append(name());
        }
        return name.toString();
    }

    /** Takes string literals, one behind the other, as one; each character is a byte. */
    String string() {
        if (current.kind() != Kind.STRING) {
            throw unexpected("a string in quotes");
        }
        StringBuilder joined = new StringBuilder(take().text());
        while (current.kind() == Kind.STRING) {
            joined.append(take().text());
        }
        return joined.toString();
    }

    /** Takes an integer of up to 64 bits without a sign. */
    long integer(String what) {
        if (current.kind() != Kind.NUMBER) {
            throw unexpected(what);
        }
        try {
            long value = integerOf(current.text());
            take();
            return value;
        } catch (NumberFormatException e) {
            throw unexpected(what);
        }
    }

    private static long integerOf(String number) {
        if (number.length() > 2 && (number.startsWith("0x") || number.startsWith("0X"))) {
            return unsigned(number.substring(2), 16);
        }
        return number.length() > 1 && number.startsWith("0") ? unsigned(number.substring(1), 8) : unsigned(number, 10);
    }

    private static long unsigned(String digits, int radix) {
        if (digits.startsWith("+") || digits.startsWith("-")) {
            throw new NumberFormatException();
        }
        return Long.parseUnsignedLong(digits, radix);
    }

    /** Takes an integer with or without a sign, which has to be in the range. */
    int int32(String what, boolean negative, LongPredicate isAllowed) {
        Token at = current;
        boolean minus = negative && skip("-");
        long value = integer(what);
        long signed = minus ? -value : value;
        if (value < 0 || signed < Integer.MIN_VALUE || signed > Integer.MAX_VALUE || !isAllowed.test(signed)) {
            throw error(at, "has a number that is not " + what);
        }
        return (int) signed;
    }

    IllegalArgumentException unexpected(String expected) {
        String found = current.text();
        String shown = current.kind() == Kind.END
                ? "is the end of the text, where "
                : "has \"" + (found.length() > MAX_SHOWN ? found.substring(0, MAX_SHOWN) + "..." : found)
                        + "\", where ";
        return error(current, shown + expected + " is expected");
    }

    static IllegalArgumentException error(Token at, String problem) {
        return error(at.line(), at.column(), problem);
    }

    private static IllegalArgumentException error(int line, int column, String problem) {
        return new IllegalArgumentException("line " + line + ", column " + column + " " + problem);
    }

    private Token read() {
        skipBlanks();
        int start = position;
        int column = start - lineStart + 1;
        if (start == text.length()) {
            return new Token(Kind.END, "", line, column);
        }
        char first = text.charAt(start);
        if (isLetter(first)) {
            while (position < text.length() && (isLetter(text.charAt(position)) || isDigit(position))) {
                position++;
            }
            return new Token(Kind.NAME, text.substring(start, position), line, column);
        }
        if (isDigit(start) || (first == '.' && isDigit(start + 1))) {
            return number(column);
        }
        if (first == '"' || first == '\'') {
            return string(first, column);
        }
        position++;
        return new Token(Kind.SYMBOL, String.valueOf(first), line, column);
    }

    private Token number(int column) {
        int start = position;
        boolean hex = text.startsWith("0x", start) || text.startsWith("0X", start);
        while (position < text.length()) {
            char each = text.charAt(position);
            boolean sign = (each == '+' || each == '-') && !hex && "eE".indexOf(text.charAt(position - 1)) >= 0;
            if (!isLetter(each) && !isDigit(position) && each != '.' && !(sign && position > start)) {
                break;
            }
            position++;
        }
        if (position - start > MAX_NUMBER_LENGTH) {
            throw error(line, column, "has a number of more than " + MAX_NUMBER_LENGTH + " characters");
        }
        return new Token(Kind.NUMBER, text.substring(start, position), line, column);
    }

    private Token string(char quote, int column) {
        int start = ++position;
        while (position < text.length() && text.charAt(position) != quote && text.charAt(position) != '\n') {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        if (position >= text.length() || text.charAt(position) == '\n') {
            position = Math.min(position, text.length());
            throw error(line, column, "has a string that does not end in its line");
        }
        try {
            byte[] bytes = ProtoStrings.unescape(text.substring(start, position));
            position++;
            return new Token(Kind.STRING, new String(bytes, ISO_8859_1), line, column);
        } catch (IllegalArgumentException e) {
            throw error(line, column, "has a string with an escape that .proto texts do not have");
        }
    }

    private void skipBlanks() {
        while (position < text.length()) {
            char each = text.charAt(position);
            if (each == '\n') {
                position++;
                line++;
                lineStart = position;
            } else if (each <= ' ') {
                position++;
            } else if (text.startsWith("//", position)) {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", position)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int end = text.indexOf("*/", position + 2);
        if (end < 0) {
            throw error(line, position - lineStart + 1, "begins a comment that does not end");
        }
        for (int i = text.indexOf('\n', position); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        position = end + 2;
    }

    private static boolean isLetter(char each) {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || each == '_';
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }
}
