// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.errors.ThrowableText;
import io.kurier.core.route.EncodedSequence;
import io.kurier.core.route.Route;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.Refusal;
import io.kurier.core.transport.Sender;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The way of a message from the call to the hand-over to Kafka: route, encode, guard, partition, send. */
final class Way {
    private static final BooleanSupplier NEVER = () -> false;

    private final Sender sender;
    private final AtomicBoolean closed;

    /**
     * The way to a producer.
     *
     * @param closed set once messages are refused, which ends all waiting
     */
    Way(Sender sender, AtomicBoolean closed) {
        this.sender = sender;
        this.closed = closed;
    }

    /**
     * One message's way.
     *
     * @param wait how long the caller's thread may wait for room
     * @return null if all of it was handed over, else why not; the delivery is told as well
     */
    @Nullable
    PublishException carry(
            Lane lane,
            Delivery delivery,
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            Extras extras,
            Duration wait) {
        try {
            refuseIfClosed(lane);
            Route route = lane.routeOf(topic); // 1. route
            route.checkTypes(topic);
            if (route.makesSequence(value)) {
                EncodedSequence records = route.encodeSequence(topic, key, value, extras.headers());
                return carryParts(records, route, extras, new Parts(lane, delivery), wait);
            }
            EncodedRecord record = route.encode(topic, key, value, extras.headers()); // 2. encode
            record = route.guard(record); // 3. guard
            Placement placement = lane.placement(extras, !wait.isZero()); // 4. partition
            send(record, extras.timestamp(), placement, delivery, wait, NEVER); // 5. send
            return null;
        } catch (Throwable refusal) {
            PublishException why = asRefused(lane, refusal);
            delivery.refused(why);
            return why;
        }
    }

    /**
     * The same way for a value that is too large for one record: one record after the other. Each waits until the next is
     * read: so whether one is the last is known before it leaves, and once it has left, no code of a serializer can fail the
     * message any more.
     */
    private @Nullable PublishException carryParts(
            EncodedSequence records, Route route, Extras extras, Parts parts, Duration wait) {
        try (records) { // whose close never throws
            Placement placement = Placement.together(route, extras.partition(), !wait.isZero());
            EncodedRecord next = records.next();
            while (next != null) {
                EncodedRecord record = next;
                next = records.next();
                EncodedRecord guarded = route.guard(record);
                if (parts.haveFailed()) {
                    return parts.givenUp(null);
                }
                send(guarded, extras.timestamp(), placement, parts.handingOver(guarded), wait, parts::haveFailed);
                parts.handedOver();
            }
        } catch (Throwable refusal) {
            return parts.givenUp(asRefused(parts.lane(), refusal));
        }
        parts.complete();
        return null;
    }

    /**
     * Attempts until Kafka takes the record; between two attempts the caller's thread waits for room.
     *
     * @param isOfNoUse whether the record need not be sent any more
     */
    private void send(
            EncodedRecord record,
            @Nullable Long timestamp,
            Placement placement,
            Acknowledgment acknowledgment,
            Duration wait,
            BooleanSupplier isOfNoUse) {
        Refusal refusal = attempt(record, timestamp, placement, acknowledgment);
        if (refusal == null) {
            return;
        }
        Patience patience = new Patience(wait, closed);
        while (refusal.isForRoom() && patience.waitForRoom() && !isOfNoUse.getAsBoolean()) {
            refusal = attempt(record, timestamp, placement, acknowledgment);
            if (refusal == null) {
                return;
            }
        }
        throw new PublishException(
                placement.alias(),
                Stage.SEND,
                Outcome.REJECTED,
                refusal.isRetriable(),
                patience.reason(refusal),
                refusal.cause());
    }

    private @Nullable Refusal attempt(
            EncodedRecord record, @Nullable Long timestamp, Placement placement, Acknowledgment acknowledgment) {
        int partition = placement.partition(record, sender);
        if (partition >= 0) {
            acknowledgment.goesTo(partition);
        }
        return partition == Placement.NOT_KNOWN_YET
                ? sender.whyUnknown(record.topic())
                : sender.attempt(record, partition, timestamp, acknowledgment);
    }

    private void refuseIfClosed(Lane lane) {
        if (closed.get()) {
            throw new PublishException(lane.alias(), Stage.SEND, Outcome.REJECTED, false, Patience.CLOSED, null);
        }
    }

    /** What ended a message's way before the hand-over: no byte has left. */
    private static PublishException asRefused(Lane lane, Throwable thrown) {
        return thrown instanceof PublishException known
                ? known
                : new PublishException(
                        lane.alias(),
                        Stage.ROUTE,
                        Outcome.REJECTED,
                        false,
                        "unforeseen: " + ThrowableText.of(thrown),
                        thrown);
    }
}
