// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

/** A text is not a JSON value that can be published. Has the reason and the position, and shows nothing of the text. */
final class InvalidJsonException extends Exception {

    private final int line;
    private final int column;
    private final boolean syntax;

    /**
     * Creates an error.
     *
     * @param reason why, as text that shows nothing of the input
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
