// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.DeliveryHandle;
import io.kurier.Health;
import io.kurier.Outcome;
import io.kurier.Resolution;
import io.kurier.StartException;
import io.kurier.core.internal.attempts.Attempt;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.search.DeliveryTracker;
import io.kurier.core.internal.search.LogSearcher;
import io.kurier.core.internal.search.TopicIds;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TopicManagement;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportConfig;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The transport over one {@link KafkaProducer} at a time. */
public final class KafkaTransport implements Transport {
    private static final Duration MOST_WARMING = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private static final SendRejection BEING_REPLACED = new SendRejection(
            new TimeoutException("Kafka's producer heard nothing of its records for too long and is being replaced"));

    private static final SendRejection BEING_ROTATED =
            new SendRejection(new TimeoutException("Kafka's producer is being replaced by one with other credentials"));

    private final ProducerSupervisor clients;
    private final TopicIds ids;
    private final LogSearcher reader;

    /** Why the client could not log in, until it can; otherwise null. */
    private volatile @Nullable AuthenticationException notLoggedIn;

    /** The health of the current producer, or of one before it. Used by one thread at a time. */
    private @Nullable ProducerHealth health;

    KafkaTransport(ProducerSupervisor clients) {
        this.ids = new TopicIds(clients::config);
        this.reader = new LogSearcher(clients::config, ids);
        this.clients = clients;
    }

    /**
     * Takes the producer and requests the metadata of the topics, which {@link #warm} awaits.
     *
     * @param config connection and producer keys
     * @param early the producer
     * @param partitions the number of partitions of each topic, as far as it is known
     * @param trackers the trackers by topic, for topics with record ids
     * @throws KafkaException if Kafka refuses the configuration, or the log-in
     */
    public static KafkaTransport connect(
            PublisherConfig config,
            EarlyProducer early,
            Map<String, Integer> partitions,
            Map<String, DeliveryTracker> trackers) {
        ManagedProducer producer = early.take(partitions, trackers);
        KafkaTransport transport = new KafkaTransport(new ProducerSupervisor(config, producer));
        transport.orClosed(() -> partitions.keySet().forEach(transport::isWarm));
        return transport;
    }

    /**
     * Fetches the metadata of topics, so that not even the first record has to wait for it; for at most ten seconds.
     * Metadata still missing then is fetched in the background. If this fails, the transport is closed.
     *
     * @throws KafkaException if Kafka refuses the log-in
     * @throws StartException if the thread is interrupted; its interrupt flag is then still set
     */
    public void warm(Set<String> topics) {
        orClosed(() -> awaitMetadata(topics));
    }

