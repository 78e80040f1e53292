// SPDX-License-Identifier: Apache-2.0
package com.example.comingfrom;

import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** With a publisher. */
final class KurierShop implements Shop {
    private static final Logger LOG = LoggerFactory.getLogger(KurierShop.class);

    static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);

    private final Publisher publisher;

    KurierShop(Publisher publisher) {
        this.publisher = publisher;
    }

    static Publisher start(String bootstrap) {
        // region kurier-start
        Publisher publisher = Kurier.start(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "application.id", "shop",
                        "topics.management", "create",
                        "topics.orders.value.serializer", "json",
                        "topics.orders.partitions", "3"),
                ORDERS);
        // endregion
        return publisher;
    }

    // region kurier-beans
    @Configuration(proxyBeanMethods = false)
    static class KurierBeans {
        @Bean
        Publisher publisher(Environment environment) {
            return Kurier.start(
                    Map.of(
                            "bootstrap.servers", environment.getProperty("shop.bootstrap", ""),
                            "application.id", "shop",
                            "topics.management", "create",
                            "topics.orders.value.serializer", "json",
                            "topics.orders.partitions", "3"),
                    ORDERS);
        }
    }
    // endregion

    // region kurier-publish
    @Override
    public void place(Order order) {
        publisher.publish(ORDERS, order.customer(), order).whenComplete((receipt, failure) -> {
            if (failure instanceof PublishException why) {
                LOG.warn("order {}: {} at {}", order.id(), why.outcome(), why.stage());
            } else {
                LOG.info("order {} is stored at offset {}", order.id(), receipt.offset());
            }
        });
    }
    // endregion

    // region kurier-transaction
    @Override
    public void placeAll(List<Order> orders) {
        publisher
                .transaction(transaction -> {
                    for (Order order : orders) {
                        transaction.publish(ORDERS, order.customer(), order);
                    }
                    return orders.size();
                })
                .join();
    }
    // endregion

    @Override
    public void close() {
        publisher.close();
    }
}
