// SPDX-License-Identifier: Apache-2.0
package com.example.testing;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Topic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Publishes orders, and handles each outcome as it requires. */
public final class OrderService {
    /** The value that is published. */
    public record Order(String id, String customer, double total) {}

    /** The result of an order. */
    public enum Fate {
        STORED,
        /** It is unknown whether it is stored: to be looked up before it is sent again. */
        PARKED,
        /** Certainly not stored, and reported. */
        FAILED
    }

    /** Receives orders that are not stored; must not block. */
    public interface Desk {
        void park(Order order);

        void alarm(Order order, PublishException reason);
    }

    static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
    private static final int ATTEMPTS = 3;

    private final Publisher publisher;
    private final Desk desk;
    private final Executor afterPause;

    public OrderService(Publisher publisher, Desk desk, Duration pause) {
        this.publisher = publisher;
        this.desk = desk;
        this.afterPause = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Places an order. Never waits, and the future never fails. */
    public CompletableFuture<Fate> place(Order order) {
        return place(order, 1);
    }

    // region react
    private CompletableFuture<Fate> place(Order order, int attempt) {
        return publisher
                .tryPublish(ORDERS, order.customer(), order)
                .handle((receipt, failure) -> failure instanceof PublishException why
                        ? react(order, why, attempt)
                        : CompletableFuture.completedFuture(Fate.STORED))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Fate> react(Order order, PublishException why, int attempt) {
        if (why.outcome() == Outcome.UNKNOWN) {
            desk.park(order); // it may be stored, and sending it again could make it two
            return CompletableFuture.completedFuture(Fate.PARKED);
        }
        if (why.retriable() && attempt < ATTEMPTS) { // REJECTED or NOT_STORED: certainly not there, so again is safe
            return CompletableFuture.supplyAsync(() -> place(order, attempt + 1), afterPause)
                    .thenCompose(Function.identity());
        }
        desk.alarm(order, why);
        return CompletableFuture.completedFuture(Fate.FAILED);
    }
    // endregion
}
