// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publish;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Resolution;
import io.kurier.TransactionCallback;
import io.kurier.TransactionException;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.TransactionFailure;
import io.kurier.core.transport.TransactionFailure.Remedy;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transactional id: a producer, made when it is first needed and again after an error that it does not survive, and
 * one transaction after the other. For one thread at a time, but for {@link #abandon}.
 */
final class TransactionalProducer {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducer.class);

    /** What an abort is given that comes after a commit for which all of the time was used. */
    private static final Duration LEAST_ABORT = Duration.ofMillis(500);

    private final String id;
    private final boolean isOwned;
    private final Duration limit;
    private final Duration wait;
    private final TopicStates topicStates;
    private final Transport transport;

    private final TransactionThread thread;

    private volatile @Nullable TransactionalSender sender;
    private volatile @Nullable Thread worker;
    private volatile boolean abandoned;
    private volatile boolean left;

    /** Why no transaction can begin any more, or null. */
    private @Nullable Loss loss;

    private record Loss(String words, RuntimeException cause) {}

    /**
     * A producer that is not connected yet.
     *
     * @param id Kafka's {@code transactional.id}
     * @param isOwned whether the id is a caller's own, who must know once it is lost
     * @param limit after what time Kafka aborts a transaction, and how long a commit is tried
     * @param wait how long a message may wait for plugins
     */
    TransactionalProducer(
            String id,
            boolean isOwned,
            Duration limit,
            Duration wait,
            TopicStates topicStates,
            Transport transport,
            ThreadMaker threads) {
        this.id = id;
        this.isOwned = isOwned;
        this.limit = limit;
        this.wait = wait;
        this.topicStates = topicStates;
        this.transport = transport;
        this.thread = new TransactionThread(id, threads);
    }

    String id() {
        return id;
    }

    /**
     * Lets the thread of this id do something.
     *
     * @throws Error if there is none and none can be made; nothing has happened then
     */
    void execute(Runnable work) {
        thread.execute(work);
    }

    /** Whether no transaction can begin any more. */
    boolean isLost() {
        return loss != null;
    }

    /**
     * Makes the producer, which fences whoever had the id before.
     *
     * @throws TransactionException if it cannot be made
     */
    void connect() {
        try {
            TransactionalSender unused = connected();
        } catch (TransactionFailure e) {
            throw cannotBeMade(e);
        }
    }

    /**
     * Runs a work in a transaction.
     *
     * @return the work's result, once the transaction is committed
     * @throws TransactionException if it is not
     */
    <R> @Nullable R run(TransactionCallback<R> work) {
        worker = Thread.currentThread();
        try {
            TransactionalSender to = begun();
            ActiveTransaction transaction =
                    new ActiveTransaction(topicStates, new PublishPipeline(to, new AtomicBoolean(), wait), to);
            @Nullable R result;
            try {
                result = work.run(transaction);
            } catch (Throwable e) { // an Error too: nothing of the work may be committed
                transaction.end();
                throw aborted(to, transaction, e);
            }
            transaction.end();
            if (abandoned) { // before anything was committed
                throw closedBefore(transaction);
            }
            PublishException failure = transaction.failure();
            if (failure != null) {
                throw aborted(to, transaction, failure);
            }
            commit(to, transaction);
            return result;
        } finally {
            worker = null;
            boolean unused = Thread.interrupted(); // meant for the work, which is over
        }
    }

    // ---- the beginning

    /** A producer with a transaction that has begun. */
    private TransactionalSender begun() {
        if (loss != null) {
            throw rejected(false, loss.words(), loss.cause());
        }
        try {
            TransactionalSender to = connected();
            to.begin();
            return to;
        } catch (TransactionFailure e) {
            throw cannotBeMade(e);
        }
    }

    private TransactionalSender connected() {
        TransactionalSender present = sender;
        if (present != null) {
            return present;
        }
        TransactionalSender fresh = transport.transactional(id);
        sender = fresh;
        if (abandoned) { // closed meanwhile, and nobody else closes this one
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

    // ---- the end

    /** Commits, trying again after a time-out: a commit may have happened, and to abort it then is an error. */
    private void commit(TransactionalSender to, ActiveTransaction transaction) {
        long deadline = System.nanoTime() + Durations.nanos(limit);
        TransactionFailure before = null;
        while (true) {
            try {
                if (before == null) { // which takes no longer than the limit: Kafka's producer is made so
                    to.commit();
                } else {
                    CallDeadline.within(deadline, to::commit);
                }
                transaction.committed();
                return;
            } catch (TransactionFailure e) {
                boolean again = e.remedy() == Remedy.RETRY && !abandoned && System.nanoTime() - deadline < 0;
                if (!again) {
                    boolean isEnd = e.kafkas() instanceof InterruptException; // which says less than what was before
                    TransactionException why = notCommitted(
                            to, transaction, isEnd && before != null ? before : e, before == null, deadline);
                    if (why != null) {
                        throw why;
                    }
                    return;
                }
                before = e;
                boolean unused = Thread.interrupted(); // a commit is finished, whoever interrupts
            }
        }
    }

    /** What a commit means that was not confirmed; null if the transaction is committed all the same. */
    private @Nullable TransactionException notCommitted(
            TransactionalSender to,
            ActiveTransaction transaction,
            TransactionFailure failure,
            boolean firstTime,
            long deadline) {
        long abortUntil = Math.max(deadline - System.nanoTime(), LEAST_ABORT.toNanos()) + System.nanoTime();
        PublishException ofMessage = transaction.failure();
        if (ofMessage != null) {
            return aborted(to, transaction, ofMessage, abortUntil);
        }
        if (isRefusal(failure.kafkas(), firstTime)) {
            return aborted(to, transaction, failure.kafkas(), abortUntil);
        }
        leave(failure, transaction);
        DeliveryHandle handle = transaction.handle();
        if (failure.remedy() == Remedy.FENCED && handle != null) {
            // Whoever fenced this producer has ended the transaction, one way or the other.
            Resolution found = resolve(handle);
            if (found instanceof Resolution.Stored) {
                transaction.committed();
                return null;
            }
            if (found instanceof Resolution.NotStored) {
                return ended(
                        transaction,
                        Outcome.NOT_STORED,
                        false,
                        "aborted by the cluster, since " + fencedOrLate(),
                        failure);
            }
        }
        return ended(
                transaction,
                Outcome.UNKNOWN,
                false,
                "the commit was not confirmed, and may have happened (" + failure.getMessage()
                        + "): ask Publisher.resolve before the work is done again",
                failure);
    }

    /** Whether a commit that threw cannot have happened: Kafka said no, or was not asked. */
    private boolean isRefusal(RuntimeException kafkas, boolean firstTime) {
        boolean inErrorState = kafkas.getClass() == KafkaException.class && kafkas.getCause() != null;
        return kafkas instanceof TransactionAbortableException || (inErrorState && firstTime && !abandoned);
    }

    private Resolution resolve(DeliveryHandle handle) {
        try {
            return transport.resolve(handle);
        } catch (KafkaException e) {
            return new Resolution.NotSettled(ThrowableText.reason(e));
        }
    }

    private TransactionException ended(
            ActiveTransaction transaction,
            Outcome outcome,
            boolean retriable,
            String reason,
            TransactionFailure failure) {
        transaction.notCommitted(outcome, retriable, reason, failure.kafkas());
        return new TransactionException(
                id,
                outcome,
                retriable,
                reason,
                failure.kafkas(),
                outcome == Outcome.UNKNOWN ? transaction.handle() : null);
    }

    /** Aborts; nothing of the transaction can be committed from now on, whether Kafka answers or not. */
    private TransactionException aborted(TransactionalSender to, ActiveTransaction transaction, Throwable why) {
        return aborted(to, transaction, why, System.nanoTime() + limit.toNanos());
    }

    private TransactionException aborted(
            TransactionalSender to, ActiveTransaction transaction, Throwable why, long until) {
        boolean unused = Thread.interrupted(); // the abort waits, whoever interrupted the work
        try {
            CallDeadline.within(until, to::abort);
        } catch (TransactionFailure e) {
            leave(e, transaction);
        }
        boolean retriable = loss == null && AbortReason.isRetriable(why);
        String reason = "aborted, since " + AbortReason.of(why) + (loss == null ? "" : "; " + loss.words());
        transaction.notCommitted(Outcome.NOT_STORED, retriable, reason, why);
        return new TransactionException(id, Outcome.NOT_STORED, retriable, reason, why, null);
    }

    /** Kafka aborts what a producer that is closed leaves open. */
    private TransactionException closedBefore(ActiveTransaction transaction) {
        String reason = "aborted, since it was closed before its work had ended";
        transaction.notCommitted(Outcome.NOT_STORED, false, reason, null);
        return new TransactionException(id, Outcome.NOT_STORED, false, reason, null, null);
    }

    /**
     * Gives up the producer and records what that means for later transactions. Creating a new one fences the current holder of the id. A caller-owned id is
     * never re-acquired, because the caller's progress may be stale. A pooled id is re-acquired unless another process fenced
     * it; if it was fenced because its own transaction timed out, nobody else holds it.
     */
    private void leave(TransactionFailure failure, ActiveTransaction transaction) {
        if (failure.remedy() == Remedy.FENCED && (isOwned || transaction.age().compareTo(limit) < 0)) {
            loss = new Loss(
                    "another process has this transactional id now, and this one is fenced: "
                            + (isOwned
                                    ? "open the id anew and read how far the other has come, or end"
                                    : "give each process an application.instance.id of its own"),
                    failure.kafkas());
        } else if (isOwned) {
            loss = new Loss(
                    "the producer of this transactional id had to be given up (" + failure.getMessage()
                            + "), and another process may have the id by now: open it anew and read how far it has come",
                    failure.kafkas());
        }
        renew();
    }

    private String fencedOrLate() {
        return loss == null
                ? "it took longer than transactions.timeout.ms=" + limit.toMillis()
                        + ": do less in one work, or raise that"
                : loss.words();
    }

    /** The next transaction makes a producer; what this one left open is aborted by that. */
    private void renew() {
        TransactionalSender old = sender;
        sender = null;
        if (old != null) {
            old.close(Duration.ZERO);
        }
    }

    // ---- the close

    /** No work is running. */
    void close(Duration timeout) {
        thread.close();
        TransactionalSender last = sender;
        sender = null;
        if (last != null) {
            last.close(timeout);
        }
    }

    /** The work that this thread runs, if it does, closes what it runs in, and is not waited for: it cannot commit any more. */
    void leave() {
        if (worker == Thread.currentThread()) {
            left = true;
            abandoned = true;
        }
    }

    /** Whether the work that is running has closed what it runs in. */
    boolean isLeft() {
        return left;
    }

    /** Aborts what that work has begun, and closes. (Kafka's close aborts too, an empty transaction after half a minute.) */
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

    /** A work is running and is waited for no longer: it cannot commit any more. */
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
