// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.limits.InFlightLimits;
import io.kurier.core.internal.route.EncodedSequence;
import io.kurier.core.internal.route.Route;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.Sender;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.NotReadyException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a message from the call to Kafka's producer: route, encode, guard, partition, send. */
public final class PublishPipeline {
    private static final BooleanSupplier NEVER = () -> false;

    private final Sender sender;
    private final AtomicBoolean closed;
    private final @Nullable Duration waitForPlugins;
    private final boolean isLimited;

    /**
     * Makes a pipeline to a producer, within the limits of what may be in flight.
     *
     * @param closed set once messages are refused, which ends all waits
     */
    public PublishPipeline(Sender sender, AtomicBoolean closed) {
        this(sender, closed, null, true);
    }

    /**
     * Makes a pipeline for dead letters, to which the limits do not apply: a message that fails makes room for its own.
     *
     * @param closed set once messages are refused, which ends all waits
     */
    public static PublishPipeline ofDeadLetters(Sender sender, AtomicBoolean closed) {
        return new PublishPipeline(sender, closed, null, false);
    }

    /**
     * Makes a pipeline to a producer that waits for room itself. The limits do not apply to it: records of a transaction
     * are in flight until it commits.
     *
     * @param waitForPlugins how long a message may wait for plugins that are not ready; null for as long as it may wait
     *     for room
     */
    public PublishPipeline(Sender sender, AtomicBoolean closed, @Nullable Duration waitForPlugins) {
        this(sender, closed, waitForPlugins, false);
    }

    private PublishPipeline(Sender sender, AtomicBoolean closed, @Nullable Duration waitForPlugins, boolean isLimited) {
        this.sender = sender;
        this.closed = closed;
        this.waitForPlugins = waitForPlugins;
        this.isLimited = isLimited;
    }

    /**
     * Passes one message to the producer.
     *
     * @param wait how long the caller's thread may wait for room
     * @return null if all of it was passed to the producer; otherwise the reason, which was also reported to the
     *     delivery
     */
    @Nullable
    public PublishException submit(
            TopicState topicState,
            DeliveryCallback delivery,
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata,
            Duration wait) {
        try {
            refuseIfClosed(topicState);
            Route route = topicState.routeOf(topic); // 1. route
            route.checkTypes(topic);
            refuseIfFull(topicState, wait);
            Backoff backoff = null;
            while (true) {
                try {
                    if (route.makesSequence(value)) {
                        EncodedSequence records = route.encodeSequence(topic, key, value, metadata.headers());
                        return submitSequence(records, route, topicState, delivery, metadata, wait);
                    }
                    EncodedRecord encoded = route.encode(topic, key, value, metadata.headers()); // 2. encode
                    delivery.encoded(encoded);
                    EncodedRecord record = route.guard(encoded); // 3. guard
                    delivery.guarded(record);
                    boolean keyChanged = record.key() != encoded.key();
                    PartitionSelection selection =
                            topicState.selection(metadata, keyChanged, !wait.isZero()); // 4. partition
                    send(encoded, record, metadata.timestamp(), selection, delivery, wait, backoff, NEVER); // 5. send
                    return null;
                } catch (PublishException e) { // nothing was passed to the producer
                    backoff = waited(e, backoff, wait);
                }
            }
        } catch (Throwable rejection) {
            return refused(topicState, delivery, rejection);
        }
    }

    /**
     * Passes a record that is encoded already to the producer: guard, partition, send.
     *
     * @param delivery also receives the reason if the record is not passed to the producer
     */
    void submitEncoded(TopicState topicState, EncodedRecord encoded, DeliveryCallback delivery, Duration wait) {
        try {
            refuseIfClosed(topicState);
            Route route = topicState.routeOf(null);
            EncodedRecord record = whenReady(() -> route.guard(encoded), wait);
            PartitionSelection selection =
                    topicState.selection(MessageMetadata.NONE, record.key() != encoded.key(), !wait.isZero());
            sendWhenReady(encoded, record, null, selection, delivery, wait, NEVER);
        } catch (Throwable rejection) {
            PublishException unused = refused(topicState, delivery, rejection);
        }
    }

    private static PublishException refused(TopicState topicState, DeliveryCallback delivery, Throwable rejection) {
        PublishException why = asRefused(topicState, rejection);
        delivery.refused(why);
        return why;
    }

