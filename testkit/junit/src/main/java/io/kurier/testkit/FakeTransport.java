// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.DeliveryHandle;
import io.kurier.Health;
import io.kurier.Resolution;
import io.kurier.core.internal.search.DeliveryTracker;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The producer of one publisher on a fake Kafka. A record that it accepts is at the broker before {@link #attempt}
 * returns. A separate thread delivers the response, in order within a partition, as Kafka's I/O thread does.
 */
final class FakeTransport implements Transport {
    private final Object lock;
    private final Function<String, FakeTopic> topics;
    private final ProducerSettings settings;
    private final FakeCoordinator coordinator;
    private final Map<String, DeliveryTracker> trails;
    private final List<String> declared;
    private final Thread ioThread;

    // Guarded by the lock.
    private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
    private final Set<InFlight> unanswered = new LinkedHashSet<>();
    private boolean closed;

    /** The records of one partition that wait for their responses. */
    private record Lane(FakeTopic topic, Deque<InFlight> waiting) {}

    private FakeTransport(
            Object lock,
            Function<String, FakeTopic> topics,
            ProducerSettings settings,
            FakeCoordinator coordinator,
            Map<String, DeliveryTracker> trails,
            List<String> declared,
            String io) {
        this.lock = lock;
        this.topics = topics;
        this.settings = settings;
        this.coordinator = coordinator;
        this.trails = trails;
        this.declared = declared;
        ioThread = new Thread(this::deliverAnswers, io);
        ioThread.setDaemon(true);
    }

    /**
     * Creates a producer that is ready.
     *
     * @param lock guards everything that belongs to one fake
     * @param topics finds a topic by its physical name; called with the lock held
     * @param settings the producer's keys
     * @param coordinator the owners of transactional ids
     * @param trails those of topics whose records have ids
     * @param declared the physical names of the publisher's topics
     * @param io the name of its I/O thread
     */
    static FakeTransport open(
            Object lock,
            Function<String, FakeTopic> topics,
            ProducerSettings settings,
            FakeCoordinator coordinator,
            Map<String, DeliveryTracker> trails,
            List<String> declared,
            String io) {
        FakeTransport transport = new FakeTransport(lock, topics, settings, coordinator, trails, declared, io);
        transport.ioThread.start();
        return transport;
    }

    @Override
    public int partitions(String topic) {
        synchronized (lock) {
            return topics.apply(topic).knownPartitions();
        }
    }

    @Override
    public @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        synchronized (lock) {
            Exception refusal = refusal(record, partition);
            if (refusal != null) {
                return new SendRejection(refusal);
            }
            FakeTopic topic = topics.apply(record.topic());
            InFlight flight = flight(record, partition, timestamp, acknowledgment);
            unanswered.add(flight);
            lanes.computeIfAbsent(
                            new TopicPartition(record.topic(), flight.partition()),
                            added -> new Lane(topic, new ArrayDeque<>()))
                    .waiting()
                    .add(flight);
            topic.take(flight);
            lock.notifyAll();
            return null;
        }
    }

    /** Returns a record that is accepted now; called with the lock held. */
    InFlight flight(EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        FakeTopic topic = topics.apply(record.topic());
        DeliveryTracker trail = trails.get(record.topic());
        long stamp = timestamp == null ? System.currentTimeMillis() : timestamp;
        return new InFlight(
                record,
                partition >= 0 ? partition : topic.log().choose(settings.ignoresKeys() ? null : record.key()),
                stamp,
                settings.compresses() ? 0 : RecordSize.of(record).broker(),
                trail == null ? null : trail.next(record, stamp),
                acknowledgment);
    }

    /** Returns why the broker does not accept a record of a transaction, or null; called with the lock held. */
    @Nullable
    KafkaException errorOf(InFlight flight) {
        return topics.apply(flight.record().topic()).errorInTransaction(flight);
    }

    /** Appends a record of a transaction to the log; called with the lock held. */
    void append(InFlight flight) {
        flight.stored(
                topics.apply(flight.record().topic())
                        .log()
                        .append(flight.partition(), flight.record(), flight.timestamp()),
                System.nanoTime());
    }

    /**
     * Returns the exception that Kafka's producer would throw on the caller's thread, with its order of checks; called
     * with the lock held.
     */
    @Nullable
    Exception refusal(EncodedRecord record, int partition) {
        FakeTopic topic = topics.apply(record.topic());
        RecordSize size = RecordSize.of(record);
        if (closed) {
            return new IllegalStateException("Cannot perform operation after producer has been closed");
        }
        int known = topic.knownPartitions();
        if (known == 0) {
            return new TimeoutException("Topic " + record.topic() + " not present in metadata after 0 ms.");
        }
        if (partition >= known) {
            return new TimeoutException("Partition " + partition + " of topic " + record.topic()
                    + " with partition count " + known + " is not present in metadata after 0 ms.");
        }
        if (size.client() > settings.maxRequestSize()) {
            return new RecordTooLargeException("The message is " + size.client()
                    + " bytes when serialized which is larger than " + settings.maxRequestSize()
                    + ", which is the value of the max.request.size configuration.");
        }
        if (size.client() > settings.bufferMemory()) {
            return new RecordTooLargeException("The message is " + size.client()
                    + " bytes when serialized which is larger than the total memory buffer you have configured with the"
                    + " buffer.memory configuration.");
        }
        return topic.refusal();
    }

    /** The loop of the I/O thread. */
    private void deliverAnswers() {
        List<InFlight> answers = awaitAnswers();
        while (!answers.isEmpty()) {
            answers.forEach(InFlight::deliver);
            synchronized (lock) {
                answers.forEach(unanswered::remove);
                answers.forEach(InFlight::markDelivered);
                lock.notifyAll();
            }
            answers = awaitAnswers();
        }
    }

    /** Waits for responses that can be delivered; none come after the close. */
    private List<InFlight> awaitAnswers() {
        synchronized (lock) {
            while (true) {
                List<InFlight> answers = new ArrayList<>();
                long pause = takeAnswers(answers);
                if (!answers.isEmpty() || (closed && unanswered.isEmpty())) {
                    return answers;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, pause);
                } catch (InterruptedException e) {
                    // Nothing has a reason to interrupt this thread, and its task must be completed.
                }
            }
        }
    }

    /**
     * Removes the responses that can be delivered now from the lanes; returns in how many nanoseconds to check again.
     */
    private long takeAnswers(List<InFlight> answers) {
        long now = System.nanoTime();
        long pause = Long.MAX_VALUE;
        for (Lane lane : lanes.values()) {
            InFlight head;
            while ((head = lane.waiting().peek()) != null) {
                long toAnswer = lane.topic().nanosToAnswer(head, now);
                long toExpiry = settings.deliveryTimeout().toNanos() - (now - head.takenAt());
                if (toAnswer > 0 && toExpiry > 0) {
                    pause = Math.min(pause, Math.min(toAnswer, toExpiry));
                    break;
                }
                if (toAnswer > 0) {
                    lane.topic().expire(head);
                }
                lane.topic().answered(head);
                answers.add(lane.waiting().remove());
            }
        }
        return pause;
    }

    @Override
    public List<Health.Reason> whyNotReady() {
        synchronized (lock) {
            return declared.stream()
                    .map(name -> topics.apply(name).whyNotReady())
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    @Override
    public TransactionalSender transactional(String transactionalId) {
        return new FakeTransactions(lock, this, coordinator, transactionalId);
    }

    @Override
    public Resolution resolve(DeliveryHandle handle) {
        synchronized (lock) {
            FakeLog log = topics.apply(handle.topic()).log();
            DeliveryTracker trail = trails.get(handle.topic());
            if (trail != null) {
                trail.hasId(log.id());
            }
            if (handle.topicId() != null && !handle.topicId().equals(log.id())) {
                return new Resolution.NotSettled(
                        "the topic " + handle.topic() + " of the fake was deleted and created again since");
            }
            if (handle.topicId() == null && handle.recordIds().isEmpty()) {
                return withoutId(handle);
            }
            return log.find(handle).<Resolution>map(Resolution.Stored::new).orElseGet(() -> absent(handle, trail));
        }
    }

    private static Resolution absent(DeliveryHandle handle, @Nullable DeliveryTracker trail) {
        if (handle.topicId() == null) {
            return withoutId(handle);
        }
        return handle.recordIds().isEmpty() || (trail != null && trail.proves(handle))
                ? new Resolution.NotStored()
                : new Resolution.NotSettled(
                        "it is not in the log of the fake, and no later message of this publisher to"
                                + " that partition was acknowledged");
    }

    private static Resolution.NotSettled withoutId(DeliveryHandle handle) {
        return new Resolution.NotSettled(
                "the handle does not say which topic " + handle.topic() + " of the fake it is of");
    }

    /** Returns Kafka's id of a topic; called with the lock held. */
    Uuid topicId(String topic) {
        return topics.apply(topic).log().id();
    }

    @Override
    public void flush() {
        synchronized (lock) {
            try {
                for (InFlight flight : List.copyOf(unanswered)) {
                    while (!flight.isDelivered()) {
                        lock.wait();
                    }
                }
            } catch (InterruptedException e) {
                throw new InterruptException("Flush interrupted.", e);
            }
        }
    }

    @Override
    public void close(Duration timeout) {
        try {
            synchronized (lock) {
                closed = true;
                lock.notifyAll();
                awaitAllAnswers(timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // records that are not acknowledged fail now instead of later
        }
        failTheRest();
        try {
            ioThread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAllAnswers(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + Durations.nanos(timeout);
        long left = Durations.nanos(timeout);
        while (!unanswered.isEmpty() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(lock, left);
            left = deadline - System.nanoTime();
        }
    }

    private void failTheRest() {
        synchronized (lock) {
            KafkaException closedByForce = new KafkaException("Producer is closed forcefully.");
            for (Lane lane : lanes.values()) {
                lane.waiting().forEach(flight -> lane.topic().giveUp(flight, closedByForce));
            }
            lock.notifyAll();
        }
    }
}
