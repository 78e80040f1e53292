// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import io.kurier.DeliveryHandle;
import io.kurier.Health;
import io.kurier.Resolution;
import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.RestartingLoop;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionFailure;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportConfig;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport of a publisher whose start does not wait for its cluster ({@code topics.management=later}). A thread of
 * its own tries to connect until the topics match their declarations. Attempts before that are rejected as if metadata
 * were missing, with the reason.
 */
final class DeferredTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(DeferredTransport.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Function<PublisherConfig, Transport> connection;
    private final Thread thread = new Thread(new RestartingLoop(this::connect), "kurier-start");

    /** The transport that is used once connected; cancelled by a close. */
    private final CompletableFuture<Transport> connected = new CompletableFuture<>();

    /** What the next attempt connects with. */
    private volatile PublisherConfig config;

    private volatile SendRejection rejection = rejection("the cluster has not answered yet");

    private volatile Health.Cause notConnected = Health.Cause.NOT_CONNECTED;

    private DeferredTransport(PublisherConfig config, Function<PublisherConfig, Transport> connection) {
        this.config = config;
        this.connection = connection;
    }

    /**
     * Begins to connect.
     *
     * @param connection makes one attempt; a {@link StartException} means that a later one may succeed
     */
    static DeferredTransport begin(PublisherConfig config, Function<PublisherConfig, Transport> connection) {
        DeferredTransport transport = new DeferredTransport(config, connection);
        transport.thread.setDaemon(true);
        transport.thread.start();
        return transport;
    }

    private static SendRejection rejection(String why) {
        return new SendRejection(
                new TimeoutException("the publisher is not connected yet"),
                "nothing is published until the topics are as declared (topics.management=later): " + why);
    }

    // ---- the thread

    private void connect() {
        Duration pause = FIRST_PAUSE;
        while (!isEnded()) {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Makes an attempt, and returns whether it is the last. */
    private boolean isEnded() {
        PublisherConfig used = config;
        try {
            connected(connection.apply(used), used);
        } catch (StartException e) {
            noteFailure(used.secrets().hideInCauses(e));
        } catch (Throwable e) { // out of memory or threads, for example; a later attempt may succeed
            SafeLogger.warn(LOG, e, "The publisher cannot be connected at the moment; it is tried again");
        }
        return connected.isDone();
    }

    private void connected(Transport transport, PublisherConfig used) {
        boolean completed;
        synchronized (this) {
            if (config != used && !connected.isDone()) { // the credentials were rotated during the attempt
                transport.close(Duration.ZERO);
                return;
            }
            completed = connected.complete(transport);
        }
        if (completed) {
            LOG.info("The topics are as declared: the publisher is connected (topics.management=later)");
        } else {
            transport.close(Duration.ZERO); // the publisher was closed meanwhile
        }
    }

    /** Keeps the reason for callers, and logs it if it is a new one. */
    private void noteFailure(StartException failure) {
        SendRejection now = rejection(failure.problems().get(0));
        boolean isNew = !Objects.equals(now.why(), rejection.why());
        rejection = now;
        notConnected = causeOf(failure);
        if (isNew && !connected.isDone()) {
            LOG.warn(
                    "Nothing is published yet (topics.management=later), and it is tried again: {}",
                    failure.getMessage());
        }
    }

    private static Health.Cause causeOf(StartException failure) {
        for (Throwable cause = failure; cause != null; cause = ThrowableText.cause(cause)) {
            if (cause instanceof AuthenticationException) {
                return Health.Cause.NOT_AUTHENTICATED;
            }
        }
        return failure.getCause() == null ? Health.Cause.TOPIC_DIFFERS : Health.Cause.NOT_CONNECTED;
    }

    // ---- before and after

    private @Nullable Transport transport() {
        return connected.isCompletedExceptionally() ? null : connected.getNow(null);
    }

    /**
     * Waits for the transport and returns it.
     *
     * @throws TransactionFailure if there is none within the time that {@code publish} may wait
     */
    private Transport awaited() {
        try {
            return connected.get(Durations.nanos(config.maxWait()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw TransactionFailure.of(new InterruptException(e));
        } catch (java.util.concurrent.TimeoutException | ExecutionException | CancellationException e) {
            throw TransactionFailure.of(new TimeoutException(rejection.why()));
        }
    }

    @Override
    public int partitions(String topic) {
        Transport transport = transport();
        return transport == null ? UNKNOWN : transport.partitions(topic);
    }

    @Override
    public IntPredicate leaders(String topic) {
        Transport transport = transport();
        return transport == null ? Transport.super.leaders(topic) : transport.leaders(topic);
    }

    @Override
    public SendRejection whyUnknown(String topic) {
        Transport transport = transport();
        return transport == null ? rejection : transport.whyUnknown(topic);
    }

    @Override
    public boolean isMissing(String topic, int partition, @Nullable Long since) {
        Transport transport = transport();
        return transport != null && transport.isMissing(topic, partition, since);
    }

    @Override
    public @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        Transport transport = transport();
        return transport == null ? rejection : transport.attempt(record, partition, timestamp, acknowledgment);
    }

    @Override
    public TransactionalSender transactional(String transactionalId) {
        return awaited().transactional(transactionalId);
    }

    @Override
    public void fenceNumbered(String id, int from) {
        awaited().fenceNumbered(id, from);
    }

    /** Before it is connected, the next attempt uses the configuration; whether that succeeds is not known yet. */
    @Override
    public void rotate(TransportConfig next) {
        synchronized (this) {
            if (next instanceof PublisherConfig whole && transport() == null) {
                config = whole;
                return;
            }
        }
        awaited().rotate(next);
    }

    @Override
    public List<Health.Reason> whyNotReady() {
        Transport transport = transport();
        return transport == null
                ? List.of(new Health.Reason(notConnected, String.valueOf(rejection.why())))
                : transport.whyNotReady();
    }

    @Override
    public Resolution resolve(DeliveryHandle handle) {
        Transport transport = transport();
        if (transport == null) {
            throw new TimeoutException(rejection.why());
        }
        return transport.resolve(handle);
    }

    @Override
    public void flush() {
        Transport transport = transport();
        if (transport != null) { // otherwise no record was taken
            transport.flush();
        }
    }

    @Override
    public void close(Duration timeout) {
        if (connected.cancel(false)) {
            thread.interrupt();
            join(timeout);
        } else if (!connected.isCancelled()) {
            connected.join().close(timeout);
        }
    }

    private void join(Duration timeout) {
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, TimeUnit.MILLISECONDS.convert(timeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
