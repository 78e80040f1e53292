// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.RestartingLoop;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.search.DeliveryTracker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the current producer, and replaces one whose I/O thread has died or that has stalled: it closes that producer,
 * fails all its records as unknown, and makes another. The other is made only after the first has ended, since the
 * records of two producers have no order.
 *
 * <p>A producer with other credentials takes over in the same steps, except that the one before it refuses further
 * records first, and is closed when Kafka has answered for all that it has taken.
 *
 * <p>A thread checks for that all the time. It has to survive the errors that kill Kafka's I/O thread, so whatever
 * fails in it, above all because memory ran out, is tried again at its next check.
 */
final class ProducerSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerSupervisor.class);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * How long a close continues to fail the records that Kafka has left open: memory may be exhausted, or callers may
     * be inside {@code send}.
     */
    private static final Duration MOST_FAILING = Duration.ofSeconds(5);

    private static final long BETWEEN_TRIES_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** How often it is checked whether a producer is drained or has ended, while callers wait for the next one. */
    private static final long TAKING_OVER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Duration limit;
    private final Thread watch = new Thread(new RestartingLoop(this::watch), "kurier-watch");
    private volatile PublisherConfig config;
    private volatile ManagedProducer current;
    private volatile @Nullable Successor successor;
    private volatile boolean closed;

    // Used by the watch thread alone, apart from the first values.
    private StallDetector stallDetector;
    private String reason = "";
    private long drainingSince;

    /** A producer that waits to take over, with its configuration; the latch opens when it has, or never will. */
    private record Successor(PublisherConfig config, IoThread.OfProducer made, CountDownLatch settled) {}

    /** Holds the first producer, which it closes if this fails. */
    ProducerSupervisor(PublisherConfig config, ManagedProducer first) {
        this(config, first, config.longestOpen());
    }

    /**
     * Makes the first producer, with another stall limit.
     *
     * @throws KafkaException if Kafka refuses the configuration
     */
    ProducerSupervisor(
            PublisherConfig config,
            Map<String, Integer> partitions,
            Map<String, DeliveryTracker> trackers,
            Duration limit) {
        this(config, new ManagedProducer(maker(config), partitions, trackers), limit);
    }

    private ProducerSupervisor(PublisherConfig config, ManagedProducer first, Duration limit) {
        this.config = config;
        this.limit = limit;
        this.current = first;
        watch.setDaemon(true);
        try {
            this.stallDetector = new StallDetector(current, limit);
            watch.start();
        } catch (Throwable e) {
            current.close(Duration.ZERO); // no other code has a reference to it
            throw e;
        }
    }

    /** Returns what makes a producer of a configuration. */
    static Supplier<Producer<byte[], byte[]>> maker(PublisherConfig config) {
        return () -> new KafkaProducer<>(config.producerKeys(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    ManagedProducer current() {
        return current;
    }

    /** The configuration of the current producer, and of others that are made from now on. */
    PublisherConfig config() {
        return config;
    }

    /**
     * Lets a connected producer take over, and waits until it has: until the records are answered that the current one
     * holds, at most as long as they may take. An interrupt does not end the wait, a close does. To be called by one
     * thread at a time.
     *
     * @return false if the supervisor was closed before; the producer is then left to the caller
     */
    boolean takeOver(PublisherConfig next, IoThread.OfProducer made) {
        Successor mine = new Successor(next, made, new CountDownLatch(1));
        synchronized (this) {
            if (closed) {
                return false;
            }
            successor = mine;
        }
        LockSupport.unpark(watch);
        boolean interrupted = false;
        while (mine.settled().getCount() > 0) {
            try {
                ManagedProducer old = current;
                if (old.isRotated()) { // by the watch thread
                    old.flush();
                }
                LockSupport.unpark(watch);
                boolean unused = mine.settled().await(TAKING_OVER_NANOS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException | InterruptException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return config == next;
    }

    private void watch() {
        long between = StallDetector.between(limit).toNanos();
        long lookAt = System.nanoTime() + between;
        while (!closed) {
            try {
                current.ioThread().watchedByThisThread();
                LockSupport.parkNanos(
                        this, successor == null ? Math.min(between, LONGEST_PAUSE_NANOS) : TAKING_OVER_NANOS);
                boolean looks = System.nanoTime() - lookAt >= 0;
                if (looks) {
                    lookAt = System.nanoTime() + between;
                }
                look(looks);
            } catch (Throwable e) { // otherwise there would be no further check
                report(e);
            }
        }
    }

    private void look(boolean forStandstill) {
        ManagedProducer client = current;
        if (closed) {
            return;
        }
        client.attempts().passOnKept();
        client.attempts().separate();
        if (!client.isClosing()) {
            if (client.ioThread().hasEnded()) {
                reason = "Kafka's I/O thread has died of " + client.ioThread().cause();
            } else if (client.attempts().hasLostAnswers()) {
                reason = "answers of Kafka's were lost for want of memory";
            } else if (forStandstill && stallDetector.look()) {
                reason = "Kafka's producer holds records and has heard nothing of any for more than " + limit.toMillis()
                        + " ms, the time until it should fail them (delivery.timeout.ms) and a request";
            } else {
                drain(client);
                return;
            }
            client.closeForAnother();
            LOG.warn("{}: it is closed, all that it holds is UNKNOWN, and another producer takes its place", reason);
        }
        if (client.hasEnded() && client.failAll(reason)) {
            replace(client);
        }
    }

    /** Prepares the take-over if a producer waits for it. */
    private void drain(ManagedProducer client) {
        if (successor == null) {
            return;
        }
        if (!client.isReplaced()) {
            drainingSince = System.nanoTime();
            client.drain();
        }
        if (client.isDrained()) {
            reason = "a producer with other credentials has taken over";
            client.closeForAnother();
        }
    }

    /**
     * The old producer's knowledge of the topics is not reused; a producer that cannot be made yet is made at a later
     * check.
     */
    private void replace(ManagedProducer old) {
        Map<String, DeliveryTracker> trackers = new HashMap<>();
        old.trackers().forEach((topic, tracker) -> trackers.put(topic, tracker.ofNextProducer()));
        Successor waiting = successor;
        IoThread.OfProducer made = waiting == null ? IoThread.started(maker(config)) : waiting.made();
        ManagedProducer next = new ManagedProducer(made, Map.of(), trackers);
        StallDetector ofNext = new StallDetector(next, limit);
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late && waiting != null) {
                config = waiting.config();
                successor = null;
            }
            current = late ? current : next;
        }
        if (!late) {
            stallDetector = ofNext;
        } else if (waiting == null) {
            next.close(Duration.ZERO);
        }
        if (waiting != null) {
            waiting.settled().countDown();
            LOG.info(
                    "A producer with other credentials has taken over; no record was taken for {} ms",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - drainingSince));
        }
    }

    private static void report(Throwable thrown) {
        SafeLogger.error(
                LOG, thrown, "Kafka's producer cannot be looked after or replaced at the moment; it is tried again");
    }

    /**
     * Waits for the records that are not acknowledged, at most the given time, and fails the rest, so that no record is
     * left open.
     */
    void close(Duration timeout) {
        ManagedProducer last;
        synchronized (this) {
            closed = true;
            last = current;
            if (successor != null) {
                successor.settled().countDown();
            }
        }
        LockSupport.unpark(watch);
        try {
            last.close(timeout);
        } catch (Throwable e) { // out of memory or threads; the open records must be failed all the same
            report(e);
        }
        long deadline = System.nanoTime() + MOST_FAILING.toNanos();
        while (!failed(last) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        }
    }

    /** Whether every record has its outcome, or nothing more can be done for it. */
    private static boolean failed(ManagedProducer client) {
        try {
            client.attempts().passOnKept();
            return client.failAll("the publisher was closed, and Kafka's producer had not answered by then");
        } catch (Throwable e) {
            report(e);
            return false;
        }
    }
}
