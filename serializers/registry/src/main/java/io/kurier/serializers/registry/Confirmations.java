// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.framings.RegisteredSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats requests in the background until the registry answers. No thread waits meanwhile. Safe for use by any number
 * of threads.
 */
final class Confirmations implements AutoCloseable {
    private static final int MOST_SECONDS = 60;

    private final int kept;
    private final Map<Key, CompletableFuture<Optional<RegisteredSchema>>> begun = new LinkedHashMap<>(16, 0.75f, true);
    private volatile boolean closed;

    /** What is compared: it is compared once, also if the framing asks again. */
    record Key(RegistrySource.TextKey schema, RegisteredSchema given) {}

    Confirmations(int kept) {
        this.kept = kept;
    }

    /**
     * Sends a request, and again after a pause of one second, two, four and so on as long as there is no answer.
     *
     * @return completes with the answer, or fails with what the registry has refused; never, if it is closed before
     */
    CompletableFuture<Optional<RegisteredSchema>> begin(
            Key key, Supplier<CompletableFuture<Optional<RegisteredSchema>>> request) {
        CompletableFuture<Optional<RegisteredSchema>> result = new CompletableFuture<>();
        synchronized (begun) {
            CompletableFuture<Optional<RegisteredSchema>> before = begun.get(key);
            if (before != null) {
                return before;
            }
            begun.put(key, result);
            if (begun.size() > kept) {
                begun.remove(begun.keySet().iterator().next());
            }
        }
        send(request, result, 1);
        return result;
    }

    private void send(
            Supplier<CompletableFuture<Optional<RegisteredSchema>>> request,
            CompletableFuture<Optional<RegisteredSchema>> result,
            int pauseSeconds) {
        if (closed) {
            return;
        }
        CompletableFuture<Optional<RegisteredSchema>> sent;
        try {
            sent = request.get();
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<?> unused =
                sent.whenComplete((answer, failure) -> end(request, result, pauseSeconds, answer, failure));
    }

    private void end(
            Supplier<CompletableFuture<Optional<RegisteredSchema>>> request,
            CompletableFuture<Optional<RegisteredSchema>> result,
            int pauseSeconds,
            Optional<RegisteredSchema> answer,
            @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(answer);
        } else if (closed || !Failures.isRetriable(failure)) {
            if (!closed) {
                result.completeExceptionally(Failures.cause(failure));
            }
        } else {
            Executor later = CompletableFuture.delayedExecutor(pauseSeconds, TimeUnit.SECONDS, Runnable::run);
            later.execute(() -> send(request, result, Math.min(MOST_SECONDS, 2 * pauseSeconds)));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
