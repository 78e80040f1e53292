// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import org.jspecify.annotations.Nullable;

/** Ends a measurement: the sample cannot be used, or its records are not stored. */
public final class TuneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean beforeTheStart;

    private TuneException(String message, boolean beforeTheStart, @Nullable Throwable cause) {
        super(message, cause);
        this.beforeTheStart = beforeTheStart;
    }

    static TuneException ofInput(String message, @Nullable Throwable cause) {
        return new TuneException(message, true, cause);
    }

    static TuneException ofRun(String message, @Nullable Throwable cause) {
        return new TuneException(message, false, cause);
    }

    /** Returns whether the user's input is wrong, and nothing was sent. */
    public boolean isOfInput() {
        return beforeTheStart;
    }
}
