// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.NotReadyException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a server that a plugin has to ask, in threads that may wait. A publisher waits by itself, or refuses the
 * message. Safe for use by any number of threads.
 *
 * @param limit the longest wait of a step
 */
public record ServerWait(Duration limit) {
    /** A stage that has completed without any effect must not make a thread spin. */
    private static final long PAUSE_MILLIS = 10;

    /**
     * Runs a step, again as often as it is not ready.
     *
     * @return what the step returns
     * @throws org.apache.kafka.common.errors.TimeoutException if it is not ready in time
     * @throws InterruptException if the thread is interrupted, whose interrupt flag is then set
     */
    public <T extends @Nullable Object> T await(Supplier<T> step) {
        try {
            return step.get();
        } catch (NotReadyException e) {
            return await(step, e, System.nanoTime() + limit.toNanos());
        }
    }

    private <T extends @Nullable Object> T await(Supplier<T> step, NotReadyException first, long deadline) {
        NotReadyException awaited = first;
        while (true) {
            try {
                waitFor(awaited, deadline);
                return step.get();
            } catch (NotReadyException e) {
                awaited = e;
            }
        }
    }

    private void waitFor(NotReadyException awaited, long deadline) {
        CompletableFuture<?> ready = awaited.ready().toCompletableFuture();
        try {
            if (ready.isDone()) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException();
            }
            Object unused = ready.get(left, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            // The next try reports what the server has refused.
            return;
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    awaited.getMessage() + ": no answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException e) {
            throw new InterruptException(e); // its constructor sets the thread's interrupt flag again
        }
    }
}
