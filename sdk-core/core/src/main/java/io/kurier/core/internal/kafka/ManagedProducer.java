// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.Outcome;
import io.kurier.core.internal.attempts.Attempt;
import io.kurier.core.internal.closing.ClosingStep;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.search.DeliveryTracker;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of Kafka's producers, with the state that belongs to it alone; it is replaced as a whole. */
final class ManagedProducer {
    /** How much longer than its timeout a close waits for Kafka to fail the records that are not acknowledged. */
    private static final Duration BEYOND_THE_TIME = Duration.ofSeconds(1);

    /**
     * The timeout for closing a producer whose I/O thread is gone. With none at all Kafka's close would leave the
     * producer open for more records ({@code KafkaProducer.close} refuses them only if it has some time or the thread
     * is alive).
     */
    private static final Duration LEAST = Duration.ofMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(ManagedProducer.class);

    private final Producer<byte[], byte[]> producer;
    private final IoThread ioThread;
    private final PartitionCounts counts;
    private final InFlightAttempts attempts;
    private final Map<String, DeliveryTracker> trackers;
    private volatile boolean closed;

    /** The close, once it has begun. Guarded by this. */
    private @Nullable ClosingStep closing;

    /** Threads inside Kafka's flush, which never returns once the I/O thread has died. Guarded by itself. */
    private final Set<Thread> flushing = new HashSet<>();

    /** Set when no attempt succeeds any more; callers that wait for room may wait for the next producer. */
    private volatile boolean replaced;

    /** Set with {@link #replaced} when the next producer waits for this one to have all its acknowledgments. */
    private volatile boolean rotated;

    /** The failure reported for records without a callback. */
    private volatile @Nullable KafkaFailure unanswered;

    /** Whether all records without a callback have been failed. */
    private volatile boolean allFailed;

    /** Makes a producer. */
    ManagedProducer(
            Supplier<Producer<byte[], byte[]>> maker,
            Map<String, Integer> partitions,
            Map<String, DeliveryTracker> trackers) {
        this(IoThread.started(maker), partitions, trackers);
    }

    /** Manages a producer that has been made. */
    ManagedProducer(IoThread.OfProducer made, Map<String, Integer> partitions, Map<String, DeliveryTracker> trackers) {
        this.producer = made.producer();
        this.ioThread = made.thread();
        this.counts = new PartitionCounts(producer, partitions);
        Metric retries = ClientAssumptions.retries(producer);
        this.attempts = new InFlightAttempts(() -> (Double) retries.metricValue());
        this.trackers = trackers;
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    /**
     * Keeps an attempt that is about to be made, until it has its result.
     *
     * @return false if the attempt must not be made, because the attempts of this producer are being failed now, or
     *     have been. The attempt is kept first and the flag checked then, so that {@link #failAll} either sees the
     *     attempt or has been seen here: a record that a closed or dead producer takes after that would never have a
     *     result
     */
    boolean begins(Attempt attempt) {
        attempts.add(attempt);
        if (replaced) {
            attempt.drop();
            return false;
        }
        return true;
    }

    /** Sends a record by Kafka's {@code send}; if the partition is negative, Kafka chooses it. */
    void send(EncodedRecord record, int partition, @Nullable Long timestamp, Callback callback) {
        // Each attempt has a new record with its own headers: interceptors run every time and may add some.
        Headers headers = record.headers();
        Future<?> unused = producer.send( // the callback gets everything that the future would return
                new ProducerRecord<>(
                        record.topic(),
                        partition < 0 ? null : partition,
                        timestamp,
                        record.key(),
                        record.value(),
                        headers.iterator().hasNext() ? headers : null),
                callback);
    }

    PartitionCounts counts() {
        return counts;
    }

    /** The attempts that have no result yet. */
    InFlightAttempts attempts() {
        return attempts;
    }

    IoThread ioThread() {
        return ioThread;
    }

    /** The trackers by topic, for topics whose records have ids. */
    Map<String, DeliveryTracker> trackers() {
        return trackers;
    }

    boolean isReplaced() {
        return replaced;
    }

    /** Whether a producer with other credentials takes its place. */
    boolean isRotated() {
        return rotated;
    }

    /** Refuses further records; those that it holds are sent. */
    void drain() {
        rotated = true;
        replaced = true;
    }

    /** Whether a producer that refuses further records holds none any more. For one thread. */
    boolean isDrained() {
        return replaced && attempts.isDrained();
    }

    /** Whether its close has begun. */
    synchronized boolean isClosing() {
        return closing != null;
    }

    /** Sends the records that wait, and waits until all that were taken before are acknowledged or failed. */
    void flush() {
        synchronized (flushing) {
            if (allFailed) {
                return; // no thread would interrupt it any more
            }
            flushing.add(Thread.currentThread());
        }
        try {
            producer.flush();
        } catch (InterruptException e) {
            if (!allFailed) {
                throw e;
            }
        } finally {
            synchronized (flushing) {
                flushing.remove(Thread.currentThread());
                if (allFailed) {
                    boolean unused = Thread.interrupted(); // set by failAll
                }
            }
        }
    }

    /** Refuses further records, and fails all that it holds as soon as it can; does not wait for that. */
    void closeForAnother() {
        replaced = true;
        ClosingStep unused = startClosing(Duration.ZERO);
    }

    /** Whether no part of it runs any more, so that its records cannot overtake those of another producer. */
    boolean hasEnded() {
        return ioThread.isKnown() ? ioThread.hasEnded() : closed;
    }

    /**
     * Fails every record that has no result, for a producer that calls back no more.
     *
     * @return whether no such record is left
     */
    boolean failAll(String why) {
        replaced = true;
        KafkaFailure failure = unanswered;
        if (failure == null) {
            failure = new KafkaFailure(Outcome.UNKNOWN, false, new KafkaException(why));
            unanswered = failure; // one for all: there may be no memory for more
        }
        KafkaFailure ofAll = failure;
        boolean none = attempts.endAll(attempt -> attempt.lost(ofAll));
        if (none) {
            allFailed = true;
            synchronized (flushing) {
                flushing.forEach(Thread::interrupt);
            }
        }
        return none;
    }

    /**
     * Closes the producer in a thread of its own: Kafka's close joins its I/O thread without a limit, and the I/O
     * thread may be waiting {@code request.timeout.ms} for a broker that does not respond
     * ({@code Sender.awaitNodeReady}).
     */
    void close(Duration timeout) {
        boolean unused = startClosing(timeout).await(Durations.bounded(timeout).plus(BEYOND_THE_TIME));
    }

    /** Starts the close, unless it has begun before. */
    private synchronized ClosingStep startClosing(Duration timeout) {
        if (closing == null) {
            closing = ClosingStep.begin("Kafka's producer", () -> closeProducer(timeout));
        }
        return closing;
    }

    private void closeProducer(Duration timeout) {
        try {
            producer.close(timeout.isZero() && ioThread.hasEnded() ? LEAST : timeout);
        } catch (InterruptException e) {
            LOG.debug("the close was interrupted; Kafka's I/O thread fails what is left", e);
        } catch (Throwable e) { // of a reporter or an interceptor too; the producer is given up all the same
            SafeLogger.warn(LOG, e, "Kafka's producer did not close cleanly");
        } finally {
            closed = true;
        }
    }
}
