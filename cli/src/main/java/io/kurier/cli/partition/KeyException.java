// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import org.jspecify.annotations.Nullable;

/** Says why a line is no key, or has no partition; the message is for people and shows no key. */
public final class KeyException extends Exception {
    private static final long serialVersionUID = 1L;

    KeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
