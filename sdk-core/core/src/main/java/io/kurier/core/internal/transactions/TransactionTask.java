// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Resolution;
import io.kurier.TransactionCallback;
import io.kurier.TransactionException;
import io.kurier.core.internal.completion.PublisherFuture;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.send.PublishPipeline;
import io.kurier.core.internal.send.TopicStates;
import io.kurier.core.internal.send.Tracing;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.TransactionFailure;
import io.kurier.core.transport.TransactionFailure.Remedy;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.spi.TransactionSpan;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction on the thread of its producer, top to bottom: begin, run the callback, commit or abort, give the
 * producer back, complete the future.
 */
final class TransactionTask<R extends @Nullable Object> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionTask.class);

    /** The time for an abort after a commit that used all of the time. */
    private static final Duration LEAST_ABORT = Duration.ofMillis(500);

    private final TransactionCallback<R> callback;
    private final TransactionalProducer producer;
    private final TopicStates topicStates;
    private final Duration waitForPlugins;
    private final @Nullable TransactionSpan span;
    private final Consumer<TransactionalProducer> whenFree;
    private final CompletableFuture<@Nullable R> result = new PublisherFuture<>();

    /**
     * Makes a transaction that has not begun.
     *
     * @param producer the producer, taken from its pool for this transaction
     * @param waitForPlugins how long a message may wait for plugins that are not ready
     * @param span its span, or null
     * @param whenFree gives the producer back; called before the future completes
     */
    TransactionTask(
            TransactionCallback<R> callback,
            TransactionalProducer producer,
            TopicStates topicStates,
            Duration waitForPlugins,
            @Nullable TransactionSpan span,
            Consumer<TransactionalProducer> whenFree) {
        this.callback = callback;
        this.producer = producer;
        this.topicStates = topicStates;
        this.waitForPlugins = waitForPlugins;
        this.span = span;
        this.whenFree = whenFree;
    }

    /**
     * A future that completes once the producer is free again: its dependents may block, or begin the next transaction.
     */
    CompletableFuture<@Nullable R> result() {
        return result;
    }

    @Override
    public void run() {
        @Nullable R value = null;
        TransactionException failure = null;
        producer.begins();
        try {
            value = runTransaction();
        } catch (TransactionException e) {
            failure = e;
        } catch (Throwable e) {
            failure = failure(Outcome.UNKNOWN, false, "unforeseen: " + ThrowableText.of(e), e, null);
        } finally {
            producer.ends();
        }
        whenFree.accept(producer);
        complete(value, failure);
    }

    /**
     * Completes the future and runs its dependents, which may throw what {@code CompletableFuture} cannot even wrap.
     */
    private void complete(@Nullable R value, @Nullable TransactionException failure) {
        Tracing.ended(span, failure);
        try {
            if (failure == null) {
                result.complete(value);
            } else {
                topicStates.ofTransactions().add(failure.outcome(), failure);
                result.completeExceptionally(failure);
            }
        } catch (Throwable e) {
            SafeLogger.error(LOG, e, "A dependent of a transaction failed, and no future carries its exception");
        }
    }

    private @Nullable R runTransaction() {
        TransactionalSender sender = producer.beginTransaction();
        ActiveTransaction transaction = new ActiveTransaction(
                topicStates, new PublishPipeline(sender, new AtomicBoolean(), waitForPlugins), sender);
        @Nullable R value;
        try (TransactionSpan.Scope scope = Tracing.activate(span)) { // whose close never throws
            value = callback.run(transaction);
        } catch (Throwable e) { // an Error too: nothing of the transaction may be committed
            transaction.end();
            throw aborted(sender, transaction, e);
        }
        transaction.end();
        if (producer.isAbandoned()) { // before anything was committed
            throw closedBefore(transaction);
        }
        PublishException ofMessage = transaction.failure();
        if (ofMessage != null) {
            throw aborted(sender, transaction, ofMessage);
        }
        commit(sender, transaction);
        return value;
    }

    /**
     * Commits, and retries after a time-out: the first commit may have happened, and an abort would then be an error.
     */
    private void commit(TransactionalSender sender, ActiveTransaction transaction) {
        long deadline = System.nanoTime() + Durations.nanos(producer.limit());
        TransactionFailure before = null;
        while (true) {
            try {
                if (before == null) { // Kafka's producer is made so that this takes no longer than the limit
                    sender.commit();
                } else {
                    CallDeadline.within(deadline, sender::commit);
                }
                transaction.committed();
                return;
            } catch (TransactionFailure e) {
                boolean again =
                        e.remedy() == Remedy.RETRY && !producer.isAbandoned() && System.nanoTime() - deadline < 0;
                if (!again) {
                    boolean isEnd = e.kafkas() instanceof InterruptException; // less informative than before
                    TransactionException why = notCommitted(
                            sender, transaction, isEnd && before != null ? before : e, before == null, deadline);
                    if (why != null) {
                        throw why;
                    }
                    return;
                }
                before = e;
                boolean unused = Thread.interrupted(); // an interrupt does not end a commit
            }
        }
    }

    /** Returns the meaning of a commit that was not confirmed; null if the transaction is committed all the same. */
    private @Nullable TransactionException notCommitted(
            TransactionalSender sender,
            ActiveTransaction transaction,
            TransactionFailure failure,
            boolean firstTime,
            long deadline) {
        long abortUntil = Math.max(deadline - System.nanoTime(), LEAST_ABORT.toNanos()) + System.nanoTime();
        PublishException ofMessage = transaction.failure();
        if (ofMessage != null) {
            return aborted(sender, transaction, ofMessage, abortUntil);
        }
        if (isRefusal(failure.kafkas(), firstTime)) {
            return aborted(sender, transaction, failure.kafkas(), abortUntil);
        }
        producer.giveUp(failure, transaction.age());
        DeliveryHandle handle = transaction.handle();
        if (failure.remedy() == Remedy.FENCED && handle != null) {
            // The producer that fenced this one has ended the transaction, one way or the other.
            Resolution found = producer.resolve(handle);
            if (found instanceof Resolution.Stored) {
                transaction.committed();
                return null;
            }
            if (found instanceof Resolution.NotStored) {
                return ended(
                        transaction,
                        Outcome.NOT_STORED,
                        "aborted by the cluster, since " + producer.fencedOrLate(),
                        failure);
            }
        }
        return ended(
                transaction,
                Outcome.UNKNOWN,
                "the commit was not confirmed, and may have happened (" + failure.getMessage()
                        + "): ask Publisher.resolve before the callback runs again",
                failure);
    }

    /** Whether a commit that threw cannot have happened: Kafka refused it, or was not asked. */
    private boolean isRefusal(RuntimeException kafkas, boolean firstTime) {
        boolean inErrorState = kafkas.getClass() == KafkaException.class && kafkas.getCause() != null;
        return kafkas instanceof TransactionAbortableException
                || (inErrorState && firstTime && !producer.isAbandoned());
    }

    private TransactionException ended(
            ActiveTransaction transaction, Outcome outcome, String reason, TransactionFailure failure) {
        transaction.notCommitted(outcome, false, reason, failure.kafkas());
        return failure(
                outcome, false, reason, failure.kafkas(), outcome == Outcome.UNKNOWN ? transaction.handle() : null);
    }

    private TransactionException aborted(TransactionalSender sender, ActiveTransaction transaction, Throwable why) {
        return aborted(
                sender, transaction, why, System.nanoTime() + producer.limit().toNanos());
    }

    /** Aborts the transaction. It can no longer be committed from now on, whether Kafka responds or not. */
    private TransactionException aborted(
            TransactionalSender sender, ActiveTransaction transaction, Throwable why, long until) {
        boolean unused = Thread.interrupted(); // an interrupt of the callback does not end the abort
        try {
            CallDeadline.within(until, sender::abort);
        } catch (TransactionFailure e) {
            producer.giveUp(e, transaction.age());
        }
        String lost = producer.whyLost();
        boolean retriable = lost == null && AbortReason.isRetriable(why);
        String reason = "aborted, since " + AbortReason.of(why) + (lost == null ? "" : "; " + lost);
        transaction.notCommitted(Outcome.NOT_STORED, retriable, reason, why);
        return failure(Outcome.NOT_STORED, retriable, reason, why, null);
    }

    /**
     * Ends a transaction whose producer was closed before the commit: Kafka aborts the transaction that a closed
     * producer leaves open.
     */
    private TransactionException closedBefore(ActiveTransaction transaction) {
        String reason = "aborted, since it was closed before its callback had ended";
        transaction.notCommitted(Outcome.NOT_STORED, false, reason, null);
        return failure(Outcome.NOT_STORED, false, reason, null, null);
    }

    private TransactionException failure(
            Outcome outcome,
            boolean retriable,
            String reason,
            @Nullable Throwable cause,
            @Nullable DeliveryHandle handle) {
        return new TransactionException(producer.id(), outcome, retriable, reason, cause, handle);
    }
}
