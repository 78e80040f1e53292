// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.offsets;

import org.jspecify.annotations.Nullable;

/** Input has no source offsets that can be read; the message is for people. */
public final class OffsetsInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OffsetsInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
