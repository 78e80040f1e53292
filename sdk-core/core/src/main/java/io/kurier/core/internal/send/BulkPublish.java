// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.BulkReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.internal.completion.Completion;
import io.kurier.core.internal.completion.PublisherFuture;
import io.kurier.core.internal.completion.RepeatedCompletion;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.metrics.PaddedCounters;
import io.kurier.core.internal.route.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code publishAll}: takes messages from an iterator, and counts their outcomes. The last outcome completes
 * the future, in the topic's queue.
 *
 * <p>The caller's thread alone takes messages. Outcomes come from any thread, nearly all of them from Kafka's I/O
 * thread: it counts each with one atomic addition, after the other counters, so that a thread that sees the last outcome
 * also sees those counters.
 */
public final class BulkPublish implements Completion {
    private static final int STORED = 0;
    private static final int STORED_BYTES = 1;
    private static final int REJECTED = 2;
    private static final int NOT_STORED = 3;
    private static final int UNKNOWN = 4;

    private static final int ANSWERED = 16;

    private final TopicState topicState;
    private final PublisherFuture<BulkReport> result = new PublisherFuture<>();
    private final PaddedCounters outcomes = new PaddedCounters(1);

    /** The number of outcomes, in the middle of longs that keep its cache line to itself: callers read beside it. */
    private final AtomicLongArray answered = new AtomicLongArray(2 * ANSWERED);

    private final AtomicBoolean queued = new AtomicBoolean();

    /** The number of messages once no more are taken; before that no number of outcomes reaches it. */
    private volatile long taken = Long.MAX_VALUE;

    /** Why no more messages were taken; written before {@code taken}. */
    private @Nullable PublishException stoppedBy;

    /** Guarded by itself. */
    private final List<BulkReport.Failure> failures = new ArrayList<>();

    private @Nullable Completion next;

    /** Makes a call that publishes to one topic. */
    public BulkPublish(TopicState topicState) {
        this.topicState = topicState;
    }

    TopicState topicState() {
        return topicState;
    }

    /**
     * Publishes the messages, in the caller's thread.
     *
     * @param wait how long each message may wait for room
     * @return the future of the report
     */
    public <K, V> CompletableFuture<BulkReport> publish(
            PublishPipeline pipeline, Topic<K, V> topic, Iterator<? extends Message<K, V>> messages, Duration wait) {
        long index = 0;
        PublishException stop = null;
        while (stop == null) {
            Message<K, V> message;
            try {
                if (!messages.hasNext()) {
                    break;
                }
                message = messages.next();
            } catch (Throwable e) { // the caller's code
                stop = rejection(Stage.ROUTE, "the iterator of the messages failed: " + ThrowableText.of(e), e);
                break;
            }
            PublishException refused = publish(pipeline, topic, message, index, wait);
            index++;
            if (refused != null && pipeline.endsBulk(refused)) {
                stop = refused;
            }
        }
        stoppedBy = stop;
        taken = index;
        completeIfAllAnswered();
        return result;
    }

    private @Nullable PublishException publish(
            PublishPipeline pipeline, Topic<?, ?> topic, @Nullable Message<?, ?> message, long index, Duration wait) {
        if (topicState.hasListeners()) { // they get each message's outcome by way of its future
            return publishForListeners(pipeline, topic, message, index, wait);
        }
        BulkMessage delivery = BulkMessage.begin(this, index);
        PublishException wrong = wrongTopic(topic, message);
        if (wrong != null || message == null) {
            delivery.refused(wrong == null ? Routes.noTopic() : wrong);
            return wrong;
        }
        return submit(pipeline, delivery, topic, message.key(), message.value(), MessageMetadata.of(message), wait);
    }

