// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.Outcome;
import io.kurier.TransactionCallback;
import io.kurier.TransactionException;
import io.kurier.core.internal.completion.PublisherFuture;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.config.TransactionConfig;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.send.Backoff;
import io.kurier.core.internal.send.TopicStates;
import io.kurier.core.internal.send.Tracing;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.internal.time.Timeouts;
import io.kurier.core.transport.Transport;
import io.kurier.spi.TransactionSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The transactions of a publisher: those on pooled producers, and those under transactional ids owned by the caller. */
public final class TransactionManager {
    private final TransactionConfig config;
    private final TopicStates topicStates;
    private final Transport transport;
    private final Timeouts timeouts;
    private final ThreadMaker threads;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final ProducerPool shared;
    private final Map<String, ProducerPool> owned = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public TransactionManager(
            TransactionConfig config,
            TopicStates topicStates,
            Transport transport,
            Timeouts timeouts,
            ThreadMaker threads) {
        this.config = config;
        this.topicStates = topicStates;
        this.transport = transport;
        this.timeouts = timeouts;
        this.threads = threads;
        this.shared = new ProducerPool(
                timeouts.room(),
                IntStream.range(0, config.areOn() ? config.producers() : 0)
                        .mapToObj(n -> producer(config.id(n), false))
                        .toList());
    }

    private TransactionalProducer producer(String id, boolean isOwned) {
        return new TransactionalProducer(id, isOwned, config.timeout(), transport, threads, inside);
    }

    /** Runs a transaction on a pooled producer that is free. */
    public <R> CompletableFuture<@Nullable R> run(TransactionCallback<R> callback) {
        return config.areOn()
                ? run(callback, shared, config.applicationId() + "-" + config.publisherName())
                : refused(rejected("(none)", false, noApplication(), null));
    }

    private <R> CompletableFuture<@Nullable R> refused(TransactionException why) {
        CompletableFuture<@Nullable R> result = new PublisherFuture<>();
        topicStates.ofTransactions().add(why.outcome(), why);
        result.completeExceptionally(why);
        return result;
    }

    private <R> CompletableFuture<@Nullable R> refused(@Nullable TransactionSpan span, TransactionException why) {
        Tracing.ended(span, why);
        return refused(why);
    }

    private static String noApplication() {
        return "there is no application.id, with which transactional ids begin: set it to the application's name";
    }

    private <R> CompletableFuture<@Nullable R> run(
            @Nullable TransactionCallback<R> callback, ProducerPool pool, String name) {
        if (callback == null) { // from callers outside null-checked code
            return refused(rejected(name, false, "the callback is null", null));
        }
        if (closed || pool.isClosed()) {
            return refused(rejected(name, false, Backoff.CLOSED, null));
        }
        if (inside.get()) {
            return refused(rejected(
                    name,
                    false,
                    "it begins inside the callback of another, and Kafka's transactions do not nest: publish through the"
                            + " Transaction that the callback was given",
                    null));
        }
        TransactionSpan span = topicStates.tracing().beginTransaction(name);
        TransactionalProducer producer;
        try {
            producer = pool.take();
        } catch (ProducerPool.NoneFree e) {
            return refused(span, rejected(name, !pool.isClosed(), String.valueOf(e.getMessage()), e));
        }
        try {
            TransactionTask<R> task =
                    new TransactionTask<>(callback, producer, topicStates, timeouts.room(), span, pool::giveBack);
            producer.thread().execute(task);
            return task.result();
        } catch (Throwable e) {
            pool.giveBack(producer);
            return refused(
                    span, rejected(name, true, "there is no thread for its callback: " + ThrowableText.reason(e), e));
        }
    }

    private static TransactionException rejected(
            String name, boolean retriable, String reason, @Nullable Throwable cause) {
        return new TransactionException(name, Outcome.REJECTED, retriable, reason, cause, null);
    }

    /**
     * Fences the owners of ids that are followed by a number, in other processes.
     *
     * @param id what precedes the number
     * @param from the least number
     */
    public void fenceNumbered(String id, int from) {
        if (config.areOn()) {
            transport.fenceNumbered(config.id(id), from);
        }
    }

    /** Opens a transactional id owned by the caller; returns once earlier owners are fenced. */
    public PinnedSession own(String id) {
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("an id of transactions must not be blank");
        }
        if (!config.areOn()) {
            throw new IllegalStateException(noApplication());
        }
        TransactionalProducer producer = producer(config.id(id), true);
        if (closed) {
            throw rejected(producer.id(), false, Backoff.CLOSED, null);
        }
        ProducerPool pool = new ProducerPool(timeouts.room(), List.of(producer));
        if (owned.putIfAbsent(id, pool) != null) {
            throw new IllegalStateException(
                    "the transactions " + id + " are open in this publisher already: use those, or close them before");
        }
        try {
            producer.connect();
        } catch (TransactionException e) {
            owned.remove(id, pool);
            throw e;
        }
        return new Owned(id, producer, pool);
    }

    private final class Owned implements PinnedSession {
        private final String id;
        private final TransactionalProducer producer;
        private final ProducerPool pool;

        Owned(String id, TransactionalProducer producer, ProducerPool pool) {
            this.id = id;
            this.producer = producer;
            this.pool = pool;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> callback) {
            return run(callback, pool, config.id(id));
        }

        @Override
        public String transactionalId() {
            return producer.id();
        }

        @Override
        public Duration timeout() {
            return producer.limit();
        }

        @Override
        public boolean isFenced() {
            return producer.isFenced();
        }

        @Override
        public void close() {
            pool.leave();
            pool.close(timeouts.close());
            owned.remove(id, pool);
        }
    }

    /**
     * Returns whether the calling thread runs a transaction. Such a transaction is no longer committed, so that a close
     * need not wait for it.
     */
    public boolean leave() {
        if (!inside.get()) {
            return false;
        }
        pools().forEach(ProducerPool::leave);
        return true;
    }

    private List<ProducerPool> pools() {
        List<ProducerPool> pools = new ArrayList<>(owned.values());
        pools.add(shared);
        return pools;
    }

    /** Waits for the running transactions, at most the given time, and ends the rest without a commit. */
    public void close(Duration timeout) {
        closed = true;
        long deadline = System.nanoTime() + Durations.nanos(timeout);
        pools().forEach(pool -> pool.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }
}