    /** Passes on a value that may be too large for one record. A value of one record is sent as any other is. */
    private @Nullable PublishException submitSequence(
            EncodedSequence records,
            Route route,
            TopicState topicState,
            DeliveryCallback delivery,
            MessageMetadata metadata,
            Duration wait) {
        try (records) { // whose close never throws
            EncodedRecord first = Objects.requireNonNull(records.next(), "a sequence has at least one record");
            EncodedRecord second = records.next();
            if (second != null) {
                MultiRecordDelivery parts = new MultiRecordDelivery(topicState, delivery);
                return submitSeveral(first, second, records, route, parts, metadata, wait);
            }
            delivery.encoded(first);
            EncodedRecord guarded = whenReady(() -> route.guard(first), wait);
            delivery.guarded(guarded);
            PartitionSelection selection = topicState.selection(metadata, guarded.key() != first.key(), !wait.isZero());
            sendWhenReady(first, guarded, metadata.timestamp(), selection, delivery, wait, NEVER);
            return null;
        } catch (Throwable rejection) {
            return refused(topicState, delivery, rejection);
        }
    }

    /**
     * Passes on the records of a value, one after the other. Each record waits until the next is read: so it is known
     * before it is sent whether it is the last, and once the last is sent, no code of a serializer can fail the message
     * any more.
     */
    private @Nullable PublishException submitSeveral(
            EncodedRecord first,
            EncodedRecord second,
            EncodedSequence records,
            Route route,
            MultiRecordDelivery parts,
            MessageMetadata metadata,
            Duration wait) {
        try {
            PartitionSelection selection = parts.topicState().selectionOfSeveral(metadata, !wait.isZero());
            EncodedRecord record = first;
            EncodedRecord next = second;
            while (true) {
                if (!submitPart(record, route, parts, metadata, selection, wait)) {
                    return parts.givenUp(null);
                }
                if (next == null) {
                    break;
                }
                record = next;
                next = records.next();
            }
        } catch (Throwable rejection) {
            return parts.givenUp(asRefused(parts.topicState(), rejection));
        }
        parts.complete();
        return null;
    }

    /** Passes on one record of several; false if it is of no use, because one before has failed. */
    private boolean submitPart(
            EncodedRecord record,
            Route route,
            MultiRecordDelivery parts,
            MessageMetadata metadata,
            PartitionSelection selection,
            Duration wait) {
        EncodedRecord guarded = whenReady(() -> route.guard(record), wait);
        parts.window().await(waitForPlugins == null ? wait : waitForPlugins, closed, parts::haveFailed);
        if (parts.haveFailed()) {
            return false;
        }
        Acknowledgment part = parts.handingOver(guarded);
        sendWhenReady(record, guarded, metadata.timestamp(), selection, part, wait, parts::haveFailed);
        parts.handedOver();
        return true;
    }

    /** Runs a step of one record of a sequence; while a plugin is not ready, it waits and runs the step again. */
    private <T> T whenReady(Supplier<T> step, Duration wait) {
        Backoff backoff = null;
        while (true) {
            try {
                return step.get();
            } catch (PublishException e) {
                backoff = waited(e, backoff, wait);
            }
        }
    }

    /** Sends one record of a sequence. For the first record the partitioner may not be ready. */
    private void sendWhenReady(
            EncodedRecord encoded,
            EncodedRecord record,
            @Nullable Long timestamp,
            PartitionSelection selection,
            Acknowledgment acknowledgment,
            Duration wait,
            BooleanSupplier isOfNoUse) {
        boolean unused = whenReady(
                () -> {
                    send(encoded, record, timestamp, selection, acknowledgment, wait, null, isOfNoUse);
                    return true;
                },
                wait);
    }

    /**
     * Waits until a plugin that was not ready can be called again.
     *
     * @param why the failure of the step before
     * @param begun the wait so far, or null
     * @throws PublishException the same failure, if no plugin has to be waited for, or there is no more time
     */
    private Backoff waited(PublishException why, @Nullable Backoff begun, Duration wait) {
        if (why.getCause() instanceof NotReadyException pending) {
            Backoff backoff =
                    begun == null ? new Backoff(waitForPlugins == null ? wait : waitForPlugins, closed) : begun;
            if (backoff.waitForPlugin(pending.ready())) {
                return backoff;
            }
        }
        throw why;
    }

