// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.core.route.EncodedMessage;
import io.kurier.core.route.Route;
import io.kurier.core.route.Routes;
import io.kurier.core.transport.Refusal;
import io.kurier.core.transport.Transport;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The {@link Publisher} over routes and a transport. */
public final class RoutedPublisher implements Publisher {
    private final Routes routes;
    private final Transport transport;
    private final Duration maxWait;
    private final Tally tally = new Tally();
    private final Completions completions = new Completions();
    private final Object closing = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable CloseReport report;

    /**
     * A publisher that is ready.
     *
     * @param routes the declared topics
     * @param transport the way to Kafka; closed with the publisher
     * @param maxWait how long {@code publish} may wait for room
     */
    public RoutedPublisher(Routes routes, Transport transport, Duration maxWait) {
        this.routes = routes;
        this.transport = transport;
        this.maxWait = maxWait;
    }

    @Override
    public CompletableFuture<Receipt> publish(Message<?, ?> message) {
        return carry(message, maxWait);
    }

    @Override
    public CompletableFuture<Receipt> tryPublish(Message<?, ?> message) {
        return carry(message, Duration.ZERO);
    }

    /** One message's way. */
    private CompletableFuture<Receipt> carry(Message<?, ?> message, Duration wait) {
        Delivery delivery = new Delivery(tally, completions);
        try {
            refuseIfClosed(message);
            Route route = routes.of(message); // 1. route
            delivery.on(route);
            try (EncodedMessage records = route.encode(message)) { // 2. encode
                Placement placement = Placement.of(route, message, records.isSequence());
                EncodedRecord next;
                while (!delivery.hasFailed() && (next = records.next()) != null) {
                    EncodedRecord record = route.guard(next); // 3. guard
                    send(record, message.timestamp(), placement, delivery, wait); // 4. partition, 5. send
                }
            }
            delivery.handedOver();
        } catch (PublishException refusal) {
            delivery.refused(refusal);
        } catch (RuntimeException unforeseen) {
            delivery.refused(new PublishException(
                    delivery.alias(), Stage.ROUTE, Outcome.REJECTED, false, "unforeseen: " + unforeseen, unforeseen));
        }
        return delivery.future();
    }

    /** Attempts until Kafka takes the record; between two attempts the caller's thread waits for room. */
    private void send(
            EncodedRecord record, @Nullable Long timestamp, Placement placement, Delivery delivery, Duration wait) {
        Patience patience = new Patience(wait, closed);
        Refusal refusal;
        do {
            int partition = placement.partition(record, transport);
            refusal = partition == Placement.NOT_KNOWN_YET
                    ? Placement.NO_METADATA
                    : delivery.handOver(record, partition, timestamp, transport);
        } while (refusal != null && refusal.isForRoom() && patience.waitForRoom());
        if (refusal != null) {
            throw new PublishException(
                    delivery.alias(),
                    Stage.SEND,
                    Outcome.REJECTED,
                    refusal.isRetriable(),
                    patience.reason(refusal),
                    refusal.cause());
        }
    }

    private void refuseIfClosed(@Nullable Message<?, ?> message) {
        if (closed.get()) {
            throw new PublishException(
                    String.valueOf(Routes.aliasOf(message)),
                    Stage.SEND,
                    Outcome.REJECTED,
                    false,
                    Patience.CLOSED,
                    null);
        }
    }

    @Override
    public CompletableFuture<Void> flush() {
        return closed.get()
                ? CompletableFuture.completedFuture(null)
                : completions.run(transport::flush).thenCompose(flushed -> completions.caughtUp());
    }

    @Override
    public CloseReport close(Duration timeout) {
        synchronized (closing) {
            if (report == null) {
                closed.set(true);
                long deadline = System.nanoTime() + timeout.toNanos();
                transport.close(timeout);
                report = tally.settle();
                completions.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            return report;
        }
    }
}
