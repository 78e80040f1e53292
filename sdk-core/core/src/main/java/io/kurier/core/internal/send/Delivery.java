// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.internal.attempts.AttemptFuture;
import io.kurier.core.internal.completion.Completion;
import io.kurier.core.internal.completion.PublisherFuture;
import io.kurier.core.internal.completion.RepeatedCompletion;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One message from the call to its outcome; it is also the future that the caller gets, and the callback of the first
 * attempt to send it.
 *
 * <p>The outcome arrives on Kafka's I/O thread, where user code must not run. As long as no dependent is registered,
 * completing the future there runs no code and costs least; once a dependent is registered, the future completes in its
 * topic's {@link TopicState}. One compare-and-set on {@code state} decides between the two:
 *
 * <pre>
 * null ---- a dependent is registered ---> REGISTERED ---- outcome ---> the outcome, and the topic's queue
 *  |
 *  +------- outcome ---------------------> the I/O thread, which completes ---> the outcome
 * </pre>
 *
 * <p>A dependent that is registered while the state is a thread waits, for nanoseconds, until that thread is done, and
 * then runs in the thread that registers it. A complete future is not enough for that: the completing thread checks for
 * dependents once more afterwards, and would run one registered by then. {@code CompletableFuture.allOf} and
 * {@code anyOf} bypass all methods that can be overridden when they register. The number of dependents shows those that
 * were registered before; of those that race with the acknowledgment, one in a hundred is missed. (Completing every
 * future in the queue would close that gap as well; it cost a fifth of the CPU time of a record.)
 */
public class Delivery extends AttemptFuture<Receipt> implements DeliveryCallback, Completion {
    private static final Object REGISTERED = new Object();
    private static final long NOT_TIMED = 0;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Delivery.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Each attempt to complete a future runs or drops at least one dependent, and few have as many. */
    private static final int MOST_ATTEMPTS = 1_000;

    private final TopicState topicState;

    private volatile @Nullable Object state;

    private @Nullable Completion next;

    /**
     * A delivery that is timed. (Under high load few are, and saving eight bytes in each of the others is worth a
     * class.)
     */
    private static class Timed extends Delivery {
        /** The time at which the message was published; from its outcome on, how long it took. */
        private long nanos = System.nanoTime();

        Timed(TopicState topicState) {
            super(topicState);
        }

        @Override
        final long stopWatch() {
            long now = System.nanoTime();
            nanos = now - nanos;
            return now;
        }

        @Override
        final long nanos() {
            return nanos;
        }
    }

    /** A delivery whose outcome is reported to listeners. */
    private static final class Notified extends Timed {
        private final ListenerContext context;
        private boolean notified;

        Notified(TopicState topicState, ListenerContext context) {
            super(topicState);
            this.context = context;
        }

        @Override
        public void goesTo(int partition) {
            context.goesTo(partition);
        }

        @Override
        void tell(Object outcome) {
            if (!notified) { // a second try, after running out of memory, is not a second outcome
                notified = true;
                topicState().notifyListeners(outcome, context, nanos());
            }
        }
    }

    private Delivery(TopicState topicState) {
        this.topicState = topicState;
    }

    /** Makes the delivery of a message that is being published. */
    public static Delivery begin(
            TopicState topicState,
            @Nullable Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata) {
        boolean timed = topicState.accepted();
        ListenerContext context = topicState.listenerContext(topic, key, value, metadata);
        if (context != null) {
            return new Notified(topicState, context);
        }
        return timed ? new Timed(topicState) : new Delivery(topicState);
    }

    @Override
    public final Acknowledgment acknowledgment() {
        return this;
    }

    final TopicState topicState() {
        return topicState;
    }

    @Override
    public void stored(int partition, long offset, long timestamp, int valueBytes) {
        stored(new Receipt(topicState.topic(), partition, offset, timestamp, 1, valueBytes));
    }

    @Override
    public void stored(Receipt receipt) {
        boolean inline = settleInline();
        if (inline || settle(receipt)) {
            topicState.counts().stored(receipt.valueBytes());
            long now = stopWatch();
            if (now != NOT_TIMED) {
                topicState.recordLatency(nanos(), now);
            }
            finish(receipt, inline);
        } else {
            completeAgain(receipt);
        }
    }

