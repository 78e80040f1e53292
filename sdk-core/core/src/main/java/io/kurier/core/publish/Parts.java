// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.Handle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The records of a value that is too large for one, until the last is acknowledged.
 *
 * <p>The caller's thread tells it what it hands over, Kafka's I/O thread tells it what came back. {@code open} counts
 * what is still missing, the caller's own end included; whoever brings it to zero settles the delivery. That counter
 * also orders the plain fields: each side writes its own before it counts down.
 */
final class Parts implements Acknowledgment {
    private final Lane lane;
    private final Delivery delivery;
    private final AtomicInteger open = new AtomicInteger(1);

    // Written by the caller's thread.
    private int records;
    private boolean handing;
    private @Nullable PublishException refusal;

    // Written by Kafka's I/O thread.
    private int partition;
    private long offset = -1;
    private long timestamp = -1;
    private long valueBytes;
    private volatile @Nullable PublishException failure;

    Parts(Lane lane, Delivery delivery) {
        this.lane = lane;
        this.delivery = delivery;
    }

    Lane lane() {
        return lane;
    }

    void handingOver() {
        open.incrementAndGet();
        handing = true;
    }

    void handedOver() {
        handing = false;
        records++;
    }

    /** Whether a record has failed already, so that sending the rest is of no use. */
    boolean haveFailed() {
        return failure != null;
    }

    /** The caller's thread has handed everything over. */
    void complete() {
        acknowledged();
    }

    /** The caller's thread was refused; records that were handed over before are still awaited. */
    void refused(PublishException why) {
        refusal = why;
        if (handing) {
            open.decrementAndGet();
        }
        acknowledged();
    }

    @Override
    public void goesTo(int toPartition) {
        delivery.goesTo(toPartition);
    }

    @Override
    public void stored(int storedPartition, long storedOffset, long storedTimestamp, int storedBytes) {
        partition = storedPartition;
        offset = storedOffset;
        timestamp = storedTimestamp;
        valueBytes += storedBytes;
        acknowledged();
    }

    @Override
    public void failed(KafkaFailure answer) {
        PublishException before = failure;
        if (before == null || answer.outcome() == Outcome.NOT_STORED) {
            failure = lane.failure(answer); // one that is certainly missing settles that the value is not stored
        } else if (before.outcome() == Outcome.UNKNOWN) {
            Handle both = both(before.handle().orElse(null), answer.handle());
            failure = lane.failure(new KafkaFailure(answer.outcome(), answer.retriable(), answer.cause(), both));
        }
        acknowledged();
    }

    /** The value is stored if all of its records are; what is not unknown is known to be. */
    private static @Nullable Handle both(@Nullable Handle first, @Nullable Handle second) {
        if (first == null || second == null || !Objects.equals(first.producer(), second.producer())) {
            return null;
        }
        List<UUID> ids = new ArrayList<>(first.recordIds());
        ids.addAll(second.recordIds());
        return new Handle(
                first.topic(),
                first.partition(),
                ids,
                first.timestamp(),
                Math.min(first.offset(), second.offset()),
                first.producer(),
                Math.max(first.failure(), second.failure()));
    }

    private void acknowledged() {
        if (open.decrementAndGet() > 0) {
            return;
        }
        PublishException why = refusal == null ? failure : afterRecords(refusal);
        if (why == null) {
            delivery.stored(new Receipt(lane.topic(), partition, offset, timestamp, records, valueBytes));
        } else if (records == 0) {
            delivery.refused(why);
        } else {
            delivery.failed(why);
        }
    }

    /** A refusal after some records of the value were handed over: they may be there, and the value is not. */
    private PublishException afterRecords(PublishException why) {
        return records == 0
                ? why
                : new PublishException(
                        why.topic(),
                        why.stage(),
                        Outcome.NOT_STORED,
                        why.retriable(),
                        "given up after " + records + " records, of which readers make no value. The next one: "
                                + why.getMessage(),
                        why);
    }
}
