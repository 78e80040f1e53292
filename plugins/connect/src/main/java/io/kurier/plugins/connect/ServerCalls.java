// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import io.kurier.serializers.internal.WithheldException;
import io.kurier.spi.NotReadyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Calls serializers and deserializers, waits for the servers that they ask, and makes their exceptions those of Connect.
 *
 * @param side {@code key} or {@code value}, for errors
 * @param serializer the name of the serializer, for errors
 * @param maxBlockMillis the longest wait
 */
record ServerCalls(String side, String serializer, long maxBlockMillis) {
    /** A stage that has completed without any effect must not make a thread spin. */
    private static final long PAUSE_MILLIS = 10;

    /** Returns what the call returns. */
    <T extends @Nullable Object> T call(String topic, Supplier<T> call) {
        try {
            try {
                return call.get();
            } catch (NotReadyException e) {
                return again(call, e, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(maxBlockMillis));
            }
        } catch (org.apache.kafka.common.errors.RetriableException e) {
            throw new RetriableException(where(topic) + ": " + e.getMessage(), e);
        } catch (SerializationException e) {
            throw new DataException(where(topic) + ": " + e.getMessage(), e.getCause());
        } catch (RetriableException | InterruptException | ConfigException e) {
            throw e;
        } catch (DataException e) {
            throw new DataException(where(topic) + ": " + e.getMessage(), e.getCause());
        } catch (ConnectException e) {
            throw new ConnectException(where(topic) + ": " + e.getMessage(), e.getCause());
        } catch (RuntimeException e) { // its message may quote the value
            throw new DataException(
                    where(topic) + ": the serializer failed with "
                            + e.getClass().getName(),
                    new WithheldException(e));
        }
    }

    private String where(String topic) {
        return "topic " + topic + ", the " + side + " by the serializer " + serializer;
    }

    private <T extends @Nullable Object> T again(Supplier<T> call, NotReadyException first, long deadline) {
        NotReadyException awaited = first;
        while (true) {
            try {
                waitFor(awaited, deadline);
                return call.get();
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
                    awaited.getMessage() + ": no answer within " + maxBlockMillis + " ms");
        } catch (InterruptedException e) {
            throw new InterruptException(e); // its constructor sets the thread's interrupt flag again
        }
    }
}
