// SPDX-License-Identifier: Apache-2.0
// region class
package com.example.first;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Publishes orders as JSON, and prints where they are stored. */
public final class FirstPublish {
    record Order(String id, String customer, double total) {}

    private static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);

    private FirstPublish() {}

    public static void main(String[] args) {
        Map<String, String> config = Map.of(
                "bootstrap.servers", args.length > 0 ? args[0] : "127.0.0.1:9092",
                "topics.management", "create",
                "topics.orders.value.serializer", "json",
                "topics.orders.partitions", "3");
        List<Order> orders =
                List.of(new Order("O-1", "Ada", 19.90), new Order("O-2", "Grace", 7.50), new Order("O-3", "Ada", 3.25));

        try (Publisher publisher = Kurier.start(config, ORDERS)) {
            List<CompletableFuture<Receipt>> receipts = orders.stream()
                    .map(order -> publisher.publish(ORDERS, order.customer(), order))
                    .toList();
            for (int i = 0; i < orders.size(); i++) {
                Receipt receipt = receipts.get(i).join();
                System.out.println(orders.get(i).id() + " is stored in " + receipt.topic() + "-" + receipt.partition()
                        + " at offset " + receipt.offset());
            }
        }
    }
}
// endregion
