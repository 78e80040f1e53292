// SPDX-License-Identifier: Apache-2.0
package com.example.json;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Publishes an order as JSON. Run it with the address of a broker. */
public final class PublishJson {
    /** A line of an order. */
    public record Item(String product, int quantity, BigDecimal price) {}

    /** The value that is published; any record, class, map or tree that Jackson can write is allowed. */
    public record Order(String id, Instant placed, List<Item> items) {}

    static final Topic<String, Order> SALES = Topic.of("sales", String.class, Order.class);

    private PublishJson() {}

    public static void main(String... args) {
        Map<String, String> config = Map.of(
                "bootstrap.servers", args.length > 0 ? args[0] : "127.0.0.1:9092",
                "topics.management", "create",
                "topics.sales.value.serializer", "json");
        Order order = new Order(
                "O-1",
                Instant.parse("2026-11-22T09:30:00Z"),
                List.of(new Item("tea", 2, new BigDecimal("4.90")), new Item("cup", 1, new BigDecimal("9.00"))));
        try (Publisher publisher = Kurier.start(config, SALES)) {
            publisher
                    .publish(SALES, order.id(), order)
                    .thenAccept(receipt -> System.out.printf(
                            "%d bytes in %s-%d at offset %d%n",
                            receipt.valueBytes(), receipt.topic(), receipt.partition(), receipt.offset()))
                    .join();
        }
    }
}
