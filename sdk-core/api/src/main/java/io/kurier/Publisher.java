// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages of any format to Kafka topics.
 *
 * <p>One publisher serves a whole application. It is safe for use by any number of threads, and messages that one
 * thread publishes to one partition are stored in that thread's order. It holds one Kafka producer, so all topics share
 * its connections and its buffer.
 *
 * <p>No method throws because of a message: every failure completes the future with a {@link PublishException}, also if
 * the message or its topic is null. A topic whose types differ from those with which it was declared in code is
 * {@link Outcome#REJECTED}, whatever the values are; a topic that only configuration declares takes any types.
 *
 * <p>Dependents of the future ({@code thenApply}, {@code whenComplete}, ...) never run on Kafka's I/O thread. Those of
 * one topic run one after the other, in the order of completion, so a dependent that blocks delays only its own topic.
 *
 * <p>A dependent may wait ({@code join}, {@code get}) for any future of a publisher, or for one derived from it, also
 * of its own topic. Before it waits, the dependents queued behind it continue on another thread, in their order, so
 * they may run concurrently with it. Each waiting dependent holds a thread; {@code thenCompose} needs none. A wait that
 * a publisher cannot detect ({@code allOf(...).join()}, a lock or a latch that another dependent of the topic opens)
 * blocks the topic. If a dependent blocks for ten seconds while others are queued behind it, a warning with its stack
 * is logged; if it waits for a {@code CompletableFuture}, the others then continue.
 *
 * <p>Failures are also logged, for callers that do not check the future. By default the first failure of each topic and
 * {@link Outcome} is logged as a warning within a second, and further ones at most once in 30 seconds, with their
 * number and the last reason. The warning leaves out the messages of serializers, guards and other code that sees keys
 * and values. The logger is {@code io.kurier.core.internal.completion.FailureLog}.
 *
 * <p>{@code CompletableFuture.allOf} and {@code anyOf} bypass all methods of a future. If they are called at the moment
 * at which a message is acknowledged, their dependents can run on the I/O thread. If those dependents may block, pass
 * copies ({@code future.copy()}), which are safe.
 */
public interface Publisher extends AutoCloseable {

    /**
     * Publishes a message, and waits if the producer's buffer is full.
     *
     * <p>The wait is in the caller's thread and takes at most {@code publish.max.wait.ms} (60,000 by default). The call
     * waits while the buffer is full, the topic's metadata is missing, or a partition that the message names is not
     * known yet. An interrupt ends the wait and keeps the thread's interrupt flag. The call does not wait for the
     * acknowledgment.
     *
     * @return a future of the receipt, never null, which completes when Kafka has acknowledged the record
     */
    CompletableFuture<Receipt> publish(Message<?, ?> message);

    /**
     * Publishes a message if the producer can take it at once; otherwise the future fails with
     * {@link Outcome#REJECTED}, retriable. The call never waits for a broker or for room in the buffer, so it is suited
     * to event loops and request threads.
     *
     * <p>The call can still wait for a processor, and for the locks of Kafka's client while another caller holds one
     * and waits for a processor; no upper bound is promised for that. With 16 threads that only published, on two busy
     * cores, the median was 1.3 microseconds, 99 of 100 calls took less than 7, and the longest of 320,000 took 0.2
     * seconds. Under the same load Kafka's own {@code send} took up to 0.3 seconds, and threads without any lock up to
     * 0.5.
     *
     * <p>Do not use it for a value that becomes many records (a large media value): Kafka's buffer is full before all
     * of its records are taken, and those taken until then stay in the topic without the rest
     * ({@link Outcome#NOT_STORED}).
     *
     * @return a future of the receipt, never null
     */
    CompletableFuture<Receipt> tryPublish(Message<?, ?> message);

    /** Publishes a key and a value, as {@link #publish(Message)} does. */
    default <K, V> CompletableFuture<Receipt> publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return publish(Message.of(topic, key, value));
    }

    /** Publishes a key and a value, as {@link #tryPublish(Message)} does. */
    default <K, V> CompletableFuture<Receipt> tryPublish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return tryPublish(Message.of(topic, key, value));
    }

    /**
     * Publishes many messages of one topic, with one future for all of them: for bulk loads, in which a future for each
     * message is of no use.
     *
     * <p>Each message is published as {@link #publish(Message)} does: in the caller's thread, which waits while the
     * buffer is full, in the iterator's order. A message that a serializer or a guard refuses is counted, and the next
     * one is taken. No further message is taken once Kafka's producer has taken none for
     * {@code publish.max.wait.ms}, the publisher is closed, the thread is interrupted, or the iterator throws;
     * {@link BulkReport#stoppedBy} is the reason then. The call returns when no further message is taken, and does not
     * wait for acknowledgments.
     *
     * @param topic the topic of all messages; a message of another topic is {@link Outcome#REJECTED}
     * @param messages used by the caller's thread only
     * @return a future of the report, never null, which completes when every message that was taken has its outcome. It
     *     does not fail: check {@link BulkReport#isComplete}, or call {@link BulkReport#orThrow}
     * @throws NullPointerException if the topic or the iterator is null
     */
    <K, V> CompletableFuture<BulkReport> publishAll(Topic<K, V> topic, Iterator<? extends Message<K, V>> messages);

    /** Publishes the messages of a collection, as {@link #publishAll(Topic, Iterator)} does. */
    default <K, V> CompletableFuture<BulkReport> publishAll(
            Topic<K, V> topic, Iterable<? extends Message<K, V>> messages) {
        Objects.requireNonNull(messages, "messages");
        return publishAll(topic, messages.iterator());
    }

    /**
     * Publishes several messages to any topics and in any formats, all or nothing (KIP-98).
     *
     * <p>The callback runs on a thread of Kurier's, at once if one of {@code transactions.producers} is free. If none
     * is, the caller's thread waits for one, at most {@code publish.max.wait.ms}; an interrupt ends the wait and keeps
     * the thread's interrupt flag. If the callback returns normally, the transaction is committed, and the future
     * completes with the callback's result. If it throws, the transaction is aborted. The future fails with a
     * {@link TransactionException} and with no other exception.
     *
     * <p>Transactions need the key {@code application.id} and, if several processes of the application run at the same
     * time, {@code application.instance.id}; otherwise the processes fence each other. The order relative to messages
     * published outside of transactions is not defined.
     *
     * @return a future of the callback's result, never null, which completes when Kafka has committed
     */
    <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> work);

    /**
     * Opens a transactional id owned by the caller, for a process that works on its own share of the input and must be
     * fenced when another process of the same {@code application.id} takes that share over. On return every earlier
     * owner is fenced and its open transaction aborted, so it is safe to read the last committed progress.
     *
     * <p>The call waits for Kafka in the caller's thread, at most {@code publish.max.wait.ms}.
     *
     * @param id the name of the share, the same after every restart; for example the file or partition that is read
     * @return the session of that id, to be closed by the caller
     * @throws TransactionException if Kafka refuses the id or does not respond in time
     * @throws IllegalArgumentException if the id is blank
     * @throws IllegalStateException if the id is already open in this publisher, or {@code application.id} is not set
     */
    TransactionalSession transactionalSession(String id);

    /**
     * Finds out whether a message or a transaction whose outcome was {@link Outcome#UNKNOWN} is stored, by reading the
     * topic as a consumer does. Searches run one after the other; each takes at most {@code resolve.timeout.ms}.
     *
     * <p>{@link Resolution.Stored} can be returned at any time, in any process. {@link Resolution.NotStored} needs a
     * proof: that the transaction was aborted, or that the same producer has had a later message acknowledged in that
     * partition. Without a proof, a record that is still in the network can be appended later, and the result is
     * {@link Resolution.NotSettled}; a message published to the same partition and acknowledged settles it.
     *
     * <p>The search is for one topic, identified by Kafka's topic id. If the topic has been deleted and created again
     * since, the result is {@link Resolution.NotSettled}.
     *
     * @return a future of the resolution, never null, which does not fail
     * @throws NullPointerException if the handle is null
     */
    CompletableFuture<Resolution> resolve(DeliveryHandle handle);

    /**
     * Sends the records that wait in batches now.
     *
     * @return a future that completes when every message published before this call has its receipt or its failure and
     *     their dependents have run, except dependents that themselves wait for futures of a publisher
     */
    CompletableFuture<Void> flush();

    /**
     * Returns whether the publisher can do its work at this moment. It sends no request and never throws, and is cheap
     * enough for a probe every second. What lasts for {@code health.grace.ms} is judged from one call to the next, so it
     * is to be called regularly, at least every few seconds.
     *
     * <p>A publisher that is not Kurier's may always be ready.
     */
    default Health health() {
        return Health.READY;
    }

    /**
     * Replaces the credentials while the publisher runs. The configuration is read again: properties files and the
     * values of config providers; settings given in code are as they were. Of it the keys {@code bootstrap.servers},
     * {@code security.*}, {@code ssl.*} and {@code sasl.*} are used, and key stores, certificates and tokens are read
     * anew; other keys that have changed are named in a warning, since they need a restart.
     *
     * <p>A new producer connects and is checked first: the brokers let it in, and its user may write to the topics. Then
     * the records that the old one has taken are sent, at most for {@code producer.delivery.timeout.ms}, and the new one
     * takes over. The order of records and the outcomes of messages are as without a rotation. During that last step
     * {@code publish} waits as it does for room, and {@code tryPublish} is {@link Outcome#REJECTED}, retriable.
     * Producers of {@link #transaction} connect again before their next transaction. A
     * {@link #transactionalSession} keeps its connection, since its owner must know if another process has had its id:
     * close it and open it again.
     *
     * <p>If anything is wrong with the new credentials, the old producer continues as before, and a warning is logged.
     * Rotations run one after the other. A call while one runs begins another after it, which all calls until then
     * share. With {@code topics.management=later}, before the publisher is connected, the next attempt to connect uses
     * what was read.
     *
     * @return a future, never null, that completes when the new credentials are in use, or fails with a
     *     {@link RotationException} that lists everything that is wrong; also if the publisher is closed. A publisher
     *     that is not Kurier's may fail with {@link UnsupportedOperationException}
     */
    default CompletableFuture<Void> rotate() {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("this publisher has no credentials"));
    }

    /**
     * Refuses new messages, waits until the accepted ones are acknowledged, and releases all resources. A second call
     * waits for the first, at most its own timeout, and returns the report of the first, or the counts known by then.
     *
     * <p>The call returns at most ten seconds after the timeout, whatever the broker, a plugin, a listener, a dependent
     * or a metrics reporter does: code that hangs is left behind in a daemon thread, with a warning in the log that
     * shows its stack. Any thread may call it; an interrupt ends the wait and keeps the thread's interrupt flag. If a
     * transaction's callback closes its own publisher, its transaction is aborted. If no thread can be created any
     * more, the steps run in the caller's thread, and a step that hangs has no limit.
     *
     * <p>Dependents have until the timeout to return. After it, the remaining dependents of a topic may run
     * concurrently with one that has not returned, so that every future completes; the close waits three seconds for
     * that.
     *
     * <p>A warning with the counts is logged if not all messages are stored after a close. A warning is also logged if
     * a publisher is garbage-collected without a close.
     *
     * @param timeout how long to wait; messages that are not acknowledged by then fail with {@link Outcome#UNKNOWN}. A
     *     negative timeout counts as zero, and no timeout is too long.
     * @return the counts of messages by outcome
     * @throws NullPointerException if the timeout is null; the publisher is unchanged
     */
    CloseReport close(Duration timeout);

    /** Closes with a timeout of {@code close.timeout.ms}, 30 seconds if it is not set; see {@link #close(Duration)}. */
    @Override
    default void close() {
        close(Duration.ofSeconds(30));
    }
}
