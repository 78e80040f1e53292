// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages of any format to Kafka topics.
 *
 * <p>One publisher serves a whole application: it is safe for use by any number of threads, and messages that one
 * thread publishes to one partition are stored in that thread's order. It holds one Kafka producer, so every topic
 * shares its connections and its buffer.
 *
 * <p>No method throws because of a message: whatever goes wrong completes the future with a {@link PublishException},
 * also if the message or its topic is null. A topic whose types are not those with which it was declared in code is
 * {@link Outcome#REJECTED}, whatever the values are; one that only configuration declares takes any types.
 * Dependents of the future ({@code thenApply}, {@code whenComplete}, ...) never run on Kafka's I/O thread; those of one
 * topic run one after the other, in the order of completion, so one that blocks delays its own topic only.
 *
 * <p>A dependent may wait ({@code join}, {@code get}) for any future of a publisher, or one derived from it, also of its own
 * topic: before it waits, the dependents behind it go on on another thread, in their order, so that it may run beside them.
 * Each that waits holds a thread; {@code thenCompose} needs none. A wait that a publisher cannot see ({@code allOf(...).join()},
 * a lock or a latch that another dependent of the topic opens) holds the topic. One that does so for ten seconds while others
 * wait behind it is a warning in the log, with its stack; if it waits for a {@code CompletableFuture}, the others then go on.
 *
 * <p>Failures are also logged, for callers that do not look at the future: by default a warning for each topic and
 * {@link Outcome} within a second, then at most one in 30 seconds, with their number and the last reason, and without what
 * serializers, guards and other code that sees keys and values has said. The logger is
 * {@code io.kurier.core.internal.completion.FailureLog}.
 *
 * <p>{@code CompletableFuture.allOf} and {@code anyOf} pass all methods of a future by. If they are called in the very
 * moment in which a message is acknowledged, what depends on them can run on the I/O thread; where that may block, give
 * them copies ({@code future.copy()}), which are safe.
 */
public interface Publisher extends AutoCloseable {

    /**
     * Publishes a message, waiting for room if Kafka has none.
     *
     * <p>The wait is in the caller's thread, at most {@code publish.max.wait.ms} (60,000 by default), while the buffer
     * is full, the topic's metadata is missing, or a partition that the message names is not known yet; an interrupt ends
     * it and keeps the thread's flag. The call does not wait for the acknowledgment.
     *
     * @return a future of the receipt, never null, which completes when Kafka has acknowledged the record
     */
    CompletableFuture<Receipt> publish(Message<?, ?> message);

    /**
     * Publishes a message if Kafka can take it at once; otherwise the future fails with {@link Outcome#REJECTED},
     * retriable. It never waits for a broker or for room, so it fits event loops and request threads.
     *
     * <p>What it can wait for is a processor, and the locks of Kafka's client while another caller holds one and waits for a
     * processor: no time is promised for that. With 16 threads that did nothing but publish, on two busy cores, the median
     * was 1.3 microseconds, 99 in 100 calls took less than 7, and the longest of 320,000 took 0.2 seconds; Kafka's own
     * {@code send} took 0.3 there, and threads without any lock 0.5.
     *
     * <p>Not for a value that becomes many records (a large media value): Kafka's buffer is full before all of it is
     * taken, and what was taken until then stays in the topic without its end ({@link Outcome#NOT_STORED}).
     *
     * @return a future of the receipt, never null
     */
    CompletableFuture<Receipt> tryPublish(Message<?, ?> message);

    /** {@link #publish(Message)} of a key and a value. */
    default <K, V> CompletableFuture<Receipt> publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return publish(Message.of(topic, key, value));
    }

    /** {@link #tryPublish(Message)} of a key and a value. */
    default <K, V> CompletableFuture<Receipt> tryPublish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return tryPublish(Message.of(topic, key, value));
    }

    /**
     * Publishes several messages, to any topics and in any formats, all or nothing (KIP-98).
     *
     * <p>The work runs on a thread of Kurier's, at once if one of {@code transactions.producers} is free. If none is,
     * the caller's thread waits for one, at most {@code publish.max.wait.ms}; an interrupt ends the wait and keeps the
     * thread's flag. When the work has ended without an exception the transaction is committed, and the future answers
     * its result; otherwise it is aborted. The future fails with a {@link TransactionException}, and with nothing else.
     *
     * <p>It needs the key {@code application.id} and, where several processes of the application run at the same time,
     * {@code application.instance.id}, or they fence each other. The order with what is published outside of transactions
     * is not defined.
     *
     * @return a future of the work's result, never null, which completes when Kafka has committed
     */
    <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> work);

    /**
     * Opens a transactional id owned by the caller, for a process that works on its own share of the input and must be
     * fenced when another process of the same {@code application.id} takes that over. On return every earlier owner is fenced
     * and its open transaction aborted, so it is safe to read the last committed progress.
     *
     * <p>It waits for Kafka in the caller's thread, at most {@code publish.max.wait.ms}.
     *
     * @param id names the share, the same after every restart: the file or partition that is read, for example
     * @return the transactions under that id, to be closed by the caller
     * @throws TransactionException if Kafka refuses the id or does not answer in time
     * @throws IllegalArgumentException if the id is blank
     * @throws IllegalStateException if the id is open in this publisher already, or there is no {@code application.id}
     */
    TransactionalSession transactionalSession(String id);

    /**
     * Finds out whether a message, or a transaction, is stored whose outcome was {@link Outcome#UNKNOWN}, by reading the
     * topic as a consumer does. Searches are made one after the other, each in
     * {@code resolve.timeout.ms} at most.
     *
     * <p>{@link Resolution.Stored} can be had at any time, by any process. {@link Resolution.NotStored} needs a proof:
     * that the transaction was aborted, or that the same producer has had a later message acknowledged in that partition.
     * Without one a message that waits in the network can still arrive, and the answer is {@link Resolution.NotSettled};
     * a message published to the same partition and acknowledged settles it.
     *
     * <p>All of that is of one topic, known by Kafka's id of it. If the topic was deleted and created again since, the answer
     * is {@link Resolution.NotSettled}.
     *
     * @return a future, never null, which does not fail
     * @throws NullPointerException if the handle is null
     */
    CompletableFuture<Resolution> resolve(DeliveryHandle handle);

    /**
     * Sends what waits in batches now.
     *
     * @return a future that completes when every message published before this call has its receipt or its failure, and
     *     their dependents have run, but for those that wait for futures of a publisher themselves
     */
    CompletableFuture<Void> flush();

    /**
     * Refuses new messages, waits until the others are acknowledged, and releases everything. A second close waits for
     * the first, at most its own timeout, and returns its report, or what is known by then.
     *
     * <p>It returns at most ten seconds after the timeout, whatever the broker, a plugin, a listener, a dependent or a
     * metrics reporter does: what hangs is left behind in a daemon thread, with a warning in the log that shows where it
     * stands. It may be called by any thread, and an interrupt ends the wait and keeps the thread's flag. A work that
     * closes its own publisher is aborted. Where no thread can be made any more the steps run in the caller's, and one that
     * hangs has no limit.
     *
     * <p>Dependents have until the timeout to return. After it, those of one topic may run beside one that does not, so that
     * every future completes; the close waits three seconds for that.
     *
     * <p>A close after which not all messages are stored is a warning in the log with the counts, and so is a publisher that is
     * garbage-collected without a close.
     *
     * @param timeout how long to wait; what is not acknowledged by then fails as {@link Outcome#UNKNOWN}. A negative one
     *     is zero, and there is none that is too long.
     * @return what became of every message
     * @throws NullPointerException if the timeout is null; the publisher is as it was
     */
    CloseReport close(Duration timeout);

    /** {@link #close(Duration)} with {@code close.timeout.ms}, 30 seconds if it is not set. */
    @Override
    default void close() {
        close(Duration.ofSeconds(30));
    }
}
