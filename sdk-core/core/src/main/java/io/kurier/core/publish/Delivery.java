// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.core.route.Route;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.core.transport.Refusal;
import io.kurier.core.transport.Transport;
import io.kurier.spi.EncodedRecord;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Follows one message from the call to its outcome.
 *
 * <p>The caller's thread tells it what it hands over, Kafka's I/O thread tells it what came back. {@code open} counts
 * what is still missing, the caller's own end included; whoever brings it to zero settles the message. That counter
 * also orders the plain fields: each side writes its own before it counts down.
 */
final class Delivery implements Acknowledgment {
    private final Tally tally;
    private final Completions completions;
    private final CompletableFuture<Receipt> future = new CompletableFuture<>();
    private final AtomicInteger open = new AtomicInteger(1);

    // Written by the caller's thread.
    private @Nullable Route route;
    private int records;
    private long valueBytes;
    private @Nullable PublishException refusal;

    // Written by Kafka's I/O thread.
    private int partition;
    private long offset = -1;
    private long timestamp = -1;
    private volatile @Nullable PublishException failure;

    Delivery(Tally tally, Completions completions) {
        this.tally = tally;
        this.completions = completions;
        tally.accepted();
    }

    CompletableFuture<Receipt> future() {
        return future;
    }

    /** The topic's alias, or what is known of it. */
    String alias() {
        return route == null ? "unknown" : route.alias();
    }

    private String topic() {
        return route == null ? "unknown" : route.topic();
    }

    void on(Route found) {
        route = found;
    }

    /** Makes one attempt to hand a record over; the transport's refusal, or null if it was taken. */
    @Nullable
    Refusal handOver(EncodedRecord record, int toPartition, @Nullable Long atTime, Transport transport) {
        open.incrementAndGet();
        Refusal refused = transport.attempt(record, toPartition, atTime, this);
        if (refused == null) {
            records++;
            valueBytes += record.valueSize();
        } else {
            open.decrementAndGet();
        }
        return refused;
    }

    /** Whether a record has failed already, so that sending the rest is of no use. */
    boolean hasFailed() {
        return failure != null;
    }

    /** The caller's thread has handed everything over. */
    void handedOver() {
        if (open.decrementAndGet() == 0) {
            settle().run();
        }
    }

    /** The caller's thread was refused; records that were handed over before are still awaited. */
    void refused(PublishException why) {
        refusal = why;
        handedOver();
    }

    @Override
    public void stored(int storedPartition, long storedOffset, long storedTimestamp) {
        partition = storedPartition;
        offset = storedOffset;
        timestamp = storedTimestamp;
        acknowledged();
    }

    @Override
    public void failed(KafkaFailure answer) {
        // Of several records, one that is certainly missing settles that the value is not stored.
        if (failure == null || answer.outcome() == Outcome.NOT_STORED) {
            failure = new PublishException(
                    alias(),
                    Stage.SEND,
                    answer.outcome(),
                    answer.retriable(),
                    String.valueOf(answer.cause().getMessage()),
                    answer.cause());
        }
        acknowledged();
    }

    private void acknowledged() {
        if (open.decrementAndGet() == 0 && route != null) {
            completions.of(route).add(settle());
        }
    }

    /** Counts the outcome, and answers how to complete the future with it. */
    private Runnable settle() {
        PublishException why = refusal == null ? failure : afterRecords(refusal);
        if (why == null) {
            Receipt receipt = new Receipt(topic(), partition, offset, timestamp, records, valueBytes);
            tally.stored();
            return () -> future.complete(receipt);
        }
        tally.failed(why.outcome());
        return () -> future.completeExceptionally(why);
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
