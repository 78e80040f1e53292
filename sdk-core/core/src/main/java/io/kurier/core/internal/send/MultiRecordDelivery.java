// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.RecordId;
import io.kurier.Stage;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.EncodedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the outcomes of the records of a value that is too large for one record, until the outcome of the value is
 * known.
 *
 * <p>A value is stored if all of its records are, in their order. So if a record was never passed to the producer, the
 * value is not stored, whatever the outcome of the records before. Only if all records were passed on are their
 * outcomes waited for.
 *
 * <p>The caller's thread reports the records that it passes to the producer, and Kafka's I/O thread reports their
 * outcomes.
 */
final class MultiRecordDelivery {
    private final TopicState topicState;
    private final DeliveryCallback delivery;
    private final AcknowledgmentWindow window = new AcknowledgmentWindow();
    private volatile @Nullable KafkaFailure failure;

    // The fields below are guarded by this, until the outcome is known.
    /** The records from the first one that is not known to be stored. */
    private final Deque<Part> waiting = new ArrayDeque<>();

    private int open;
    private int records;
    private boolean ended;
    private @Nullable Part last;
    private long lastKnownOffset = -1;
    private boolean misplaced;
    private int partition;
    private long valueBytes;

    MultiRecordDelivery(TopicState topicState, DeliveryCallback delivery) {
        this.topicState = topicState;
        this.delivery = delivery;
    }

    TopicState topicState() {
        return topicState;
    }

    /** Returns what limits how many records wait for their outcomes. */
    AcknowledgmentWindow window() {
        return window;
    }

    /** Called when a record is about to be passed to the producer. */
    synchronized Acknowledgment handingOver(EncodedRecord record) {
        Part part = new Part(
                records, record.valueSize(), RecordId.of(record.headers()).orElse(null));
        window.passed(part.bytes);
        waiting.add(part);
        open++;
        return part;
    }

    synchronized void handedOver() {
        records++;
    }

    /** Whether a record has already failed, so that sending the rest is of no use. */
    boolean haveFailed() {
        return failure != null;
    }

    /**
     * Called when the caller's thread has passed on all records. Whatever fails from here on, the value is no longer
     * refused.
     */
    void complete() {
        try {
            end();
        } catch (Throwable e) { // out of memory, for example
            delivery.failed(topicState.failure(new KafkaFailure(
                    Outcome.UNKNOWN,
                    false,
                    new KafkaException("its outcome could not be reported: " + ThrowableText.of(e), e))));
        }
    }

    private void end() {
        boolean settled;
        synchronized (this) {
            ended = true;
            settled = isSettled();
        }
        if (settled) {
            settle();
        }
    }

    /**
     * Called when the caller's thread sends no more records, and has not sent all of the value: it is not stored.
     *
     * @param rejection why, or null if a record has failed
     * @return the failure that is reported to the delivery
     */
    PublishException givenUp(@Nullable PublishException rejection) {
        PublishException why;
        synchronized (this) { // ended stays false, so no later outcome settles the value
            why = records == 0 && rejection != null ? rejection : halfWay(rejection);
        }
        if (why == rejection) {
            delivery.refused(why);
        } else {
            delivery.failed(why);
        }
        return why;
    }

    private PublishException halfWay(@Nullable PublishException rejection) {
        String begin = "given up after " + records + " records, of which readers make no value. ";
        KafkaFailure ofRecord = failure;
        if (ofRecord == null) {
            Objects.requireNonNull(rejection, "one of the two is why");
            return notStored(
                    rejection.stage(),
                    rejection.retriable(),
                    begin + "The next one: " + rejection.getMessage(),
                    rejection);
        }
        return notStored(
                Stage.SEND,
                canSucceed(ofRecord),
                begin + "One of them failed: " + ThrowableText.reason(ofRecord.cause()),
                ofRecord.cause());
    }

    private PublishException notStored(Stage stage, boolean retriable, String reason, @Nullable Throwable cause) {
        return new PublishException(topicState.alias(), stage, Outcome.NOT_STORED, retriable, reason, cause);
    }

    /**
     * Whether the whole value can be published again; not after a record of unknown outcome, which could make a
     * duplicate.
     */
    private static boolean canSucceed(KafkaFailure ofRecord) {
        return ofRecord.outcome() == Outcome.UNKNOWN
                ? !(ofRecord.cause() instanceof AuthorizationException
                        || ofRecord.cause() instanceof AuthenticationException
                        || ofRecord.cause() instanceof UnsupportedVersionException)
                : ofRecord.retriable();
    }

