// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.core.internal.attempts.PlainAttempt;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One message of a {@link BulkPublish}, from the call to its outcome. It has no future and no receipt; it is the callback
 * of the first attempt to send it.
 */
class BulkMessage extends PlainAttempt implements DeliveryCallback {
    private static final int OPEN = 0;
    private static final int COUNTED = 1;
    private static final int REPORTED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(BulkMessage.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final BulkPublish bulk;
    private final long index;

    /**
     * How far its outcome has been reported. A second report continues a first one that an error has interrupted, and
     * does no more than that.
     */
    private int state;

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

    private boolean becomes(int next) {
        return STATE.compareAndSet(this, next - 1, next);
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
        if (becomes(COUNTED)) {
            bulk.topicState().counts().stored(valueBytes);
            recordLatency(bulk.topicState());
        }
        if (becomes(REPORTED)) {
            bulk.stored(valueBytes);
        } else {
            bulk.completeAgain();
        }
    }

    @Override
    public final void failed(KafkaFailure answer) {
        failed(bulk.topicState().failure(answer));
    }

    @Override
    public final void failed(PublishException why) {
        if (becomes(COUNTED)) {
            bulk.topicState().counts().failed(why.outcome());
            bulk.topicState().warnOf(why);
        }
        if (becomes(REPORTED)) {
            bulk.failed(index, why);
        } else {
            bulk.completeAgain();
        }
    }

    @Override
    public final void refused(PublishException why) {
        failed(why);
    }

    /** Records how long the message took, if that is measured. */
    void recordLatency(TopicState topicState) {}
}
