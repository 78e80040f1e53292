// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Thrown by a serializer, a guard or a partitioner that needs a response of a server (a schema, a key) and does not
 * have it yet. They run in the caller's thread, which {@code tryPublish} must not block. So they send the request on
 * another thread, by an asynchronous client or {@link PluginThreads#call}, and throw this with the stage that completes
 * when the response has arrived.
 *
 * <p>{@code tryPublish} then returns {@code REJECTED}, retriable. {@code publish} and a transaction wait for the stage
 * within the same {@code publish.max.wait.ms} as for room, and then try the step again, whether the stage has completed
 * with a result or with an exception. If the next try throws another exception, the message fails with that. While the
 * records of a {@link RecordSequence} are read, the publisher does not wait: a sequence that throws this fails its
 * message.
 */
public final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CompletionStage<?> ready;

    /**
     * Creates the exception.
     *
     * @param awaited what is awaited and from where, as text for the caller, such as "the schema of orders-value, from
     *     http://registry:8081"; without secrets
     * @param ready completes when another try can succeed; never by code that may block
     */
    public NotReadyException(String awaited, CompletionStage<?> ready) {
        super("not ready, waits for " + Objects.requireNonNull(awaited, "awaited"), null, false, false);
        this.ready = Objects.requireNonNull(ready, "ready");
    }

    /** Returns the stage that completes when another try can succeed. */
    public CompletionStage<?> ready() {
        return ready;
    }
}
