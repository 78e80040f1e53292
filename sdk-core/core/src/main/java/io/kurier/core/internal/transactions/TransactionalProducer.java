// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.Resolution;
import io.kurier.TransactionException;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.send.Backoff;
import io.kurier.core.transport.TransactionFailure;
import io.kurier.core.transport.TransactionFailure.Remedy;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transactional id: its thread, and its producer, which is created when it is first needed, and again after an
 * error that it does not survive. Used by one thread at a time, except for {@link #abandon}.
 */
final class TransactionalProducer {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducer.class);

    private final String id;
    private final boolean isOwned;
    private final Duration limit;
    private final Transport transport;
    private final TransactionThread thread;
    private final ThreadLocal<Boolean> inside;

    private volatile @Nullable TransactionalSender sender;
    private volatile @Nullable Thread worker;
    private volatile boolean abandoned;
    private volatile boolean left;

    /** Why no transaction can begin any more, or null. */
    private volatile @Nullable Loss loss;

    private record Loss(String words, RuntimeException cause, boolean isFenced) {}

    /**
     * Makes a producer that is not connected yet.
     *
     * @param id Kafka's {@code transactional.id}
     * @param isOwned whether the id is owned by a caller, who must be notified once it is lost
     * @param limit the time after which Kafka aborts a transaction, and for which a commit is retried
     * @param inside set on a thread while it runs a transaction
     */
    TransactionalProducer(
            String id,
            boolean isOwned,
            Duration limit,
            Transport transport,
            ThreadMaker threads,
            ThreadLocal<Boolean> inside) {
        this.id = id;
        this.isOwned = isOwned;
        this.limit = limit;
        this.transport = transport;
        this.inside = inside;
        this.thread = new TransactionThread(id, threads);
    }

    String id() {
        return id;
    }

    /** The time after which Kafka aborts a transaction, and for which a commit is retried. */
    Duration limit() {
        return limit;
    }

    /** The thread of this id; it throws an {@code Error} if there is none and none can be created. */
    Executor thread() {
        return thread;
    }

    /** Whether no transaction can begin any more. */
    boolean isLost() {
        return loss != null;
    }

    /** Whether no transaction can begin any more because another process has taken the id over. Safe for any thread. */
    boolean isFenced() {
        Loss known = loss;
        return known != null && known.isFenced();
    }

    /** Why no transaction can begin any more, or null. */
    @Nullable
    String whyLost() {
        return loss == null ? null : loss.words();
    }

    /** Called when the calling thread begins to run a transaction. */
    void begins() {
        worker = Thread.currentThread();
        inside.set(true);
    }

    /** Called when the transaction has ended. */
    void ends() {
        worker = null;
        inside.remove();
        boolean unused = Thread.interrupted(); // meant for the callback, which has returned
    }

    /**
     * Creates the producer, which fences the current owner of the id.
     *
     * @throws TransactionException if it cannot be created
     */
    void connect() {
        try {
            TransactionalSender unused = connected();
        } catch (TransactionFailure e) {
            throw cannotBeMade(e);
        }
    }

    /**
     * Begins a transaction, on a new producer if there is none.
     *
     * @throws TransactionException if it cannot begin
     */
    TransactionalSender beginTransaction() {
        if (loss != null) {
            throw rejected(false, loss.words(), loss.cause());
        }
        try {
            TransactionalSender connected = connected();
            connected.begin();
            return connected;
        } catch (TransactionFailure e) {
            throw cannotBeMade(e);
        }
    }

    private TransactionalSender connected() {
        TransactionalSender present = sender;
        if (present != null && (isOwned || !present.isOutdated())) {
            return present;
        }
        renew();
        TransactionalSender fresh = transport.transactional(id);
        sender = fresh;
        if (abandoned) { // closed meanwhile, before there was a producer to close
            renew();
            throw rejected(false, Backoff.CLOSED, null);
        }
        return fresh;
    }

    private TransactionException cannotBeMade(TransactionFailure e) {
        return rejected(
                e.remedy() == Remedy.RETRY,
                "Kafka's producer of transactions cannot be had: " + e.getMessage(),
                e.kafkas());
    }

    private TransactionException rejected(boolean retriable, String reason, @Nullable Throwable cause) {
        return new TransactionException(id, Outcome.REJECTED, retriable, reason, cause, null);
    }

    /** Searches for a record of a transaction whose end is unknown; blocks. */
    Resolution resolve(DeliveryHandle handle) {
        try {
            return transport.resolve(handle);
        } catch (KafkaException e) {
            return new Resolution.NotSettled(ThrowableText.reason(e));
        }
    }

    /**
     * Gives up the producer and records what that means for later transactions. Creating a new one fences the current
     * owner of the id. A caller-owned id is never re-acquired, because the caller's progress may be stale. A pooled id
     * is re-acquired unless another process fenced it; if it was fenced because its own transaction timed out, no other
     * process owns it.
     *
     * @param age how long the transaction has been open
     */
    void giveUp(TransactionFailure failure, Duration age) {
        if (failure.remedy() == Remedy.FENCED && (isOwned || age.compareTo(limit) < 0)) {
            loss = new Loss(
                    "another process has this transactional id now, and this one is fenced: "
                            + (isOwned
                                    ? "open the id anew and read how far the other has come, or end"
                                    : "give each process an application.instance.id of its own"),
                    failure.kafkas(),
                    age.compareTo(limit) < 0);
        } else if (isOwned) {
            loss = new Loss(
                    "the producer of this transactional id had to be given up (" + failure.getMessage()
                            + "), and another process may have the id by now: open it anew and read how far it has come",
                    failure.kafkas(),
                    false);
        }
        renew();
    }

    /** Returns why the cluster ended a transaction of this producer. */
    String fencedOrLate() {
        return loss == null
                ? "it took longer than transactions.timeout.ms=" + limit.toMillis()
                        + ": do less in one callback, or raise that"
                : loss.words();
    }

    /** Makes the next transaction create a producer, which aborts the open transaction of this one. */
    private void renew() {
        TransactionalSender old = sender;
        sender = null;
        if (old != null) {
            old.close(Duration.ZERO);
        }
    }

    /** Whether it was closed while a transaction was running. */
    boolean isAbandoned() {
        return abandoned;
    }

    /** Closes this producer while it runs no transaction. */
    void close(Duration timeout) {
        thread.close();
        TransactionalSender last = sender;
        sender = null;
        if (last != null) {
            last.close(timeout);
        }
    }

    /**
     * Called by a callback that closes its own publisher or session: if the calling thread runs a transaction of this
     * producer, the close does not wait for it, and it is not committed.
     */
    void leave() {
        if (worker == Thread.currentThread()) {
            left = true;
            abandoned = true;
        }
    }

    /** Whether the callback that is running has closed its own publisher or session. */
    boolean isLeft() {
        return left;
    }

    /**
     * Aborts the transaction of that callback, and closes. (Kafka's close aborts too, but an empty transaction only
     * after half a minute.)
     */
    void closeLeft(Duration timeout) {
        TransactionalSender open = sender;
        if (open != null) {
            try {
                CallDeadline.within(System.nanoTime() + timeout.toNanos(), open::abort);
            } catch (TransactionFailure e) {
                LOG.debug("the cluster aborts the transaction of {} in its own time", id, e);
            }
        }
        close(timeout);
    }

    /** Closes this producer while a transaction is running, which can no longer be committed. Safe for any thread. */
    void abandon() {
        abandoned = true;
        thread.close();
        TransactionalSender held = sender;
        if (held != null) {
            held.close(Duration.ZERO);
        }
        Thread busy = worker;
        if (busy != null && !left) {
            busy.interrupt();
        }
    }
}
