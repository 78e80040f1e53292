// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.Utf8;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads a JSON text (RFC 8259) byte by byte, to find out where its values begin and end. It accepts nothing that is no
 * JSON, so that every reader of the text finds the same values. Used by one thread.
 */
final class JsonText {
    private static final int HEX = 16;

    private final byte[] json;
    private final int offset;
    private final int end;
    private final int maxDepth;
    private int at;

    /** The index after the name that was read last. */
    private int nameEnd;

    /**
     * Creates a text, of which nothing is read yet.
     *
     * @throws SerializationException if it is not in UTF-8, or begins with a byte order mark
     */
    JsonText(byte[] bytes, int offset, int length, int maxDepth) {
        this.json = bytes;
        this.offset = offset;
        this.end = offset + length;
        this.maxDepth = maxDepth;
        this.at = offset;
        int malformed = Utf8.malformed(bytes, offset, length);
        if (malformed >= 0) {
            at = offset + malformed;
            throw wrong("the byte belongs to no character of UTF-8");
        }
        if (Utf8.beginsWithMark(bytes, offset, length)) {
            throw wrong("there is a byte order mark, which JSON must not have");
        }
    }

    /** Returns the index of the next byte. */
    int position() {
        return at;
    }

    /** Skips white space and returns the byte after it, which is not read yet; 0 at the end. */
    byte peek() {
        while (at < end && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at < end ? json[at] : 0;
    }

    /** Reads a byte if it is the next one after white space. */
    boolean nextIs(char expected) {
        boolean is = peek() == expected;
        at += is ? 1 : 0;
        return is;
    }

    /** Reads a byte that must come. */
    void expect(char expected, String what) {
        if (!nextIs(expected)) {
            throw wrong(what + " is expected");
        }
    }

    /** Refuses a nesting that is too deep. */
    void checkDepth(int depth) {
        if (depth > maxDepth) {
            throw new SerializationException("it is nested deeper than " + maxDepth
                    + " levels. If it is meant, raise max.depth (json.max.depth in a Kafka client's configuration)");
        }
    }

    /**
     * Reads a value of any kind.
     *
     * @param depth the number of objects and lists around it
     */
    void skip(int depth) {
        switch (peek()) {
            case '{' -> {
                checkDepth(depth + 1);
                at++;
                if (nextIs('}')) {
                    return;
                }
                do {
                    skipName();
                    skip(depth + 1);
                } while (nextIs(','));
                expect('}', "a comma or the end of an object");
            }
            case '[' -> {
                checkDepth(depth + 1);
                at++;
                if (nextIs(']')) {
                    return;
                }
                do {
                    skip(depth + 1);
                } while (nextIs(','));
                expect(']', "a comma or the end of a list");
            }
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    /** Reads the name of a member and the colon after it, and returns the name. */
    String name() {
        int from = skipName();
        return unescaped(from, nameEnd);
    }

    private int skipName() {
        if (peek() != '"') {
            throw wrong("the name of a member is expected");
        }
        int from = at;
        string();
        nameEnd = at;
        expect(':', "a colon");
        return from;
    }

    /** Returns the text of a string that was read, quotes included. */
    String unescaped(int from, int to) {
        boolean escapes = false;
        for (int i = from; i < to; i++) {
            escapes |= json[i] == '\\';
        }
        String raw = new String(json, from + 1, to - from - 2, UTF_8);
        return escapes ? unescaped(raw) : raw;
    }

    private static String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char each = raw.charAt(i);
            if (each != '\\') {
                text.append(each);
                continue;
            }
            char escape = raw.charAt(++i);
            switch (escape) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(raw, i + 1, i + 5, HEX));
                    i += 4;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }

    private void string() {
        at++;
        while (at < end && json[at] != '"') {
            if (json[at] >= 0 && json[at] < ' ') {
                throw wrong("a text has a control character");
            }
            if (json[at] == '\\') {
                at++;
                escape();
            } else {
                at++;
            }
        }
        if (at >= end) {
            throw wrong("a text does not end");
        }
        at++;
    }

    private void escape() {
        if (at < end && json[at] == 'u') {
            at++;
            for (int digits = 0; digits < 4; digits++, at++) {
                if (at >= end || Character.digit(json[at], HEX) < 0) {
                    throw wrong("four hexadecimal digits are expected");
                }
            }
            return;
        }
        if (at >= end || "\"\\/bfnrt".indexOf(json[at]) < 0) {
            throw wrong("there is no such escape");
        }
        at++;
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= end || json[at] != word.charAt(i)) {
                throw wrong("a value is expected");
            }
        }
    }

    private void number() {
        if (at < end && json[at] == '-') {
            at++;
        }
        if (at < end && json[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < end && json[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (json[at] == 'e' || json[at] == 'E')) {
            at++;
            if (at < end && (json[at] == '+' || json[at] == '-')) {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        int from = at;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw wrong("a value is expected");
        }
    }

    /** Refuses what follows the only value. */
    void expectEnd() {
        peek();
        if (at < end) {
            throw wrong("something follows the value");
        }
    }

    private SerializationException wrong(String reason) {
        return new SerializationException("it is no JSON text in UTF-8: at the byte " + (at - offset)
                + " of its payload (counted from 0): " + reason);
    }
}
