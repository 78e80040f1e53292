// SPDX-License-Identifier: Apache-2.0
package com.example.shop.app;

import com.example.shop.messaging.Order;
import com.example.shop.plugins.AuditEntry;
import com.example.shop.plugins.ByCountryPlugin;
import com.google.inject.Inject;
import io.kurier.Receipt;
import io.kurier.TopicPublisher;
import java.util.concurrent.CompletableFuture;

/** Accepts orders. It uses two topics, and does not depend on clusters or formats. */
// region order-desk
final class OrderDesk {
    private final TopicPublisher<String, Order> orders;
    private final TopicPublisher<String, AuditEntry> audit;

    @Inject
    OrderDesk(TopicPublisher<String, Order> orders, TopicPublisher<String, AuditEntry> audit) {
        this.orders = orders;
        this.audit = audit;
    }

    /** Publishes an order, and notes it once it is stored. */
    CompletableFuture<Receipt> place(Order order, String user) {
        return orders.publish(
                        orders.message(order.customer(), order).withHeader(ByCountryPlugin.COUNTRY, order.country()))
                .thenCompose(stored -> audit.publish(user, new AuditEntry(user, "placed", order.id()))
                        .thenApply(noted -> stored));
    }
}
// endregion
