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
 * <p>{@code CompletableFuture.allOf} and {@code anyOf} pass all methods of a future by. If they are called in the very
 * moment in which a message is acknowledged, what depends on them can run on the I/O thread; where that may block, give
 * them copies ({@code future.copy()}), which are safe.
 */
public interface Publisher extends AutoCloseable {

    /**
     * Publishes a message, waiting for room if Kafka has none.
     *
     * <p>The wait is in the caller's thread, at most {@code publish.max.wait.ms} (60,000 by default), while the buffer
     * is full or the topic's metadata is missing; an interrupt ends it and keeps the thread's flag. The call does not
     * wait for the acknowledgment.
     *
     * @return a future of the receipt, never null, which completes when Kafka has acknowledged the record
     */
    CompletableFuture<Receipt> publish(Message<?, ?> message);

    /**
     * Publishes a message if Kafka can take it at once; otherwise the future fails with {@link Outcome#REJECTED},
     * retriable. It never waits, so it fits event loops and request threads.
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
    <R> CompletableFuture<@Nullable R> transaction(Work<R> work);

    /**
     * Takes an id of the caller's own, for callers that own a share of the work and must be fenced when another process
     * of the same {@code application.id} takes it over. When it returns, no earlier owner can commit any more, and what one left open is ended: now is the
     * time to read how far it came.
     *
     * <p>It waits for Kafka in the caller's thread, at most {@code publish.max.wait.ms}.
     *
     * @param id names the share, the same after every restart: the file or partition that is read, for example
     * @return the transactions under that id, to be closed by the caller
     * @throws TransactionException if Kafka refuses the id or does not answer in time
     * @throws IllegalArgumentException if the id is blank
     * @throws IllegalStateException if the id is open in this publisher already, or there is no {@code application.id}
     */
    Transactions transactions(String id);

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
     * @return a future, never null, which does not fail
     * @throws NullPointerException if the handle is null
     */
    CompletableFuture<Resolution> resolve(Handle handle);

    /**
     * Sends what waits in batches now.
     *
     * @return a future that completes when every message published before this call has its receipt or its failure
     */
    CompletableFuture<Void> flush();

    /**
     * Refuses new messages, waits until the others are acknowledged, and releases everything. A second close answers
     * the report of the first.
     *
     * <p>It returns at most some seconds after the timeout, whatever the broker or a plugin does.
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
