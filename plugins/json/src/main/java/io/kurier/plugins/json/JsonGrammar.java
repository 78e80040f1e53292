// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import java.util.BitSet;

/**
 * Follows JSON's grammar (RFC 8259) byte by byte and keeps none of the bytes, so that a value of any size is checked in
 * constant memory. It finds where values end and where the text stops being JSON. It does not interpret them: UTF-8,
 * duplicate keys and the size of numbers are left to {@link ValueParser}. Used by one thread.
 */
final class JsonGrammar {

    /**
     * The maximum depth that {@link ValueParser} allows ({@code StreamReadConstraints}); bounds the memory of
     * {@link #objects}.
     */
    private static final int MAX_DEPTH = 1000;

    private enum State {
        /** Between two values. */
        BETWEEN,
        /** Between two values, directly behind a number or a literal, which need a space behind them. */
        BEHIND_WORD,
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END,
        STRING,
        ESCAPE,
        HEX,
        WORD,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS
    }

    /** Which of the open brackets are braces, the outermost first. */
    private final BitSet objects = new BitSet();

    private int depth;
    private State state = State.BETWEEN;
    private boolean stringIsName;
    private String word = "";
    private int seen;
    private long values;
    private boolean container;

    /** Returns how many values have ended. */
    long values() {
        return values;
    }

    /** Returns whether the value that ended last is an object or an array. */
    boolean endedContainer() {
        return container;
    }

    /** Returns whether a value has begun and not ended; a number at the top level ends with the byte behind it. */
    boolean isInside() {
        return state != State.BETWEEN && state != State.BEHIND_WORD;
    }

    /** Records that nothing more follows, which ends a number at the top level. */
    void end() {
        if (depth == 0 && isWholeNumber()) {
            endValue(false);
        }
    }

    /**
     * Processes the next byte.
     *
     * @return whether the text may still be JSON; if not, this object must not be used any more
     */
    boolean accept(int c) {
        if (isWholeNumber() && !continuesNumber(c)) {
            endValue(false);
        }
        return switch (state) {
            case BETWEEN -> ValuesReader.isSpace(c) || beginValue(c);
            case BEHIND_WORD -> ValuesReader.isSpace(c) && to(State.BETWEEN);
            case VALUE -> ValuesReader.isSpace(c) || beginValue(c);
            case VALUE_OR_END -> ValuesReader.isSpace(c) || (c == ']' ? close(c) : beginValue(c));
            case NAME -> ValuesReader.isSpace(c) || beginName(c);
            case NAME_OR_END -> ValuesReader.isSpace(c) || (c == '}' ? close(c) : beginName(c));
            case COLON -> ValuesReader.isSpace(c) || (c == ':' && to(State.VALUE));
            case COMMA_OR_END -> ValuesReader.isSpace(c) || (c == ',' ? behindComma() : close(c));
            case STRING -> inString(c);
            case ESCAPE -> escaped(c);
            case HEX -> isHex(c) && (++seen < 4 || to(State.STRING));
            case WORD -> inWord(c);
            case MINUS -> firstDigit(c);
            case ZERO, DIGITS, FRACTION, EXPONENT_DIGITS -> inNumber(c);
            case POINT -> isDigit(c) && to(State.FRACTION);
            case EXPONENT ->
                (isDigit(c) && to(State.EXPONENT_DIGITS)) || ((c == '+' || c == '-') && to(State.EXPONENT_SIGN));
            case EXPONENT_SIGN -> isDigit(c) && to(State.EXPONENT_DIGITS);
        };
    }

    private boolean beginValue(int c) {
        return switch (c) {
            case '{' -> open(true);
            case '[' -> open(false);
            case '"' -> beginString(false);
            case 't' -> beginWord("true");
            case 'f' -> beginWord("false");
            case 'n' -> beginWord("null");
            case '-' -> to(State.MINUS);
            default -> firstDigit(c);
        };
    }

    private boolean beginName(int c) {
        return c == '"' && beginString(true);
    }

    private boolean beginString(boolean isName) {
        stringIsName = isName;
        return to(State.STRING);
    }

    private boolean beginWord(String expected) {
        word = expected;
        seen = 1;
        return to(State.WORD);
    }

    private boolean inString(int c) {
        if (c == '"') {
            return stringIsName ? to(State.COLON) : endValue(true);
        }
        return c == '\\' ? to(State.ESCAPE) : c >= ' ';
    }

    private boolean escaped(int c) {
        if (c == 'u') {
            seen = 0;
            return to(State.HEX);
        }
        return c >= 0 && "\"\\/bfnrt".indexOf(c) >= 0 && to(State.STRING);
    }

    private boolean inWord(int c) {
        if (c != word.charAt(seen)) {
            return false;
        }
        seen++;
        return seen < word.length() || endValue(false);
    }

    private boolean firstDigit(int c) {
        return isDigit(c) && to(c == '0' ? State.ZERO : State.DIGITS);
    }

    private boolean isWholeNumber() {
        return state == State.ZERO
                || state == State.DIGITS
                || state == State.FRACTION
                || state == State.EXPONENT_DIGITS;
    }

    private boolean continuesNumber(int c) {
        boolean hasExponent = state == State.EXPONENT_DIGITS;
        return (isDigit(c) && state != State.ZERO)
                || (c == '.' && !hasExponent && state != State.FRACTION)
                || ((c == 'e' || c == 'E') && !hasExponent);
    }

    /** Continues a number with a byte that {@link #continuesNumber} has accepted. */
    private boolean inNumber(int c) {
        if (c == '.') {
            return to(State.POINT);
        }
        return isDigit(c) || to(State.EXPONENT);
    }

    private boolean open(boolean object) {
        if (depth == MAX_DEPTH) {
            return false;
        }
        objects.set(depth, object);
        depth++;
        return to(object ? State.NAME_OR_END : State.VALUE_OR_END);
    }

    private boolean close(int c) {
        if (c != (objects.get(depth - 1) ? '}' : ']')) {
            return false;
        }
        depth--;
        endValue(true);
        container = true;
        return true;
    }

    private boolean behindComma() {
        return to(objects.get(depth - 1) ? State.NAME : State.VALUE);
    }

    private boolean endValue(boolean closed) {
        container = false;
        if (depth > 0) {
            return to(State.COMMA_OR_END);
        }
        values++;
        return to(closed ? State.BETWEEN : State.BEHIND_WORD);
    }

    private boolean to(State next) {
        state = next;
        return true;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
