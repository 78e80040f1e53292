// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.attempts;

import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code send}. It distinguishes a rejection, which comes on the caller's thread before {@code send}
 * returns, from Kafka's later callback on its I/O thread.
 *
 * <p>No exception from here reaches Kafka's I/O thread: an {@code Error} would end that thread, and with it every
 * record of the producer ({@code Sender.run} catches {@code Exception} only).
 *
 * <p>An implementation holds two fields. {@code keeper} is set from the beginning of the attempt until its result.
 * {@code sender} is the caller's thread until it has left {@code send}, or the rejection, if there was one, and then
 * {@link #SENT}. Only that thread writes {@code sender}: other
 * threads may read a stale value, but never their own thread, so the callback can read it without ordering.
 */
public interface Attempt extends Callback {
    /** The value of {@code sender} once the caller's thread has left {@code send}. */
    Object SENT = new Object();

    /** Returns the object that receives the outcome. */
    Acknowledgment acknowledgment();

    /** Returns the keeper, or null if there is a result or the attempt was refused. */
    @Nullable
    AttemptKeeper keeper();

    /** Sets the keeper, visible to a thread that reads it afterwards. */
    void keeper(@Nullable AttemptKeeper keeper);

    /** Returns the keeper and sets it to null, atomically. */
    @Nullable
    AttemptKeeper takeKeeper();

    /** Returns the sender as the calling thread sees it, without ordering. */
    @Nullable
    Object sender();

    /** Returns the sender; whatever its thread wrote before is visible then. */
    @Nullable
    Object senderInOrder();

    /** Sets the sender; whatever the calling thread wrote before is visible to a thread that reads it in order. */
    void sender(Object sender);

    /**
     * Begins the attempt, on the caller's thread, which is nearly always the one that has made this object.
     *
     * @return false if this object was used for an attempt that was sent, or refused, before
     */
    default boolean tryBegin() {
        Object by = sender();
        if (by == SENT) {
            return false;
        }
        if (by != Thread.currentThread()) {
            sender(Thread.currentThread());
        }
        return true;
    }

    /** Called by the caller's thread if {@code send} has thrown. */
    default void refusedBy(Exception thrown) {
        sender(thrown);
    }

    /**
     * Called by the caller's thread when it has left {@code send}.
     *
     * @return why the record was refused, or null if it was taken
     */
    default @Nullable Exception end() {
        Exception rejection = sender() instanceof Exception thrown ? thrown : null;
        if (rejection != null) {
            drop();
        }
        sender(SENT);
        return rejection;
    }

    /** Discards the outcome of the record: it is not reported any more. */
    default void drop() {
        AttemptKeeper keeper = takeKeeper();
        if (keeper != null) {
            keeper.answered();
        }
    }

    @Override
    default void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (Thread.currentThread() == sender()) {
            if (exception != null) {
                sender(exception);
            }
            return;
        }
        AttemptKeeper keeper = keeper();
        if (keeper == null) {
            return;
        }
        try {
            passOn(keeper, metadata, exception);
            keeper.calledBack(exception == null);
        } catch (Throwable e) {
            keeper.keep(this, exception == null ? metadata : exception);
        }
    }

    /** Passes on a result of Kafka's callback that was kept; not if there is one already. */
    default void answer(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        AttemptKeeper keeper = keeper();
        if (keeper != null) {
            passOn(keeper, metadata, exception);
            keeper.answered();
        }
    }

    private void passOn(AttemptKeeper keeper, @Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null) {
            if (metadata != null && metadata.partition() >= 0) {
                acknowledgment().goesTo(metadata.partition());
            }
            acknowledgment().failed(failure(keeper.classify(exception), metadata));
        } else if (metadata != null) {
            stored(metadata);
        }
        keeper(null);
    }

    /**
     * Called when the producer will not call back any more, so the record's outcome is unknown.
     *
     * @return whether the attempt is done; false while its caller is inside {@code send}, which may still be refused
     */
    default boolean lost(KafkaFailure why) {
        if (senderInOrder() != SENT) {
            return keeper() == null;
        }
        AttemptKeeper keeper = takeKeeper();
        if (keeper == null) {
            return true;
        }
        try {
            acknowledgment().failed(failure(why, null));
        } catch (Throwable e) { // out of memory for the failure's exception: it is tried again
            keeper(keeper);
            throw e;
        }
        keeper.answered();
        return true;
    }

    /** Returns the failure to report. */
    default KafkaFailure failure(KafkaFailure plain, @Nullable RecordMetadata metadata) {
        return plain;
    }

    /** Reports that the record is stored. */
    default void stored(RecordMetadata metadata) {
        acknowledgment()
                .stored(
                        metadata.partition(),
                        metadata.hasOffset() ? metadata.offset() : -1,
                        metadata.hasTimestamp() ? metadata.timestamp() : -1,
                        Math.max(0, metadata.serializedValueSize()));
    }
}
