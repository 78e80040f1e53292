// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.Outcome;
import io.kurier.TransactionException;
import io.kurier.Transactions;
import io.kurier.Work;
import io.kurier.core.config.TransactionConfig;
import io.kurier.core.errors.SafeLogger;
import io.kurier.core.errors.ThrowableText;
import io.kurier.core.time.Durations;
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
final class TransactionPool {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionPool.class);

    private final TransactionConfig config;
    private final Lanes lanes;
    private final Transport transport;
    private final Waits waits;
    private final ThreadMaker threads;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final TransactionLine shared;
    private final Map<String, TransactionLine> owned = new ConcurrentHashMap<>();
    private volatile boolean closed;

    TransactionPool(TransactionConfig config, Lanes lanes, Transport transport, Waits waits, ThreadMaker threads) {
        this.config = config;
        this.lanes = lanes;
        this.transport = transport;
        this.waits = waits;
        this.threads = threads;
        this.shared = new TransactionLine(
                waits.room(),
                IntStream.range(0, config.areOn() ? config.producers() : 0)
                        .mapToObj(n -> slot(config.id(n), false))
                        .toList());
    }

    private TransactionSlot slot(String id, boolean isOwned) {
        return new TransactionSlot(id, isOwned, config.timeout(), lanes, transport, threads);
    }

    /** Runs a work on a producer that is free. */
    <R> CompletableFuture<@Nullable R> run(Work<R> work) {
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
        lanes.ofTransactions().add(why.outcome(), why);
        result.completeExceptionally(why);
    }

    private static String noApplication() {
        return "there is no application.id, with which transactional ids begin: set it to the application's name";
    }

    private <R> CompletableFuture<@Nullable R> run(@Nullable Work<R> work, TransactionLine line, String name) {
        if (work == null) { // from callers outside null-checked code
            return refused(rejected(name, false, "the work is null", null));
        }
        if (closed || line.isClosed()) {
            return refused(rejected(name, false, Patience.CLOSED, null));
        }
        if (inside.get()) {
            return refused(rejected(
                    name,
                    false,
                    "it begins inside the work of another, and Kafka's transactions do not nest: publish through the"
                            + " Transaction that the work was given",
                    null));
        }
        TransactionSlot slot;
        try {
            slot = line.take();
        } catch (TransactionLine.NoneFree e) {
            return refused(rejected(name, !line.isClosed(), String.valueOf(e.getMessage()), e));
        }
        CompletableFuture<@Nullable R> result = new PublisherFuture<>();
        try {
            slot.execute(() -> run(work, line, slot, result));
        } catch (Throwable e) {
            line.giveBack(slot);
            fail(result, rejected(name, true, "there is no thread for its work: " + ThrowableText.reason(e), e));
        }
        return result;
    }

    /** On the thread of the slot. The future is completed when the producer is free again: its dependents may block. */
    private <R> void run(
            Work<R> work, TransactionLine line, TransactionSlot slot, CompletableFuture<@Nullable R> result) {
        @Nullable R answer;
        inside.set(true);
        try {
            answer = slot.run(work);
        } catch (Throwable e) {
            inside.set(false);
            line.giveBack(slot);
            TransactionException why = e instanceof TransactionException failure
                    ? failure
                    : new TransactionException(
                            slot.id(), Outcome.UNKNOWN, false, "unforeseen: " + ThrowableText.of(e), e, null);
            complete(() -> fail(result, why));
            return;
        }
        inside.set(false);
        line.giveBack(slot);
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
    Transactions own(String id) {
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("an id of transactions must not be blank");
        }
        if (!config.areOn()) {
            throw new IllegalStateException(noApplication());
        }
        TransactionSlot slot = slot(config.id(id), true);
        if (closed) {
            throw rejected(slot.id(), false, Patience.CLOSED, null);
        }
        TransactionLine line = new TransactionLine(waits.room(), List.of(slot));
        if (owned.putIfAbsent(id, line) != null) {
            throw new IllegalStateException(
                    "the transactions " + id + " are open in this publisher already: use those, or close them before");
        }
        try {
            slot.connect();
        } catch (TransactionException e) {
            owned.remove(id, line);
            throw e;
        }
        return new Owned(id, line);
    }

    private final class Owned implements Transactions {
        private final String id;
        private final TransactionLine line;

        Owned(String id, TransactionLine line) {
            this.id = id;
            this.line = line;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public <R> CompletableFuture<@Nullable R> transaction(Work<R> work) {
            return run(work, line, config.id(id));
        }

        @Override
        public void close() {
            line.leave();
            line.close(waits.close());
            owned.remove(id, line);
        }
    }

    /** Whether this thread runs a work. Its transaction is not committed any more, so that a close need not wait for it. */
    boolean leave() {
        if (!inside.get()) {
            return false;
        }
        lines().forEach(TransactionLine::leave);
        return true;
    }

    private List<TransactionLine> lines() {
        List<TransactionLine> lines = new ArrayList<>(owned.values());
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