    private @Nullable PublishException publishForListeners(
            PublishPipeline pipeline, Topic<?, ?> topic, @Nullable Message<?, ?> message, long index, Duration wait) {
        PublishException wrong = wrongTopic(topic, message);
        Object key = message == null ? null : message.key();
        Object value = message == null ? null : message.value();
        MessageMetadata metadata =
                topicState.traced(message == null ? MessageMetadata.NONE : MessageMetadata.of(message));
        Delivery delivery = Delivery.begin(topicState, topic, key, value, metadata);
        CompletableFuture<Receipt> unused = delivery.whenComplete((receipt, failure) -> {
            if (failure instanceof PublishException why) {
                failed(index, why);
            } else {
                stored(receipt.valueBytes());
            }
        });
        if (wrong != null) {
            delivery.refused(wrong);
            return wrong;
        }
        return submit(pipeline, delivery, topic, key, value, metadata, wait);
    }

    private @Nullable PublishException submit(
            PublishPipeline pipeline,
            DeliveryCallback delivery,
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata,
            Duration wait) {
        DeliveryCallback watched = topicState.watched(delivery, topic, key, value, metadata, wait);
        return pipeline.submit(topicState, watched, topic, key, value, metadata, wait);
    }

    private @Nullable PublishException wrongTopic(Topic<?, ?> topic, @Nullable Message<?, ?> message) {
        if (message == null || message.topic() == null) { // from callers outside null-checked code
            return Routes.noTopic();
        }
        return message.topic() == topic || message.topic().equals(topic)
                ? null
                : rejection(
                        Stage.ROUTE,
                        "the message is for topic " + message.topic() + ", and publishAll was called for " + topic
                                + "; make it with the same topic",
                        null);
    }

    private PublishException rejection(Stage stage, String reason, @Nullable Throwable cause) {
        return new PublishException(topicState.alias(), stage, Outcome.REJECTED, false, reason, cause);
    }

    /** Counts a stored message. Called once for it, on any thread. */
    void stored(long valueBytes) {
        outcomes.add(STORED, 1);
        outcomes.add(STORED_BYTES, valueBytes);
        answered();
    }

    /** Counts a failed message. Called once for it, on any thread. */
    void failed(long index, PublishException why) {
        outcomes.add(
                switch (why.outcome()) {
                    case REJECTED -> REJECTED;
                    case NOT_STORED -> NOT_STORED;
                    case UNKNOWN -> UNKNOWN;
                },
                1);
        synchronized (failures) {
            if (failures.size() < BulkReport.MOST_FAILURES) {
                failures.add(new BulkReport.Failure(index, why));
            }
        }
        answered();
    }

    private void answered() {
        if (answered.incrementAndGet(ANSWERED) >= taken) {
            complete();
        }
    }

    private void completeIfAllAnswered() {
        if (answered.get(ANSWERED) >= taken) {
            complete();
        }
    }

    private void complete() {
        if (queued.compareAndSet(false, true)) {
            topicState.add(this);
        }
    }

    /** Called for a second report of a message: an error may have interrupted the first before all of this was queued. */
    void completeAgain() {
        if (answered.get(ANSWERED) >= taken && !result.isDone()) {
            topicState.add(new RepeatedCompletion(this));
        }
    }

    @Override
    public boolean tryComplete() {
        try {
            result.complete(report());
            return true;
        } catch (Throwable e) { // out of memory, or of a dependent
            return result.isDone();
        }
    }

    private BulkReport report() {
        List<BulkReport.Failure> listed;
        synchronized (failures) {
            listed = new ArrayList<>(failures);
        }
        listed.sort(Comparator.comparingLong(BulkReport.Failure::index));
        return new BulkReport(
                taken,
                outcomes.sum(STORED),
                outcomes.sum(REJECTED),
                outcomes.sum(NOT_STORED),
                outcomes.sum(UNKNOWN),
                outcomes.sum(STORED_BYTES),
                listed,
                stoppedBy);
    }

    @Override
    public @Nullable Completion next() {
        return next;
    }

    @Override
    public void next(@Nullable Completion completion) {
        next = completion;
    }
}
