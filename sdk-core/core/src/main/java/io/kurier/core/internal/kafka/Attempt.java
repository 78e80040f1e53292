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
 * One call of {@code send}: tells a rejection, which comes on the caller's thread before {@code send} returns, from what
 * Kafka answers afterwards on its I/O thread.
 *
 * <p>Nothing that happens here reaches Kafka's I/O thread as an exception: an {@code Error} would end that thread, and with it
 * every record of the producer ({@code Sender.run} catches {@code Exception} only).
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

    /** Keeps attempts until they have their answers. */
    interface Keeper {
        /** Kafka has answered an attempt, whether that can be passed on or not. */
        void heard(boolean isStored);

        /** Keeps an answer that cannot be passed on now. */
        void keep(Attempt attempt, @Nullable Object answer);

        /** Whether an error that is a record's own may have come after the same record was stored. */
        boolean canBeStored(Exception cause);

        /** An attempt has its answer, or was refused; called once for each. */
        void answered();
    }

    /** Told of the outcome; null once it is, or once the attempt is refused. */
    private @Nullable Acknowledgment acknowledgment;

    /** Where the attempt is kept until it has its answer; set before it is made. */
    private @Nullable Keeper keeper;

    /**
     * The caller's thread while it is inside {@code send}, then the rejection, if there was one. Only that thread writes
     * this field. Other threads may read a stale value, but never their own thread, so no volatile is needed. (One field for
     * both: there is an attempt for every record.)
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

    /** Nobody is to be told any more what becomes of the record. */
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

    /** Passes Kafka's answer on. */
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
     * The producer will not answer any more, so the record's outcome is unknown.
     *
     * @return whether the attempt is done; false while its caller is inside {@code send}, which may be refused yet
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
        } catch (Throwable e) { // no memory for the failure's exception: it is tried again
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

    /** What is told of a failure. */
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
