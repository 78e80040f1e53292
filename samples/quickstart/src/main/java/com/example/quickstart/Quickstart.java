// SPDX-License-Identifier: Apache-2.0
package com.example.quickstart;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import java.util.concurrent.CompletableFuture;

/** Publishes one order as JSON. Run it with the address of a broker, such as the one that {@code ./kurier broker} starts. */
public final class Quickstart {
    /** The value that is published; any record, class, map or tree that Jackson can write is allowed. */
    public record Order(String id, String customer, double total) {}

    static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);

    /** Configures the address of the broker and the topic. */
    static final class OrdersModule extends AbstractModule {
        private final String bootstrap;

        OrdersModule(String bootstrap) {
            this.bootstrap = bootstrap;
        }

        @Override
        protected void configure() {
            KurierBinder kurier = KurierBinder.of(binder());
            kurier.set("bootstrap.servers", bootstrap).set("topics.management", "create");
            kurier.topic(ORDERS).valueSerializer("json").partitioner("murmur2").partitions(3);
        }
    }

    private Quickstart() {}

    public static void main(String... args) {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        try (Publisher publisher = Guice.createInjector(new KurierModule(), new OrdersModule(bootstrap))
                .getInstance(Publisher.class)) {
            Order order = new Order("O-1", "C-7", 19.90);
            CompletableFuture<Void> told = publisher
                    .publish(ORDERS, order.customer(), order)
                    .thenAccept(receipt -> System.out.printf(
                            "stored in %s-%d at offset %d%n", receipt.topic(), receipt.partition(), receipt.offset()));
            told.join();
        }
    }
}
