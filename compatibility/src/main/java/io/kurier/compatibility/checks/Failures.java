// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.PublishException;
import io.kurier.TransactionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Returns the failure of a future that must have failed. */
final class Failures {
    private Failures() {}

    static PublishException of(CompletableFuture<?> message) {
        return (PublishException) cause(message);
    }

    static TransactionException ofTransaction(CompletableFuture<?> transaction) {
        return (TransactionException) cause(transaction);
    }

    private static Throwable cause(CompletableFuture<?> future) {
        CompletionException completion = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(completion).as("it must fail").isNotNull();
        return requireNonNull(completion.getCause());
    }
}
