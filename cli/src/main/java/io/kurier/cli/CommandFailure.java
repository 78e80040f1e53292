// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with a message for its user and an exit code. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
