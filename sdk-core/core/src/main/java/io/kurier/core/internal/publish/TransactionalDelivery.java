// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publish;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Topic;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message of a transaction: that Kafka has acknowledged it settles nothing before the transaction has ended. */
final class TransactionalDelivery extends Delivery {
    private final ActiveTransaction transaction;

    /** As in other deliveries that are timed: when it was given, and then how long it took. */
    private long nanos;

    /** Written by Kafka's I/O thread, read after the commit, which waits for that thread. */
    private volatile @Nullable Receipt receipt;

    /** For the listeners; null if there are none. */
    private final @Nullable ListenerContext context;

    private TransactionalDelivery(
            TopicState topicState, ActiveTransaction transaction, @Nullable ListenerContext context) {
        super(topicState);
        this.transaction = transaction;
        this.context = context;
        this.nanos = topicState.timesNext() ? System.nanoTime() : NOT_TIMED;
    }

    static TransactionalDelivery begin(
            TopicState topicState,
            ActiveTransaction transaction,
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata) {
        topicState.counts().accepted();
        return new TransactionalDelivery(
                topicState,
                transaction,
                topicState.hasListeners()
                        ? ListenerContext.of(topicState.listeners(), topic, key, value, metadata)
                        : null);
    }

    @Override
    public void goesTo(int partition) {
        if (context != null) {
            context.goesTo(partition);
        }
    }

    @Override
    void tell(Object outcome) {
        if (context != null) {
            tell(outcome, context);
        }
    }

    /** Its transaction fails with it, or the work has caught what {@code publish} threw. */
    @Override
    void warnOf(PublishException why) {}

    @Override
    void stored(Receipt newReceipt) {
        receipt = newReceipt;
    }

    @Override
    void failed(PublishException why) {
        transaction.failed(why);
    }

    /** Where it is, once it is acknowledged. */
    @Nullable
    Receipt receipt() {
        return receipt;
    }

    @Override
    long stopWatch() {
        if (nanos == NOT_TIMED) {
            return NOT_TIMED;
        }
        long now = System.nanoTime();
        nanos = now - nanos;
        return now;
    }

    @Override
    long nanos() {
        return nanos;
    }

    /** The transaction is committed. Who counts it does so for all messages together; nobody has this as a future. */
    Receipt committed() {
        Receipt stored = Objects.requireNonNull(receipt, "Kafka commits what it has acknowledged");
        time();
        if (topicState().hasListeners() && settle(stored)) {
            finish(stored, false);
        }
        return stored;
    }

    /** The transaction is not committed, or nobody knows. */
    void ended(PublishException why) {
        super.failed(why);
    }
}
