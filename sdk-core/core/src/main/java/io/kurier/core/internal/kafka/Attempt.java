// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code send}. It distinguishes a rejection, which comes on the caller's thread before {@code send}
 * returns, from Kafka's later callback on its I/O thread.
 *
 * <p>No exception from here reaches Kafka's I/O thread: an {@code Error} would end that thread, and with it every
 * record of the producer ({@code Sender.run} catches {@code Exception} only).
 */
class Attempt implements Callback {
    private static final VarHandle ACKNOWLEDGMENT;
    private static final VarHandle CALLER_OR_REFUSAL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ACKNOWLEDGMENT = lookup.findVarHandle(Attempt.class, "acknowledgment", Acknowledgment.class);
            CALLER_OR_REFUSAL = lookup.findVarHandle(Attempt.class, "callerOrRefusal", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Keeps attempts until their callbacks. */
    interface Keeper {
        /** Called when Kafka has called back for an attempt, whether the result can be passed on or not. */
        void heard(boolean isStored);

        /** Keeps a result that cannot be passed on now. */
        void keep(Attempt attempt, @Nullable Object answer);

        /** Whether a record-specific error may have come after the same record was stored. */
        boolean canBeStored(Exception cause);

        /** Called once for each attempt, when it has its result or was refused. */
        void answered();
    }

    /** Receives the outcome; null once it has, or once the attempt is refused. */
    private @Nullable Acknowledgment acknowledgment;

    /** The keeper of the attempt until it has its result; set before the attempt is made. */
    private @Nullable Keeper keeper;

    /**
     * The caller's thread while it is inside {@code send}, then the rejection, if there was one. Only that thread
     * writes this field. Other threads may read a stale value, but never their own thread, so no volatile is needed.
     * (One field for both, since there is an attempt for every record.)
     */
    private @Nullable Object callerOrRefusal = Thread.currentThread();

    Attempt(Acknowledgment acknowledgment) {
        this.acknowledgment = acknowledgment;
    }

    void keptBy(Keeper newKeeper) {
        keeper = newKeeper;
    }

    void refusedBy(Exception thrown) {
        callerOrRefusal = thrown;
    }

    /** Why the record was refused, or null if it was taken. */
    @Nullable
    Exception end() {
        Exception rejection = callerOrRefusal instanceof Exception thrown ? thrown : null;
        if (rejection != null) {
            drop();
        }
        CALLER_OR_REFUSAL.setRelease(this, null);
        return rejection;
    }

    /** Discards the outcome of the record: it is not reported any more. */
    void drop() {
        if (take() != null) {
            answered();
        }
    }

    private @Nullable Acknowledgment take() {
        return (Acknowledgment) ACKNOWLEDGMENT.getAndSet(this, (Acknowledgment) null);
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (Thread.currentThread() == callerOrRefusal) {
            callerOrRefusal = exception;
            return;
        }
        try {
            keeper().heard(exception == null);
            answer(metadata, exception);
        } catch (Throwable e) {
            keeper().keep(this, exception == null ? metadata : exception);
        }
    }

    /** Passes on the result of Kafka's callback. */
    void answer(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        Acknowledgment to = acknowledgment;
        if (to == null) {
            return;
        }
        if (exception != null) {
            if (metadata != null && metadata.partition() >= 0) {
                to.goesTo(metadata.partition());
            }
            to.failed(failure(ErrorClassifier.classify(exception, keeper().canBeStored(exception)), metadata));
        } else if (metadata != null) {
            stored(to, metadata);
        }
        acknowledgment = null;
        answered();
    }

    /**
     * Called when the producer will not call back any more, so the record's outcome is unknown.
     *
     * @return whether the attempt is done; false while its caller is inside {@code send}, which may still be refused
     */
    boolean lost(KafkaFailure why) {
        if (CALLER_OR_REFUSAL.getAcquire(this) != null) {
            return ACKNOWLEDGMENT.getAcquire(this) == null;
        }
        Acknowledgment to = take();
        if (to == null) {
            return true;
        }
        try {
            to.failed(failure(why, null));
        } catch (Throwable e) { // out of memory for the failure's exception: it is tried again
            ACKNOWLEDGMENT.setRelease(this, to);
            throw e;
        }
        answered();
        return true;
    }

    private void answered() {
        keeper().answered();
    }

    private Keeper keeper() {
        return Objects.requireNonNull(keeper, "an attempt is kept before it is made");
    }

    /** Returns the failure to report. */
    KafkaFailure failure(KafkaFailure plain, @Nullable RecordMetadata metadata) {
        return plain;
    }

    void stored(Acknowledgment to, RecordMetadata metadata) {
        to.stored(
                metadata.partition(),
                metadata.hasOffset() ? metadata.offset() : -1,
                metadata.hasTimestamp() ? metadata.timestamp() : -1,
                Math.max(0, metadata.serializedValueSize()));
    }
}
