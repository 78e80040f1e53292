// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

/** Says why a text is no JSON value that can be published, and where, without showing any of it. */
final class InvalidJsonException extends Exception {

    private final int line;
    private final int column;
    private final boolean syntax;

    /**
     * An error.
     *
     * @param reason why, in words that show nothing of the text
     * @param line the line in the text, counted from 1
     * @param column the column in the line, counted from 1
     * @param syntax whether the text is not JSON, rather than JSON that is refused
     */
    InvalidJsonException(String reason, int line, int column, boolean syntax) {
        super(reason);
        this.line = line;
        this.column = column;
        this.syntax = syntax;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    boolean isSyntax() {
        return syntax;
    }
}
