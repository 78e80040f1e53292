// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import org.jspecify.annotations.Nullable;

/**
 * Replaces an exception whose message may show a value, so that a log can have the stack trace and the causes without
 * it. It keeps the name of the class.
 */
public final class WithheldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Causes can form a cycle. */
    private static final int MAX_CAUSES = 10;

    /** Creates the replacement of an exception and its causes. */
    public WithheldException(Throwable original) {
        this(original, MAX_CAUSES);
    }

    private WithheldException(Throwable original, int causes) {
        super(
                original.getClass().getName() + ", whose message is withheld because it may show the value",
                cause(original, causes));
        setStackTrace(original.getStackTrace());
    }

    private static @Nullable Throwable cause(Throwable original, int causes) {
        Throwable cause = original.getCause();
        return cause == null || causes == 0 ? null : new WithheldException(cause, causes - 1);
    }
}
