// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.internal.completion.Completion;
import io.kurier.core.internal.completion.CompletionQueue;
import io.kurier.core.internal.completion.FailureLog;
import io.kurier.core.internal.completion.FlushMarker;
import io.kurier.core.internal.completion.QueueStallDetector;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.limits.InFlightLimits;
import io.kurier.core.internal.metrics.TopicCounts;
import io.kurier.core.internal.route.Route;
import io.kurier.core.internal.route.Routes;
import io.kurier.core.transport.KafkaFailure;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One topic's part of a publisher: its route, its counts, and the queue in which its futures complete.
 *
 * <p>Futures complete in the order of their outcomes, on one thread at a time, and a dependent that blocks holds up its
 * own topic only; {@link CompletionQueue} and {@link QueueStallDetector} document for how long.
 */
public final class TopicState {
    private final String alias;
    private final Routes routes;
    private final @Nullable Route route;
    private final @Nullable PartitionSelection leftToKafka;
    private final @Nullable QueuedBytes queued;
    private final TopicCounts counts;
    private final Listeners listeners;
    private final CompletionQueue queue;
    private final FailureLog failures;
    private volatile @Nullable SharedFailure lastFailure;

    /** Set before the first message. */
    private @Nullable DeadLetterTopic deadLetters;

    /** A failure reported by Kafka, and the exception that callers get for it. */
    private record SharedFailure(KafkaFailure answer, PublishException failure) {}

    TopicState(
            String alias,
            Routes routes,
            @Nullable Route route,
            TopicCounts counts,
            Listeners listeners,
            CompletionQueue queue,
            FailureLog failures) {
        this.alias = alias;
        this.routes = routes;
        this.route = route;
        this.leftToKafka = route == null || route.hasPartitioner() ? null : PartitionSelection.leftToKafka(route);
        this.queued = route != null && route.seesLoads() ? new QueuedBytes() : null;
        this.counts = counts;
        this.listeners = listeners;
        this.queue = queue;
        this.failures = failures;
    }

    public String alias() {
        return alias;
    }

    public String topic() {
        return route == null ? alias : route.topic();
    }

    boolean guardsChangeRecords() {
        return route != null && route.guardsChangeRecords();
    }

    /** The topic as declared in code, or null. */
    @Nullable
    Topic<?, ?> declared() {
        return route == null ? null : route.declared();
    }

    /**
     * Returns the route of a message's topic.
     *
     * @throws PublishException if this is the state of undeclared topics
     */
    Route routeOf(@Nullable Topic<?, ?> topicOfMessage) {
        return route == null ? routes.of(topicOfMessage) : route;
    }

    /** Returns the partition selection for a message of one record. */
    PartitionSelection selection(MessageMetadata metadata, boolean keyChanged, boolean canWait) {
        if (leftToKafka != null && metadata.partition() == null && !keyChanged) {
            return leftToKafka;
        }
        return PartitionSelection.of(
                Objects.requireNonNull(route, "only messages with a route are placed"),
                queued,
                metadata.partition(),
                keyChanged,
                canWait);
    }

    /** Returns the partition selection for a message of several records. */
    PartitionSelection selectionOfSeveral(MessageMetadata metadata, boolean canWait) {
        return PartitionSelection.together(
                Objects.requireNonNull(route, "only messages with a route are placed"),
                queued,
                metadata.partition(),
                canWait);
    }

    /** The limits of what may be in flight; null if there are none. */
    @Nullable
    InFlightLimits limits() {
        return route == null ? null : route.limits();
    }

    void deadLetters(DeadLetterTopic topic) {
        deadLetters = topic;
    }

    /** Returns the callback to publish a message with: the given one, or one before it that sends dead letters. */
    public DeliveryCallback watched(
            DeliveryCallback delivery,
            Topic<?, ?> messageTopic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata,
            Duration wait) {
        return deadLetters == null ? delivery : deadLetters.watch(delivery, messageTopic, key, value, metadata, wait);
    }

    public TopicCounts counts() {
        return counts;
    }

    /**
     * Counts a message that was passed to the publisher.
     *
     * @return whether it is to be timed; if there are listeners, every message is
     */
    public boolean accepted() {
        return counts.accepted() || hasListeners();
    }

    /**
     * Returns the exception for a failure. All messages with the same failure object share it: there may be no memory
     * for more.
     */
    public PublishException failure(KafkaFailure answer) {
        SharedFailure last = lastFailure;
        if (last == null || last.answer() != answer) {
            last = new SharedFailure(answer, newFailure(answer));
            lastFailure = last;
        }
        return last.failure();
    }

    private PublishException newFailure(KafkaFailure answer) {
        return new PublishException(
                alias,
                Stage.SEND,
                answer.outcome(),
                answer.retriable(),
                ThrowableText.reason(answer.cause()),
                answer.cause(),
                answer.handle());
    }

    /** Queues a completion, to run on a thread of Kurier's own. Never throws. */
    public void add(Completion completion) {
        queue.add(completion);
    }

    /** Begins the span of a message; returns its metadata with the span, the same if there is none. */
    public MessageMetadata traced(MessageMetadata metadata) {
        return route == null || !listeners.tracing().isOn()
                ? metadata
                : listeners.tracing().begin(route.topic(), metadata);
    }

    /** Whether outcomes are reported to listeners or spans. */
    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Returns the data about a message that the listeners need at its outcome; null if there are no listeners. */
    @Nullable
    public ListenerContext listenerContext(
            @Nullable Topic<?, ?> messageTopic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata) {
        return hasListeners() ? listeners.contextOf(messageTopic, key, value, metadata) : null;
    }

    /**
     * Notifies the listeners of an outcome. Never throws.
     *
     * @param outcome a {@code Receipt} or a {@code PublishException}
     * @param nanos how long the message took, in nanoseconds
     */
    public void notifyListeners(Object outcome, ListenerContext context, long nanos) {
        if (outcome instanceof Receipt receipt) {
            listeners.notifyStored(alias, context, receipt, nanos);
        } else if (outcome instanceof PublishException failure) {
            listeners.notifyFailed(route == null ? null : route.topic(), context, failure, nanos);
        }
    }

    /**
     * Records how long a stored message took. Never throws: between the outcome and the future's completion nothing may
     * fail.
     *
     * @param nanos how long the message took, in nanoseconds
     * @param now the time ({@link System#nanoTime()}) at which it was stored
     */
    public void recordLatency(long nanos, long now) {
        try {
            counts.times().record(nanos, now);
        } catch (OutOfMemoryError e) {
            return; // one latency is missing
        }
    }

    /** Logs a failure, since the caller may ignore the future that carries it. */
    void warnOf(PublishException why) {
        failures.add(why.outcome(), why);
    }

    /** Returns a marker that completes when all completions that are in the queue now are done. */
    FlushMarker caughtUp() {
        FlushMarker mark = new FlushMarker();
        add(mark);
        return mark;
    }
}
