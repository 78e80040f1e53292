// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import org.jspecify.annotations.Nullable;

/** Ends the reading of a topic; the message is for people. */
public final class ReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