    @Override
    public void failed(KafkaFailure answer) {
        failed(topicState.failure(answer));
    }

    @Override
    public void failed(PublishException why) {
        boolean inline = settleInline();
        if (inline || settle(why)) {
            stopWatch();
            topicState.counts().failed(why.outcome());
            topicState.warnOf(why);
            finish(why, inline);
        } else {
            completeAgain(why);
        }
    }

    /** The caller does not have the future yet, so it has no dependents that could run here. */
    @Override
    public void refused(PublishException why) {
        if (settle(why)) {
            stopWatch();
            topicState.counts().failed(why.outcome());
            topicState.warnOf(why);
            completeExceptionally(why);
            if (topicState.hasListeners()) {
                topicState.add(this);
            }
        }
    }

    /** Stops the message's time, if it is timed, and returns the current time. */
    long stopWatch() {
        return NOT_TIMED;
    }

    /** How long it took in nanoseconds; meaningless for a message that is not timed. */
    long nanos() {
        return NOT_TIMED;
    }

    /** Whether this thread may complete the future, unless allOf or anyOf turns out to depend on it. */
    private boolean settleInline() {
        return !topicState.hasListeners() && state == null && STATE.compareAndSet(this, null, Thread.currentThread());
    }

    /**
     * Queues the completion for an outcome that is not the first: an error may have interrupted the report of the first
     * one before it was queued.
     *
     * @param outcome the outcome to complete with if the first one is not known
     */
    private void completeAgain(Object outcome) {
        Object before = state;
        boolean isInterrupted = before instanceof Thread && STATE.compareAndSet(this, before, outcome);
        if (isInterrupted || !isDone()) {
            topicState.add(new RepeatedCompletion(this));
        }
    }

    /** Whether this becomes the outcome; there is one already if Kafka called back although its client threw. */
    private boolean settle(Object outcome) {
        while (true) {
            Object before = state;
            if (before != null && before != REGISTERED) {
                return false;
            }
            if (STATE.compareAndSet(this, before, outcome)) {
                return true;
            }
        }
    }

    /** Completes the future at once if nothing depends on it, otherwise in the queue. Never throws. */
    private void finish(Object outcome, boolean inline) {
        if (inline && getNumberOfDependents() == 0) {
            boolean done = completeWith(outcome);
            STATE.setRelease(this, outcome); // lets the threads waiting in dependentComes continue
            if (!done) {
                topicState.add(this);
            }
            return;
        }
        if (inline) {
            state = outcome;
        }
        topicState.add(this);
    }

    /** Notifies the listeners, and completes the future, which runs its dependents. */
    @Override
    public boolean tryComplete() {
        Object outcome = state;
        if (outcome == null) {
            return true;
        }
        tell(outcome);
        return completeWith(outcome);
    }

    /** Notifies the listeners, if there are any. */
    void tell(Object outcome) {}

    /**
     * Completes the future, which runs its dependents. That can throw: if a dependent throws an exception that cannot
     * describe itself, or exhausts memory or stack, the JDK's future throws in turn, and skips the dependents after it.
     *
     * @return whether the future is done; if not, memory ran out
     */
    private boolean completeWith(Object outcome) {
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            try {
                if (outcome instanceof Receipt receipt) {
                    complete(receipt);
                } else if (outcome instanceof PublishException failure) {
                    completeExceptionally(failure);
                }
                return true;
            } catch (Throwable e) {
                if (!isDone()) {
                    return false;
                }
            }
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

    private void dependentComes() {
        if (state == null && STATE.compareAndSet(this, null, REGISTERED)) {
            return;
        }
        // The completing thread itself gets here only with a dependent registered by allOf meanwhile.
        while (state instanceof Thread completing && completing != Thread.currentThread()) {
            Thread.onSpinWait();
        }
    }

    /** Called by every method that registers a dependent of this future, before it does. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        dependentComes();
        return new PublisherFuture<>();
    }

    /** Called by another future, before it registers a dependent of this one. */
    @Override
    public CompletableFuture<Receipt> toCompletableFuture() {
        dependentComes();
        return this;
    }

    @Override
    public CompletionStage<Receipt> minimalCompletionStage() {
        dependentComes();
        return super.minimalCompletionStage();
    }
}
