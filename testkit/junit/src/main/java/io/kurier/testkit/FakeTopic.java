// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.Health;
import io.kurier.Health.Cause;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.TransportConfig;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One topic of a fake Kafka, and the faults that a test simulates on it.
 *
 * <p>A script determines what the broker does with the records that arrive, one after the other: {@link #store},
 * {@link #delay}, {@link #dropAcks}, {@link #refuse}. Each call appends to the script. After its end every record is
 * stored and acknowledged immediately:
 *
 * <pre>{@code
 * kafka.topic("orders").store(2).dropAcks(1).refuse(1, new TopicAuthorizationException("not yours"));
 * }</pre>
 *
 * <p>Each of the other methods switches a fault on until its counterpart switches it off: {@link #bufferFull()} and
 * {@link #room}, {@link #loseMetadata} and {@link #findMetadata}, {@link #holdAcks} and {@link #releaseAcks},
 * {@link #disconnect} and {@link #reconnect}. In Kafka, a buffer belongs to a producer and a connection to a broker;
 * here both belong to a topic, so that a test determines exactly what is hit.
 *
 * <p>{@code Publisher.health()} names these faults of a publisher's topics immediately, without waiting for {@code
 * health.grace.ms}.
 *
 * <p>{@link #expire} makes unacknowledged records time out; without it, they time out after the producer's
 * {@code delivery.timeout.ms}, two minutes by default. Safe for use by any number of threads.
 */
public final class FakeTopic {
    private final String name;
    private final Object lock;
    private final FakeLog log;
    private final Script script = new Script();
    private final Deque<InFlight> held = new ArrayDeque<>();
    private final Set<InFlight> unanswered = new LinkedHashSet<>();

    private boolean compacted;
    private long maxMessageBytes = Long.MAX_VALUE;
    private int refusals;
    private boolean metadataLost;
    private boolean acksHeld;
    private boolean disconnected;

    FakeTopic(String name, Object lock) {
        this.name = name;
        this.lock = lock;
        this.log = new FakeLog(name);
    }

    // ---- the script

    /** Stores and acknowledges the next records immediately: for records before a fault. */
    public FakeTopic store(int records) {
        return play(new Script.Step(records, Duration.ZERO, false, null));
    }

    /**
     * Stores the next records immediately and acknowledges them later. The publisher gets its receipts in order: a
     * record behind a delayed one in its partition waits for it.
     */
    public FakeTopic delay(int records, Duration delay) {
        return play(new Script.Step(records, Script.notNegative("delay", delay), false, null));
    }

    /**
     * Calls {@link #dropAcks(int, Duration)} with an immediate time-out, instead of the two minutes that Kafka's client
     * takes.
     */
    public FakeTopic dropAcks(int records) {
        return dropAcks(records, Duration.ZERO);
    }

    /**
     * Stores the next records and loses their acknowledgments. The publisher gets the time-out of Kafka's client:
     * {@link io.kurier.Outcome#UNKNOWN}, not retriable, with a {@link TimeoutException}.
     *
     * @param timeout the time after which the client gives up
     */
    public FakeTopic dropAcks(int records, Duration timeout) {
        return play(new Script.Step(records, Script.notNegative("timeout", timeout), true, null));
    }

    /**
     * Fails the next records with an error of the broker and stores nothing. The outcome depends on the error, as with
     * a broker: {@link io.kurier.Outcome#NOT_STORED} if the error is the record's own, such as
     * {@link RecordTooLargeException} or {@code TopicAuthorizationException}, else {@link io.kurier.Outcome#UNKNOWN}.
     * Kafka's client would first retry errors that it considers retriable; here every error is final.
     */
    public FakeTopic refuse(int records, KafkaException error) {
        Objects.requireNonNull(error, "error");
        return play(new Script.Step(records, Duration.ZERO, false, error));
    }

    private FakeTopic play(Script.Step step) {
        synchronized (lock) {
            script.add(step);
        }
        return this;
    }

    // ---- the client has no room

    /**
     * Makes the producer's buffer full until {@link #room}: {@code tryPublish} is {@link io.kurier.Outcome#REJECTED},
     * retriable; {@code publish} waits, at most {@code publish.max.wait.ms}, and is then rejected in the same way.
     */
    public FakeTopic bufferFull() {
        return bufferFull(Integer.MAX_VALUE);
    }

    /** Makes the producer's buffer full for the given number of attempts; one {@code publish} makes several. */
    public FakeTopic bufferFull(int attempts) {
        return change(() -> refusals = Script.positive("attempts", attempts));
    }

    /** Ends {@link #bufferFull()}. */
    public FakeTopic room() {
        return change(() -> refusals = 0);
    }

    /**
     * Hides the topic's partitions from the producer until {@link #findMetadata}; the effect is that of
     * {@link #bufferFull()}.
     */
    public FakeTopic loseMetadata() {
        return change(() -> metadataLost = true);
    }

    /** Ends {@link #loseMetadata}. */
    public FakeTopic findMetadata() {
        return change(() -> metadataLost = false);
    }

    // ---- the connection

    /**
     * Stores records and delivers no acknowledgment until {@link #releaseAcks}: a slow network, or a connection that
     * breaks after the record is stored.
     */
    public FakeTopic holdAcks() {
        return change(() -> acksHeld = true);
    }

    /** Delivers the acknowledgments that {@link #holdAcks} has held, and ends it. */
    public FakeTopic releaseAcks() {
        return change(() -> acksHeld = false);
    }

    /**
     * Loses the connection until {@link #reconnect}: records stay in the producer's buffer and are not in the log, and
     * no acknowledgment arrives. Nothing is refused; the buffer accepts further records.
     */
    public FakeTopic disconnect() {
        return change(() -> disconnected = true);
    }

    /** Ends {@link #disconnect}: the records in the buffer arrive at the broker, in order, and the script continues. */
    public FakeTopic reconnect() {
        return change(() -> {
            disconnected = false;
            held.forEach(this::arrive);
            held.clear();
        });
    }

    /**
     * Makes all records time out that are not acknowledged by now, as after {@code delivery.timeout.ms}: the publisher
     * gets {@link io.kurier.Outcome#UNKNOWN}. Records that {@link #holdAcks} or {@link #delay} holds are in the log;
     * those that {@link #disconnect} holds never will be.
     */
    public FakeTopic expire() {
        return change(() -> {
            held.clear();
            unanswered.forEach(flight -> flight.giveUp(timedOut(flight)));
        });
    }

    /**
     * Deletes the topic and creates it again, as an operator can do while publishers run: its records are gone, offsets
     * begin anew, and Kafka's id of it changes.
     */
    public FakeTopic recreate() {
        return change(log::beginAnew);
    }

    private FakeTopic change(Runnable change) {
        synchronized (lock) {
            change.run();
            lock.notifyAll();
        }
        return this;
    }

    // ---- what the producer sees; every method below is called with the lock held

    FakeLog log() {
        return log;
    }

    void configure(TransportConfig.Topic topic) {
        compacted = topic.configs().getOrDefault("cleanup.policy", "delete").contains("compact");
        String limit = topic.configs().get("max.message.bytes");
        maxMessageBytes = limit == null ? Long.MAX_VALUE : Long.parseLong(limit.strip());
    }

    /** Returns how many partitions the producer knows, 0 if it has no metadata of the topic. */
    int knownPartitions() {
        return metadataLost ? 0 : log.partitions();
    }

    /** Returns why a publisher is not ready for messages to the topic, or null. */
    Health.@Nullable Reason whyNotReady() {
        if (disconnected) {
            return new Health.Reason(
                    Cause.NOT_CONNECTED, "no broker is connected, as scripted for the topic " + name + " of the fake");
        }
        if (metadataLost) {
            return new Health.Reason(Cause.TOPIC_DIFFERS, "the topic " + name + " has no metadata, as scripted");
        }
        return refusals == 0
                ? null
                : new Health.Reason(Cause.BUFFER_FULL, "the buffer is full, as scripted for the topic " + name);
    }

    /** Returns why the producer has no room for an attempt, or null; counts the attempt. */
    @Nullable
    KafkaException refusal() {
        if (refusals == 0) {
            return null;
        }
        refusals -= refusals == Integer.MAX_VALUE ? 0 : 1;
        if (Thread.currentThread().isInterrupted()) {
            return new InterruptException("interrupted while the fake's buffer is full"); // it sets the interrupt flag
        }
        return new BufferExhaustedException("the fake's buffer is full, as scripted for the topic " + name);
    }

    void take(InFlight flight) {
        unanswered.add(flight);
        if (disconnected) {
            held.add(flight);
        } else {
            arrive(flight);
        }
    }

    /** Processes a record as the broker. */
    private void arrive(InFlight flight) {
        long now = System.nanoTime();
        KafkaException invalid = brokersError(flight);
        if (invalid != null) {
            flight.failed(invalid, now);
            return;
        }
        Script.Step step = script.next();
        long due = now + Durations.nanos(step.delay());
        if (step.error() != null) {
            flight.failed(step.error(), due);
            return;
        }
        long offset = log.append(flight.partition(), flight.record(), flight.timestamp());
        if (step.dropsAck()) {
            flight.failed(timedOut(flight), due);
        } else {
            flight.stored(offset, due);
        }
    }

    /**
     * Returns why the broker does not accept a record of a transaction: it is invalid, or the script determines so;
     * null if the broker accepts it.
     */
    @Nullable
    KafkaException errorInTransaction(InFlight flight) {
        KafkaException invalid = brokersError(flight);
        return invalid == null ? script.next().error() : invalid;
    }

    private @Nullable KafkaException brokersError(InFlight flight) {
        EncodedRecord record = flight.record();
        if (flight.sizeAtBroker() > maxMessageBytes) {
            return new RecordTooLargeException(
                    "The request included a message larger than the max message size the server will accept.");
        }
        return compacted && record.key() == null
                ? new InvalidRecordException("Compacted topic cannot accept message without key in topic partition "
                        + name + "-" + flight.partition())
                : null;
    }

    /**
     * Returns in how many nanoseconds the response can be delivered; {@link Long#MAX_VALUE} while only a test
     * determines it.
     */
    long nanosToAnswer(InFlight flight, long now) {
        return flight.isGivenUp() || (flight.isSettled() && !acksHeld && !disconnected)
                ? Math.max(0, flight.due() - now)
                : Long.MAX_VALUE;
    }

    /** Ends a record whose delivery time-out is over. */
    void expire(InFlight flight) {
        giveUp(flight, timedOut(flight));
    }

    /**
     * Ends the client's wait: the publisher gets this error now, and a record that has not left the buffer never will.
     */
    void giveUp(InFlight flight, KafkaException why) {
        held.remove(flight);
        flight.giveUp(why);
    }

    /** Records that the response is on its way to the publisher, and can no longer change. */
    void answered(InFlight flight) {
        unanswered.remove(flight);
    }

    private KafkaException timedOut(InFlight flight) {
        return new TimeoutException("Expiring 1 record(s) for " + name + "-" + flight.partition() + ":"
                + (System.nanoTime() - flight.takenAt()) / 1_000_000
                + " ms has passed since batch creation. The request has not been sent, or no server response has been"
                + " received yet.");
    }
}
