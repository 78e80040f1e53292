// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.core.internal.errors.ThrowableText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A record was rejected, and its dead letter could not be kept: its offset must not advance. */
final class DeadLetterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Throwable reason;

    /**
     * Creates the exception.
     *
     * @param rejected why the record was rejected
     * @param kept the result of keeping its dead letter, a failure
     */
    DeadLetterException(Throwable rejected, CompletableFuture<?> kept) {
        this(rejected, reason(kept));
    }

    private DeadLetterException(Throwable rejected, Throwable reason) {
        super(
                ThrowableText.reason(rejected) + "; its dead letter could not be kept: " + ThrowableText.reason(reason),
                reason);
        this.reason = reason;
    }

    /** Returns why the dead letter could not be kept. */
    Throwable reason() {
        return reason;
    }

    private static Throwable reason(CompletableFuture<?> kept) {
        try {
            kept.getNow(null);
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
        return new IllegalStateException("it was kept");
    }
}
