// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.HexFormat;

/**
 * Makes text from other sources fit for one line of a terminal or a log: names of files, topics and plugins may contain
 * line ends that forge a line, escape sequences that a terminal obeys, and marks that change the direction of the text
 * that follows (CVE-2021-42574). Safe for use by any number of threads.
 */
public final class Printable {
    private static final int MOST_SHOWN = 200;
    private static final HexFormat HEX = HexFormat.of();

    private Printable() {}

    /**
     * Returns the text with every character that is not shown as itself escaped as in Java: {@code \n}, {@code \u001b},
     * {@code \u202e}. Those are control characters, format characters such as bidi marks, line and paragraph
     * separators, halves of surrogate pairs and code points that Unicode does not assign. A text without any is
     * returned unchanged.
     */
    public static String of(String text) {
        return of(text, false);
    }

    /**
     * Escapes as {@link #of(String)} does, but keeps line feeds and tabs: for a text that may have several lines, such
     * as an exception's message.
     */
    public static String lines(String text) {
        return of(text, true);
    }

    /**
     * Escapes as {@link #of(String)} does, and cuts a text of more than 200 characters after 200, with its length
     * appended: for a name or a value of any length.
     */
    public static String brief(String text) {
        return text.length() <= MOST_SHOWN
                ? of(text)
                : of(text.substring(0, MOST_SHOWN)) + "... (" + text.length() + " characters)";
    }

    private static String of(String text, boolean withLines) {
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (!isShown(c, withLines)) {
                return escaped(text, i, withLines);
            }
            i += Character.charCount(c);
        }
        return text;
    }

    private static String escaped(String text, int from, boolean withLines) {
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, from);
        int i = from;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (isShown(c, withLines)) {
                shown.appendCodePoint(c);
            } else {
                escape(shown, c);
            }
            i += Character.charCount(c);
        }
        return shown.toString();
    }

    private static void escape(StringBuilder shown, int c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                for (char half : Character.toChars(c)) {
                    shown.append("\\u").append(HEX.toHexDigits(half));
                }
            }
        }
    }

    private static boolean isShown(int c, boolean withLines) {
        if (c >= ' ' && c < 0x7f) {
            return true;
        }
        if (c == '\n' || c == '\t') {
            return withLines;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