    /**
     * Repeats attempts until the producer takes the record; between two attempts the caller's thread waits for room.
     *
     * @param encoded the record before its guards, by which the partition is chosen
     * @param begun the wait for plugins, which the wait for room continues, or null
     * @param isOfNoUse whether the record need not be sent any more
     */
    private void send(
            EncodedRecord encoded,
            EncodedRecord record,
            @Nullable Long timestamp,
            PartitionSelection selection,
            Acknowledgment acknowledgment,
            Duration wait,
            @Nullable Backoff begun,
            BooleanSupplier isOfNoUse) {
        SendRejection rejection = attempt(encoded, record, timestamp, selection, acknowledgment);
        if (rejection == null) {
            return;
        }
        Backoff backoff = begun == null || waitForPlugins != null ? new Backoff(wait, closed) : begun;
        while (rejection.isForRoom() && backoff.waitForRoom() && !isOfNoUse.getAsBoolean()) {
            rejection = attempt(encoded, record, timestamp, selection, acknowledgment);
            if (rejection == null) {
                return;
            }
        }
        throw new PublishException(
                selection.alias(),
                Stage.SEND,
                Outcome.REJECTED,
                rejection.isRetriable(),
                backoff.reason(rejection),
                rejection.cause());
    }

    private @Nullable SendRejection attempt(
            EncodedRecord encoded,
            EncodedRecord record,
            @Nullable Long timestamp,
            PartitionSelection selection,
            Acknowledgment acknowledgment) {
        int partition = selection.partition(encoded, sender);
        if (partition == PartitionSelection.NOT_KNOWN_YET) {
            return sender.whyUnknown(record.topic());
        }
        if (partition >= 0) {
            acknowledgment.goesTo(partition);
        }
        InFlightLimits limits = isLimited ? selection.limits() : null;
        return limits == null
                ? attempt(selection, record, partition, timestamp, acknowledgment)
                : attempt(limits, selection, record, partition, timestamp, acknowledgment);
    }

    private @Nullable SendRejection attempt(
            InFlightLimits limits,
            PartitionSelection selection,
            EncodedRecord record,
            int partition,
            @Nullable Long timestamp,
            Acknowledgment acknowledgment) {
        int bytes = LimitedRecord.bytes(record);
        SendRejection full = limits.add(bytes);
        if (full != null) {
            return full;
        }
        LimitedRecord limited = new LimitedRecord(acknowledgment, limits, bytes);
        SendRejection rejection = attempt(selection, record, partition, timestamp, limited);
        if (rejection != null) {
            limited.uncount();
        }
        return rejection;
    }

    private @Nullable SendRejection attempt(
            PartitionSelection selection,
            EncodedRecord record,
            int partition,
            @Nullable Long timestamp,
            Acknowledgment acknowledgment) {
        QueuedBytes queues = selection.queued();
        return queues == null || partition < 0 // Kafka chooses
                ? sender.attempt(record, partition, timestamp, acknowledgment)
                : attempt(queues.add(record, partition, acknowledgment), record, partition, timestamp);
    }

    private @Nullable SendRejection attempt(
            QueuedBytes.Queued queued, EncodedRecord record, int partition, @Nullable Long timestamp) {
        SendRejection rejection = sender.attempt(record, partition, timestamp, queued);
        if (rejection != null) {
            queued.uncount();
        }
        return rejection;
    }

    /**
     * Whether no further message is to be taken after one that was refused: it has waited in vain for room or for a
     * plugin, as each further one would, or the wait was ended.
     */
    boolean endsBulk(PublishException refused) {
        return refused.retriable() || closed.get() || Thread.currentThread().isInterrupted();
    }

    /** Refuses a message that cannot wait before it is serialized, if there is no room for it at this moment. */
    private void refuseIfFull(TopicState topicState, Duration wait) {
        InFlightLimits limits = isLimited && wait.isZero() ? topicState.limits() : null;
        SendRejection full = limits == null ? null : limits.whyFull();
        if (full != null) {
            throw new PublishException(
                    topicState.alias(), Stage.SEND, Outcome.REJECTED, true, String.valueOf(full.why()), full.cause());
        }
    }

    private void refuseIfClosed(TopicState topicState) {
        if (closed.get()) {
            throw new PublishException(topicState.alias(), Stage.SEND, Outcome.REJECTED, false, Backoff.CLOSED, null);
        }
    }

    /**
     * Converts an exception that ended a publish before the record was passed to the producer: no byte has been sent.
     */
    private static PublishException asRefused(TopicState topicState, Throwable thrown) {
        return thrown instanceof PublishException known
                ? known
                : new PublishException(
                        topicState.alias(),
                        Stage.ROUTE,
                        Outcome.REJECTED,
                        false,
                        "unforeseen: " + ThrowableText.of(thrown),
                        thrown);
    }
}
