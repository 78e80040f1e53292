// SPDX-License-Identifier: Apache-2.0
package com.example.shop.messaging;

import com.google.inject.AbstractModule;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import java.nio.file.Path;

/** Orders, for the systems of the shop. */
// region orders-module
public final class OrdersModule extends AbstractModule {
    /** Orders by their customers. */
    public static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);

    private final Path config;

    /** With the folder of the properties files. */
    public OrdersModule(Path config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        KurierBinder kurier = KurierBinder.of(binder());
        kurier.properties(config.resolve("orders.properties"));
        kurier.topic(ORDERS)
                .valueSerializer("json")
                .partitioner("by-country")
                .set("partitioner.home", "DE")
                .partitions(6);
    }
}
// endregion
