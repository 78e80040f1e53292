// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.core.internal.attempts.PlainAttempt;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One message of a {@link BulkPublish}, from the call to its outcome. It has no future and no receipt; it is the callback
 * of the first attempt to send it.
 */
class BulkMessage extends PlainAttempt implements DeliveryCallback {
    private static final VarHandle BULK;

    static {
        try {
            BULK = MethodHandles.lookup().findVarHandle(BulkMessage.class, "bulk", BulkPublish.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where the outcome goes; null once it has one. */
    private @Nullable BulkPublish bulk;

    private final long index;

    /** A message whose time to the acknowledgment is measured. */
    private static final class Timed extends BulkMessage {
        private final long begunAt = System.nanoTime();

        Timed(BulkPublish bulk, long index) {
            super(bulk, index);
        }

        @Override
        void recordLatency(TopicState topicState) {
            long now = System.nanoTime();
            topicState.recordLatency(now - begunAt, now);
        }
    }

    private BulkMessage(BulkPublish bulk, long index) {
        this.bulk = bulk;
        this.index = index;
    }

    /** Makes the message with an index, which is being published. */
    static BulkMessage begin(BulkPublish bulk, long index) {
        return bulk.topicState().accepted() ? new Timed(bulk, index) : new BulkMessage(bulk, index);
    }

    @Override
    public final Acknowledgment acknowledgment() {
        return this;
    }

    private @Nullable BulkPublish take() {
        return (BulkPublish) BULK.getAndSet(this, (BulkPublish) null);
    }

    @Override
    public final void stored(int partition, long offset, long timestamp, int valueBytes) {
        stored(valueBytes);
    }

    @Override
    public final void stored(Receipt receipt) {
        stored(receipt.valueBytes());
    }

    private void stored(long valueBytes) {
        BulkPublish to = take();
        if (to != null) {
            to.topicState().counts().stored(valueBytes);
            recordLatency(to.topicState());
            to.stored(valueBytes);
        }
    }

    @Override
    public final void failed(KafkaFailure answer) {
        BulkPublish to = bulk;
        if (to != null) {
            failed(to.topicState().failure(answer));
        }
    }

    @Override
    public final void failed(PublishException why) {
        BulkPublish to = take();
        if (to != null) {
            to.topicState().counts().failed(why.outcome());
            to.topicState().warnOf(why);
            to.failed(index, why);
        }
    }

    @Override
    public final void refused(PublishException why) {
        failed(why);
    }

    /** Records how long the message took, if that is measured. */
    void recordLatency(TopicState topicState) {}
}
