// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.metrics.PublisherMetrics;
import io.kurier.core.route.EncodedSequence;
import io.kurier.core.route.Route;
import io.kurier.core.route.Routes;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.Refusal;
import io.kurier.core.transport.Transport;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The {@link Publisher} over routes and a transport. */
public final class RoutedPublisher implements Publisher {
    private final Lanes lanes;
    private final Transport transport;
    private final Waits waits;
    private final PublisherMetrics metrics;
    private final Object closing = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable CloseReport report;
    private @Nullable ShutdownHook hook;

    /**
     * A publisher that is ready.
     *
     * @param routes the declared topics
     * @param transport the way to Kafka; closed with the publisher
     * @param waits how long it may wait
     * @param listeners told of every outcome
     * @param metrics where it counts; closed with the publisher
     */
    public RoutedPublisher(
            Routes routes,
            Transport transport,
            Waits waits,
            Collection<PublishListener> listeners,
            PublisherMetrics metrics) {
        this.lanes = new Lanes(routes, listeners, metrics);
        this.transport = transport;
        this.waits = waits;
        this.metrics = metrics;
    }

    @Override
    public CompletableFuture<Receipt> publish(Message<?, ?> message) {
        return carry(message, waits.room());
    }

    @Override
    public CompletableFuture<Receipt> tryPublish(Message<?, ?> message) {
        return carry(message, Duration.ZERO);
    }

    @Override
    public <K, V> CompletableFuture<Receipt> publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return carry(topic, key, value, Extras.NONE, waits.room());
    }

    @Override
    public <K, V> CompletableFuture<Receipt> tryPublish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return carry(topic, key, value, Extras.NONE, Duration.ZERO);
    }

    private CompletableFuture<Receipt> carry(@Nullable Message<?, ?> message, Duration wait) {
        if (message == null) { // from callers outside null-checked code
            Delivery nothing = Delivery.begin(lanes.of(null));
            nothing.refused(Routes.noTopic());
            return nothing;
        }
        return carry(message.topic(), message.key(), message.value(), Extras.of(message), wait);
    }

    /** One message's way. */
    private CompletableFuture<Receipt> carry(
            Topic<?, ?> topic, @Nullable Object key, @Nullable Object value, Extras extras, Duration wait) {
        Lane lane = lanes.of(topic);
        Delivery delivery = Delivery.begin(lane);
        try {
            refuseIfClosed(lane);
            Route route = lane.routeOf(topic); // 1. route
            if (route.makesSequence(value)) {
                EncodedSequence records = route.encodeSequence(topic, key, value, extras.headers());
                carryParts(records, route, extras, new Parts(lane, delivery), wait);
            } else {
                EncodedRecord record = route.encode(topic, key, value, extras.headers()); // 2. encode
                record = route.guard(record); // 3. guard
                send(record, extras.timestamp(), lane.placement(extras), delivery, wait); // 4. partition, 5. send
            }
        } catch (Throwable refusal) {
            delivery.refused(asRefused(lane, refusal));
        }
        return delivery;
    }

    /** The same way for a value that is too large for one record: one record after the other. */
    private void carryParts(EncodedSequence records, Route route, Extras extras, Parts parts, Duration wait) {
        try (records) {
            Placement placement = Placement.together(route, extras.partition());
            EncodedRecord next;
            while (!parts.haveFailed() && (next = records.next()) != null) {
                EncodedRecord record = route.guard(next);
                parts.handingOver();
                send(record, extras.timestamp(), placement, parts, wait);
                parts.handedOver();
            }
        } catch (Throwable refusal) {
            parts.refused(asRefused(parts.lane(), refusal));
            return;
        }
        parts.complete();
    }

    /** Attempts until Kafka takes the record; between two attempts the caller's thread waits for room. */
    private void send(
            EncodedRecord record,
            @Nullable Long timestamp,
            Placement placement,
            Acknowledgment acknowledgment,
            Duration wait) {
        Refusal refusal = attempt(record, timestamp, placement, acknowledgment);
        if (refusal == null) {
            return;
        }
        Patience patience = new Patience(wait, closed);
        while (refusal.isForRoom() && patience.waitForRoom()) {
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
        int partition = placement.partition(record, transport);
        return partition == Placement.NOT_KNOWN_YET
                ? Placement.NO_METADATA
                : transport.attempt(record, partition, timestamp, acknowledgment);
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
                        lane.alias(), Stage.ROUTE, Outcome.REJECTED, false, "unforeseen: " + thrown, thrown);
    }

    @Override
    public CompletableFuture<Void> flush() {
        return closed.get()
                ? CompletableFuture.completedFuture(null)
                : lanes.run(transport::flush).thenCompose(flushed -> lanes.caughtUp());
    }

    /** Lets a shutdown of the JVM close the publisher, if nobody has done so before. */
    public void closeAtShutdown() {
        synchronized (closing) {
            hook = ShutdownHook.register(this, waits.close());
        }
    }

    @Override
    public void close() {
        close(waits.close());
    }

    @Override
    public CloseReport close(Duration timeout) {
        synchronized (closing) {
            if (report == null) {
                closed.set(true);
                long deadline = System.nanoTime() + timeout.toNanos();
                transport.close(timeout);
                report = lanes.settle();
                lanes.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                metrics.close();
                if (hook != null) {
                    hook.unregister();
                }
            }
            return report;
        }
    }
}