    private void noteOrder(Part part) {
        if (last == null || part.index > last.index) {
            last = part;
            misplaced |= part.offset >= 0 && part.offset <= lastKnownOffset;
            lastKnownOffset = Math.max(lastKnownOffset, part.offset);
        }
    }

    private void noteFailure(KafkaFailure answer) {
        KafkaFailure before = failure;
        if (before == null || (before.outcome() == Outcome.UNKNOWN && answer.outcome() == Outcome.NOT_STORED)) {
            failure = answer;
        }
    }

    private void dropStored() {
        while (!waiting.isEmpty() && waiting.element().stored) {
            waiting.remove();
        }
    }

    private boolean isSettled() {
        return ended && open == 0;
    }

    /** Called when all records were passed on, and each has its outcome. */
    private void settle() {
        KafkaFailure ofRecord = failure;
        if (ofRecord != null && ofRecord.outcome() == Outcome.NOT_STORED) {
            delivery.failed(topicState.failure(ofRecord)); // a record that is certainly missing means that the value is
        } else if (misplaced) {
            delivery.failed(notStored(
                    Stage.SEND,
                    true,
                    "its records are not in the log in the order in which they were sent, so readers make no value of"
                            + " them: the topic was deleted and created again meanwhile, or its log was cut",
                    null));
        } else if (ofRecord != null) {
            delivery.failed(topicState.failure(
                    new KafkaFailure(ofRecord.outcome(), ofRecord.retriable(), ofRecord.cause(), handle())));
        } else {
            Part end = Objects.requireNonNull(last, "a value has at least one record");
            delivery.stored(new Receipt(topicState.topic(), partition, end.offset, end.timestamp, records, valueBytes));
        }
    }

    /**
     * Returns the handle by which all records that are not known to be stored can be found, or null if some of them
     * cannot. The records behind the first of these are searched for too, so that their order can be checked; those
     * before it are stored, and before it in the log.
     */
    private @Nullable DeliveryHandle handle() {
        List<UUID> ids = new ArrayList<>();
        DeliveryHandle all = null;
        for (Part part : waiting) {
            if (part.id == null || (part.failed != null && part.failed.handle() == null)) {
                return null;
            }
            ids.add(part.id);
            if (part.failed != null) {
                all = all == null ? part.failed.handle() : both(all, part.failed.handle());
            }
        }
        return all == null
                ? null
                : new DeliveryHandle(
                        all.topic(),
                        all.topicId(),
                        all.partition(),
                        ids,
                        all.timestamp(),
                        all.offset(),
                        all.producer(),
                        all.failure());
    }

    private static DeliveryHandle both(DeliveryHandle first, @Nullable DeliveryHandle later) {
        return later == null
                ? first
                : new DeliveryHandle(
                        first.topic(),
                        Objects.equals(first.topicId(), later.topicId()) ? first.topicId() : null,
                        first.partition(),
                        first.recordIds(),
                        first.timestamp(),
                        Math.min(first.offset(), later.offset()),
                        Objects.equals(first.producer(), later.producer()) ? first.producer() : null,
                        Math.max(first.failure(), later.failure()));
    }

    /**
     * One record. The first outcome counts. A second call may come from a caller that met with an error at the first
     * one, so it does what that has left undone, and the delivery, which accepts one outcome only, is notified again.
     */
    private final class Part implements Acknowledgment {
        private final int index;
        private final int bytes;
        private final @Nullable UUID id;
        private long offset;
        private long timestamp;
        private boolean stored;
        private @Nullable KafkaFailure failed;

        Part(int index, int bytes, @Nullable UUID id) {
            this.index = index;
            this.bytes = bytes;
            this.id = id;
        }

        @Override
        public void goesTo(int toPartition) {
            delivery.goesTo(toPartition);
        }

        @Override
        public void stored(int storedPartition, long storedOffset, long storedTimestamp, int storedBytes) {
            boolean settled;
            synchronized (MultiRecordDelivery.this) {
                if (!isAnswered()) {
                    offset = storedOffset;
                    timestamp = storedTimestamp;
                    partition = storedPartition;
                    noteOrder(this);
                    window.answered(bytes);
                    valueBytes += storedBytes;
                    stored = true;
                    open--;
                }
                dropStored();
                settled = isSettled();
            }
            if (settled) {
                settle();
            }
        }

        @Override
        public void failed(KafkaFailure answer) {
            boolean settled;
            synchronized (MultiRecordDelivery.this) {
                if (!isAnswered()) {
                    noteFailure(answer);
                    window.answered(bytes);
                    failed = answer;
                    open--;
                }
                settled = isSettled();
            }
            if (settled) {
                settle();
            }
        }

        private boolean isAnswered() {
            return stored || failed != null;
        }
    }
}
