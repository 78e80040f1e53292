// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that a publisher returns, or one derived from it: a dependent that waits for it does not block the queue in
 * which it runs. The future of a message is a {@code Delivery}. It has no fields of its own, since one is created for
 * every dependent.
 */
public class PublisherFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new PublisherFuture<>();
    }

    @Override
    public T join() {
        CompletionThread.beforeWaiting(this);
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        CompletionThread.beforeWaiting(this);
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (timeout > 0) {
            CompletionThread.beforeWaiting(this);
        }
        return super.get(timeout, unit);
    }
}
