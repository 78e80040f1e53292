// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.top;

import org.jspecify.annotations.Nullable;

/** The source of the numbers does not answer; the message is for people. */
public final class TopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean ofStart;

    /**
     * Creates the exception.
     *
     * @param ofStart whether it has never answered
     */
    TopException(boolean ofStart, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.ofStart = ofStart;
    }

    /** Returns whether the source has never answered, so that its address is probably wrong. */
    public boolean isOfStart() {
        return ofStart;
    }
}
