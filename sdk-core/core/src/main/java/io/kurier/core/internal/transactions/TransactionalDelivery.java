// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.internal.completion.Completion;
import io.kurier.core.internal.send.DeliveryCallback;
import io.kurier.core.internal.send.ListenerContext;
import io.kurier.core.internal.send.MessageMetadata;
import io.kurier.core.internal.send.TopicState;
import io.kurier.core.transport.KafkaFailure;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One message of a transaction. It is settled by the end of the transaction, not by its acknowledgment. Only the
 * transaction's thread settles it; Kafka's I/O thread reports acknowledgments.
 */
final class TransactionalDelivery implements DeliveryCallback, Completion {
    private static final long NOT_TIMED = 0;

    private final TopicState topicState;
    private final Consumer<PublishException> onFailure;

    /** For the listeners; null if there are none. */
    private final @Nullable ListenerContext context;

    private final long begunAt;
    private long nanos = NOT_TIMED;

    /** Written by Kafka's I/O thread, read after the commit, which waits for that thread. */
    private volatile @Nullable Receipt receipt;

    /** Written by Kafka's I/O thread, read after the transaction has ended. */
    private volatile @Nullable PublishException failure;

    /** A receipt or an exception; the queue publishes it to the thread that notifies the listeners. */
    private @Nullable Object outcome;

    private @Nullable Completion next;

    /**
     * Makes the delivery of a message that is being published.
     *
     * @param onFailure receives the failure that makes the transaction abort; called by Kafka's I/O thread
     */
    TransactionalDelivery(
            TopicState topicState,
            Consumer<PublishException> onFailure,
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata) {
        this.topicState = topicState;
        this.onFailure = onFailure;
        this.context = topicState.listenerContext(topic, key, value, metadata);
        this.begunAt = topicState.accepted() ? System.nanoTime() : NOT_TIMED;
    }

    TopicState topicState() {
        return topicState;
    }

    @Override
    public void goesTo(int partition) {
        if (context != null) {
            context.goesTo(partition);
        }
    }

    @Override
    public void stored(int partition, long offset, long timestamp, int valueBytes) {
        stored(new Receipt(topicState.topic(), partition, offset, timestamp, 1, valueBytes));
    }

    @Override
    public void stored(Receipt acknowledged) {
        receipt = acknowledged;
    }

    @Override
    public void failed(KafkaFailure answer) {
        failed(topicState.failure(answer));
    }

    @Override
    public void failed(PublishException why) {
        failure = why;
        onFailure.accept(why);
    }

    @Override
    public void refused(PublishException why) {
        ended(why);
    }

    /** Whether no record of it was passed to the producer, so that the end of the transaction does not affect it. */
    boolean isRefused() {
        return outcome != null;
    }

    /** The position of its last record, once it is acknowledged. */
    @Nullable
    Receipt receipt() {
        return receipt;
    }

    /** Why Kafka has refused it after the producer had taken it, or null. */
    @Nullable
    PublishException failure() {
        return failure;
    }

    /** Called when the transaction is committed. The transaction counts its stored messages, topic by topic. */
    Receipt committed() {
        Receipt stored = Objects.requireNonNull(receipt, "Kafka commits what it has acknowledged");
        long now = stopWatch();
        if (now != NOT_TIMED) {
            topicState.recordLatency(nanos, now);
        }
        notifyListeners(stored);
        return stored;
    }

    /** Called when the transaction is not committed, or that is unknown. */
    void ended(PublishException why) {
        stopWatch();
        topicState.counts().failed(why.outcome());
        notifyListeners(why);
    }

    private long stopWatch() {
        if (begunAt == NOT_TIMED) {
            return NOT_TIMED;
        }
        long now = System.nanoTime();
        nanos = now - begunAt;
        return now;
    }

    private void notifyListeners(Object what) {
        outcome = what;
        if (context != null) {
            topicState.add(this);
        }
    }

    @Override
    public boolean tryComplete() {
        if (outcome != null && context != null) {
            topicState.notifyListeners(outcome, context, nanos);
        }
        return true;
    }

    @Override
    public @Nullable Completion next() {
        return next;
    }

    @Override
    public void next(@Nullable Completion completion) {
        next = completion;
    }
}
