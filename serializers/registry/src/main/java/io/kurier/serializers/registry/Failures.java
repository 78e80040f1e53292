// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.registry.internal.RegistryException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;

/** What the failure of a request means. */
final class Failures {
    private static final int NOT_FOUND = 404;

    /** The error codes of a registry are its status and two digits. */
    private static final int DIGITS = 100;

    private Failures() {}

    /** Returns the failure without what futures wrap around it. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Returns whether a later request may succeed. */
    static boolean isRetriable(Throwable failure) {
        return cause(failure) instanceof RegistryException refused && refused.isRetriable();
    }

    /**
     * Returns whether the registry has said that there is no such subject, version or schema. A 404 without a code
     * comes from something else, such as a wrong path in the address.
     */
    static boolean isUnknown(Throwable failure) {
        return cause(failure) instanceof RegistryException refused
                && refused.status() == NOT_FOUND
                && refused.code() / DIGITS == NOT_FOUND;
    }

    /** Returns the answer of a request, or that of another one if the registry does not know what was asked for. */
    static <T> CompletableFuture<T> ifUnknown(CompletableFuture<T> request, Supplier<CompletableFuture<T>> other) {
        return request.<CompletableFuture<T>>handle((answer, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    return isUnknown(failure) ? other.get() : CompletableFuture.failedFuture(cause(failure));
                })
                .thenCompose(Function.identity());
    }

    /** Returns the exception that a caller gets, with a stack trace of its own. */
    static RuntimeException forCaller(Throwable failure) {
        Throwable cause = cause(failure);
        String message = String.valueOf(cause.getMessage());
        return isRetriable(cause)
                ? new UnavailableException(message, cause)
                : new SerializationException(message, cause);
    }
}
