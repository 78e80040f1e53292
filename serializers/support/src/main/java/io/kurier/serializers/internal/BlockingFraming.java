// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Waits for a framing that has to ask a server, in threads that may wait: those of plain Kafka clients and of
 * consumers. A publisher waits by itself, or refuses the message.
 */
final class BlockingFraming implements Framing {
    /** A stage that has completed without any effect must not make a thread spin. */
    private static final long PAUSE_MILLIS = 10;

    private final Framing framing;
    private final Duration limit;
    private final Runnable onClose;

    /**
     * Creates a framing that waits for another one.
     *
     * @param framing the framing that may not be ready
     * @param limit the longest wait
     * @param onClose runs after the framing is closed
     */
    BlockingFraming(Framing framing, Duration limit, Runnable onClose) {
        this.framing = framing;
        this.limit = limit;
        this.onClose = onClose;
    }

    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        FrameWriter writer = await(() -> framing.writer(topic, schema));
        return headers -> await(() -> writer.prefix(headers));
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        FrameReader reader = framing.reader(known);
        return (topic, headers, bytes, offset, length) ->
                await(() -> reader.read(topic, headers, bytes, offset, length));
    }

    @Override
    public boolean addsHeaders() {
        return framing.addsHeaders();
    }

    @Override
    public boolean writesBytesWithoutLength() {
        return framing.writesBytesWithoutLength();
    }

    @Override
    public void checkWriting() {
        framing.checkWriting();
    }

    @Override
    public void close() {
        try {
            framing.close();
        } finally {
            onClose.run();
        }
    }

    private <T> T await(Supplier<T> step) {
        try {
            return step.get();
        } catch (NotReadyException e) {
            return await(step, e, System.nanoTime() + limit.toNanos());
        }
    }

    private <T> T await(Supplier<T> step, NotReadyException first, long deadline) {
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
