// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publish;

import io.kurier.Outcome;
import io.kurier.TransactionCallback;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import io.kurier.core.internal.config.TransactionConfig;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transactions of a publisher: those that share some producers, and those under ids of the caller's own. */
final class TransactionManager {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionManager.class);

    private final TransactionConfig config;
    private final TopicStates topicStates;
    private final Transport transport;
    private final Timeouts timeouts;
    private final ThreadMaker threads;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final ProducerPool shared;
    private final Map<String, ProducerPool> owned = new ConcurrentHashMap<>();
    private volatile boolean closed;

    TransactionManager(
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
        return new TransactionalProducer(
                id, isOwned, config.timeout(), timeouts.room(), topicStates, transport, threads);
    }

    /** Runs a work on a producer that is free. */
    <R> CompletableFuture<@Nullable R> run(TransactionCallback<R> work) {
        return config.areOn()
                ? run(work, shared, config.applicationId() + "-" + config.publisherName())
                : refused(rejected("(none)", false, noApplication(), null));
    }

    private <R> CompletableFuture<@Nullable R> refused(TransactionException why) {
        CompletableFuture<@Nullable R> result = new PublisherFuture<>();
        fail(result, why);
        return result;
    }

    private void fail(CompletableFuture<?> result, TransactionException why) {
        topicStates.ofTransactions().add(why.outcome(), why);
        result.completeExceptionally(why);
    }

    private static String noApplication() {
        return "there is no application.id, with which transactional ids begin: set it to the application's name";
    }

    private <R> CompletableFuture<@Nullable R> run(
            @Nullable TransactionCallback<R> work, ProducerPool line, String name) {
        if (work == null) { // from callers outside null-checked code
            return refused(rejected(name, false, "the work is null", null));
        }
        if (closed || line.isClosed()) {
            return refused(rejected(name, false, Backoff.CLOSED, null));
        }
        if (inside.get()) {
            return refused(rejected(
                    name,
                    false,
                    "it begins inside the work of another, and Kafka's transactions do not nest: publish through the"
                            + " Transaction that the work was given",
                    null));
        }
        TransactionalProducer producer;
        try {
            producer = line.take();
        } catch (ProducerPool.NoneFree e) {
            return refused(rejected(name, !line.isClosed(), String.valueOf(e.getMessage()), e));
        }
        CompletableFuture<@Nullable R> result = new PublisherFuture<>();
        try {
            producer.execute(() -> run(work, line, producer, result));
        } catch (Throwable e) {
            line.giveBack(producer);
            fail(result, rejected(name, true, "there is no thread for its work: " + ThrowableText.reason(e), e));
        }
        return result;
    }

    /** On the thread of the producer. The future is completed when the producer is free again: its dependents may block. */
    private <R> void run(
            TransactionCallback<R> work,
            ProducerPool line,
            TransactionalProducer producer,
            CompletableFuture<@Nullable R> result) {
        @Nullable R answer;
        inside.set(true);
        try {
            answer = producer.run(work);
        } catch (Throwable e) {
            inside.set(false);
            line.giveBack(producer);
            TransactionException why = e instanceof TransactionException failure
                    ? failure
                    : new TransactionException(
                            producer.id(), Outcome.UNKNOWN, false, "unforeseen: " + ThrowableText.of(e), e, null);
            complete(() -> fail(result, why));
            return;
        }
        inside.set(false);
        line.giveBack(producer);
        complete(() -> result.complete(answer));
    }

    /** What depends on the future runs here, and may throw what {@code CompletableFuture} cannot even wrap. */
    private static void complete(Runnable completion) {
        try {
            completion.run();
        } catch (Throwable e) {
            SafeLogger.error(LOG, e, "A dependent of a transaction failed in a way that nobody is told of");
        }
    }

    private static TransactionException rejected(
            String name, boolean retriable, String reason, @Nullable Throwable cause) {
        return new TransactionException(name, Outcome.REJECTED, retriable, reason, cause, null);
    }

    /** Takes an id of the caller's own. */
    TransactionalSession own(String id) {
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
        ProducerPool line = new ProducerPool(timeouts.room(), List.of(producer));
        if (owned.putIfAbsent(id, line) != null) {
            throw new IllegalStateException(
                    "the transactions " + id + " are open in this publisher already: use those, or close them before");
        }
        try {
            producer.connect();
        } catch (TransactionException e) {
            owned.remove(id, line);
            throw e;
        }
        return new Owned(id, line);
    }

    private final class Owned implements TransactionalSession {
        private final String id;
        private final ProducerPool line;

        Owned(String id, ProducerPool line) {
            this.id = id;
            this.line = line;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> work) {
            return run(work, line, config.id(id));
        }

        @Override
        public void close() {
            line.leave();
            line.close(timeouts.close());
            owned.remove(id, line);
        }
    }

    /** Whether this thread runs a work. Its transaction is not committed any more, so that a close need not wait for it. */
    boolean leave() {
        if (!inside.get()) {
            return false;
        }
        lines().forEach(ProducerPool::leave);
        return true;
    }

    private List<ProducerPool> lines() {
        List<ProducerPool> lines = new ArrayList<>(owned.values());
        lines.add(shared);
        return lines;
    }

    /** Waits for the works that are running, at most the time given, and ends the others without a commit. */
    void close(Duration timeout) {
        closed = true;
        long deadline = System.nanoTime() + Durations.nanos(timeout);
        lines().forEach(line -> line.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }
}