    private void orClosed(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            close(Duration.ZERO); // no other code has a reference to it
            throw e;
        }
    }

    /** Requests all topics before it waits for any, so that one request fetches them. */
    private void awaitMetadata(Set<String> topics) {
        long deadline = System.nanoTime() + MOST_WARMING.toNanos();
        List<String> cold = List.copyOf(topics);
        while (true) {
            cold = cold.stream().filter(topic -> !isWarm(topic)).toList();
            if (cold.isEmpty() || System.nanoTime() - deadline > 0) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new StartException(
                        "interrupted while waiting for the metadata of "
                                + cold.stream().map(clients.config()::shownName).toList(),
                        null);
            }
        }
    }

    /** Whether the topic's metadata is present; if not, this call has requested it. */
    private boolean isWarm(String topic) {
        try {
            return !clients.current().producer().partitionsFor(topic).isEmpty();
        } catch (TimeoutException e) {
            return false;
        }
    }

    /**
     * Whether the producer has the topic's metadata. With {@code topics.management=off} it is not asked for a topic that
     * it need not know yet: brokers may create what is requested.
     */
    private boolean isUsed(String topic) {
        ManagedProducer client = clients.current();
        if (clients.config().management() == TopicManagement.OFF
                && !client.counts().isKnown(topic)
                && !ClientAssumptions.hasSent(client.producer(), topic)) {
            return false;
        }
        try {
            return isWarm(topic);
        } catch (KafkaException | IllegalStateException e) {
            return false;
        }
    }

    @Override
    public int partitions(String topic) {
        ManagedProducer client = clients.current();
        int count;
        try {
            count = client.counts().of(topic);
        } catch (AuthenticationException e) {
            notLoggedIn = e;
            throw e;
        } catch (IllegalStateException e) {
            if (client.isReplaced()) {
                return UNKNOWN; // the next call knows soon
            }
            throw e;
        }
        AuthenticationException known = notLoggedIn;
        if (count == UNKNOWN && known != null) {
            throw known;
        }
        return count;
    }

    @Override
    public IntPredicate leaders(String topic) {
        return clients.current().counts().leaders(topic);
    }

    @Override
    public boolean isMissing(String topic, int partition, @Nullable Long since) {
        ManagedProducer client = clients.current();
        return !client.isReplaced() && client.counts().isMissing(topic, partition, since);
    }

    @Override
    public @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        ManagedProducer client = clients.current();
        DeliveryTracker tracker =
                client.trackers().isEmpty() ? null : client.trackers().get(record.topic());
        Long stamp = timestamp;
        Attempt attempt;
        if (tracker == null) {
            attempt = SingleAttempt.begin(acknowledgment);
        } else {
            stamp = timestamp == null ? Long.valueOf(System.currentTimeMillis()) : timestamp;
            attempt = new TrackedAttempt(acknowledgment, tracker.next(record, stamp), partition);
        }
        if (!client.begins(attempt)) {
            return beingReplaced(client);
        }
        try {
            client.send(record, partition, stamp, attempt);
        } catch (RuntimeException e) {
            // Interrupted while the buffer is full, closed: nothing was appended.
            attempt.refusedBy(e);
        } catch (Error e) {
            // Out of memory, for example: it is unknown whether before or after the record was appended.
            attempt.drop();
            acknowledgment.failed(new KafkaFailure(Outcome.UNKNOWN, false, new KafkaException(ThrowableText.of(e), e)));
        }
        Exception cause = attempt.end();
        if (cause != null) {
            return client.isReplaced() ? beingReplaced(client) : rejection(client, record.topic(), cause);
        }
        if (notLoggedIn != null) {
            notLoggedIn = null;
        }
        return null;
    }

    private static SendRejection beingReplaced(ManagedProducer client) {
        return client.isRotated() ? BEING_ROTATED : BEING_REPLACED;
    }

    /**
     * Returns the rejection, with its real cause. Kafka's client reports only once that it could not log in, and
     * afterwards only that metadata is missing; a caller that waits for metadata would wait in vain.
     */
    private SendRejection rejection(ManagedProducer client, String topic, Exception cause) {
        if (cause instanceof AuthenticationException failure) {
            notLoggedIn = failure;
        }
        AuthenticationException known = notLoggedIn;
        if (known != null && (cause == known || cause.getClass() == TimeoutException.class)) {
            return new SendRejection(known, ConnectionDiagnosis.whyNotLetIn(clients.config(), known));
        }
        if (cause.getClass() == TimeoutException.class && !client.counts().isKnown(topic)) {
            return MissingMetadata.of(
                    clients.config(),
                    topic,
                    (TimeoutException) cause,
                    client.counts().age());
        }
        return new SendRejection(cause);
    }

    @Override
    public SendRejection whyUnknown(String topic) {
        ManagedProducer client = clients.current();
        try {
            return new SendRejection(new TimeoutException("the partitions of the topic are known by now: "
                    + client.producer().partitionsFor(topic).size()));
        } catch (KafkaException | IllegalStateException e) {
            return client.isReplaced() ? beingReplaced(client) : rejection(client, topic, e);
        }
    }

    @Override
    public TransactionalSender transactional(String transactionalId) {
        return KafkaTransactions.connect(clients::config, transactionalId, ids);
    }

    @Override
    public void fenceNumbered(String id, int from) {
        TransactionSupport.fenceNumbered(clients.config(), id, from);
    }

    @Override
    public void rotate(TransportConfig next) {
        if (!(next instanceof PublisherConfig config)) {
            throw new IllegalArgumentException("a cluster is connected with the whole configuration of a start");
        }
        IoThread.OfProducer made = VerifiedProducer.connect(config, this::isUsed);
        if (!clients.takeOver(config, made)) {
            VerifiedProducer.close(made);
            throw new StartException("the publisher was closed", null);
        }
        notLoggedIn = null;
        ids.renew();
        reader.renew();
    }

    @Override
    public List<Health.Reason> whyNotReady() {
        ManagedProducer client = clients.current();
        ProducerHealth known = health;
        if (known == null || !known.isOf(client)) {
            known = new ProducerHealth(clients.config(), client);
            health = known;
        }
        return known.reasons(this::partitions, () -> notLoggedIn, System.nanoTime());
    }

    @Override
    public Resolution resolve(DeliveryHandle handle) {
        return reader.find(handle, () -> clients.current().trackers().get(handle.topic()));
    }

    @Override
    public void flush() {
        clients.current().flush();
    }

    @Override
    public void close(Duration timeout) {
        clients.close(timeout);
        reader.close();
    }
}
