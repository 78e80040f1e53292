// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.BulkReport;
import io.kurier.CloseReport;
import io.kurier.DeliveryHandle;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.TransactionCallback;
import io.kurier.TransactionalSession;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A publisher that stores everything at once, but for the values that a test takes aside. */
final class FakePublisher implements Publisher {
    final List<Object> published = new CopyOnWriteArrayList<>();
    private final Map<Object, CompletableFuture<Receipt>> aside = new ConcurrentHashMap<>();

    static final Receipt RECEIPT = new Receipt("t", 0, 7, 0, 1, 1);

    /** The future that the publish of a value will answer, for the test to complete. */
    CompletableFuture<Receipt> hold(Object value) {
        return aside.computeIfAbsent(value, held -> new CompletableFuture<>());
    }

    /** The publish of a value fails. */
    FakePublisher fail(Object value, Stage stage, Outcome outcome, boolean retriable, @Nullable Throwable cause) {
        hold(value).completeExceptionally(new PublishException("t", stage, outcome, retriable, "as scripted", cause));
        return this;
    }

    @Override
    public CompletableFuture<Receipt> publish(Message<?, ?> message) {
        Object value = String.valueOf(message.value());
        published.add(value);
        CompletableFuture<Receipt> held = aside.get(value);
        return held == null ? CompletableFuture.completedFuture(RECEIPT) : held;
    }

    @Override
    public CompletableFuture<Receipt> tryPublish(Message<?, ?> message) {
        throw new UnsupportedOperationException("the host waits for room");
    }

    @Override
    public <K, V> CompletableFuture<BulkReport> publishAll(
            Topic<K, V> topic, Iterator<? extends Message<K, V>> messages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> work) {
        throw new UnsupportedOperationException("the host has no transactions");
    }

    @Override
    public TransactionalSession transactionalSession(String id) {
        throw new UnsupportedOperationException("the host has no transactions");
    }

    @Override
    public CompletableFuture<Resolution> resolve(DeliveryHandle handle) {
        throw new UnsupportedOperationException("the host resolves nothing");
    }

    @Override
    public CompletableFuture<Void> flush() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CloseReport close(Duration timeout) {
        throw new UnsupportedOperationException("the publisher is not the host's to close");
    }
}
