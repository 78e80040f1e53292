// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.internal.completion.FailureLog;
import io.kurier.core.internal.route.Route;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The topic for the messages of another topic that can never be stored there, {@code topics.A.dead.letter}: which ones
 * are published to it, and how many were. Safe for use by any number of threads.
 */
final class DeadLetterTopic {
    private final TopicState from;
    private final Route route;
    private final TopicState to;
    private final PublishPipeline pipeline;
    private final String clientId;
    private final FailureLog failures;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder notStored = new LongAdder();

    /**
     * Makes the way of dead letters from one topic to another.
     *
     * @param route the route of {@code from}
     * @param pipeline sends the dead letters, also during a close
     * @param failures the log for dead letters that are not stored
     */
    DeadLetterTopic(
            TopicState from,
            Route route,
            TopicState to,
            PublishPipeline pipeline,
            String clientId,
            FailureLog failures) {
        this.from = from;
        this.route = route;
        this.to = to;
        this.pipeline = pipeline;
        this.clientId = clientId;
        this.failures = failures;
    }

    /** Returns the callback to publish a message with, which passes everything on to the given one. */
    DeliveryCallback watch(
            DeliveryCallback delivery,
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata,
            Duration wait) {
        begun.increment();
        return new DeadLetterDelivery(this, delivery, topic, key, value, metadata, wait);
    }

    /**
     * Returns whether a message that failed becomes a dead letter. Not if it may be stored, or can be published again
     * as it is: then the caller does so, and its last attempt would be the second copy. Not if the caller has the
     * wrong topic, or the publisher is closed: that is no fault of the message.
     */
    boolean takes(PublishException why) {
        boolean isClosed = why.stage() == Stage.SEND && why.outcome() == Outcome.REJECTED && why.getCause() == null;
        return why.outcome() != Outcome.UNKNOWN && !why.retriable() && why.stage() != Stage.ROUTE && !isClosed;
    }

    TopicState from() {
        return from;
    }

    /** Returns the route of the messages, not that of the dead letters. */
    Route route() {
        return route;
    }

    TopicState to() {
        return to;
    }

    PublishPipeline pipeline() {
        return pipeline;
    }

    String clientId() {
        return clientId;
    }

    /** Called when a message has its outcome, which needs no dead letter. */
    void ended() {
        ended.increment();
    }

    /** Called when a message has its outcome and its dead letter is stored, or is not. */
    void ended(@Nullable PublishException failure) {
        if (failure == null) {
            stored.increment();
        } else {
            notStored.increment();
            failures.add(failure.outcome(), failure);
        }
        ended.increment();
    }

    /** Whether messages have no outcome yet, or wait for their dead letters. */
    boolean isBusy() {
        long endedNow = ended.sum(); // first: a message that begins meanwhile must not hide one that is open
        return begun.sum() != endedNow;
    }

    /** Returns the number of dead letters that are stored. */
    long stored() {
        return stored.sum();
    }

    /** Returns the number of dead letters that are not stored, or may not be. */
    long notStored() {
        return notStored.sum();
    }
}
