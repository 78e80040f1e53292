// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One message from the call to its outcome, and at the same time the future that the caller gets. Its outcome is
 * settled once, whoever comes first; the lane then completes the future.
 */
final class Delivery extends CompletableFuture<Receipt> implements Acknowledgment {
    private static final VarHandle OUTCOME;

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(Delivery.class, "outcome", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Lane lane;

    /** When the message was given; from its outcome on, how long it took. */
    private long nanos = System.nanoTime();

    /** A {@link Receipt} or a {@link PublishException}; null until it is settled. */
    @SuppressWarnings("unused") // by OUTCOME
    private volatile @Nullable Object outcome;

    /** The one behind it in the lane's queue. */
    @Nullable
    Delivery next;

    Delivery(Lane lane) {
        this.lane = lane;
    }

    @Override
    public void stored(int partition, long offset, long timestamp, int valueBytes) {
        stored(new Receipt(lane.topic(), partition, offset, timestamp, 1, valueBytes));
    }

    void stored(Receipt receipt) {
        long now = System.nanoTime();
        if (settle(receipt, now)) {
            lane.counts().stored(receipt.valueBytes(), nanos, now);
            lane.add(this);
        }
    }

    @Override
    public void failed(KafkaFailure answer) {
        failed(lane.failure(answer));
    }

    void failed(PublishException why) {
        if (settle(why, System.nanoTime())) {
            lane.counts().failed(why.outcome());
            lane.add(this);
        }
    }

    /** The caller's own thread has to give up; it has not got the future yet, so nobody's code can run. */
    void refused(PublishException why) {
        if (settle(why, System.nanoTime())) {
            lane.counts().failed(why.outcome());
            completeExceptionally(why);
            lane.tell(this);
        }
    }

    private boolean settle(Object result, long now) {
        if (!OUTCOME.compareAndSet(this, null, result)) {
            return false;
        }
        nanos = now - nanos;
        return true;
    }

    /** Runs the dependents, and tells the listeners before. */
    void deliver() {
        Object result = outcome;
        if (result instanceof Receipt receipt) {
            lane.tellStored(receipt, nanos);
            complete(receipt);
        } else if (result instanceof PublishException failure) {
            lane.tellFailed(failure, nanos);
            completeExceptionally(failure);
        } else {
            complete(null); // no message, but a mark in the queue
        }
    }
}
