// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import org.jspecify.annotations.Nullable;

/**
 * The failure of {@link Publisher#rotate()}: the publisher goes on with the credentials that it has. The message lists
 * everything that is wrong with the new ones, with keys and places; it shows no secret. Immutable.
 */
public final class RotationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param reason why the credentials were not rotated, one sentence or several lines, without secrets
     * @param cause the exception behind it, or null
     */
    public RotationException(String reason, @Nullable Throwable cause) {
        super("the credentials were not rotated, and the old ones stay in use: " + Printable.lines(reason), cause);
    }
}
