// SPDX-License-Identifier: Apache-2.0
package com.example.shop.app;

import static com.example.shop.messaging.AuditModule.AUDIT;
import static com.example.shop.messaging.OrdersModule.ORDERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.shop.messaging.AuditModule;
import com.example.shop.messaging.Order;
import com.example.shop.messaging.OrdersModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.name.Names;
import com.google.inject.util.Modules;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.FakeKafka;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The modules of production, each on a fake Kafka of its own: serializers, plugins and partitions are the real ones. */
// region fake
class OrderDeskTest {
    private static final Path CONFIG = Path.of("../config");

    private final FakeKafka shopKafka = new FakeKafka();
    private final FakeKafka auditKafka = new FakeKafka();
    private final Injector injector = Guice.createInjector(
            KurierModule.named("orders", on(shopKafka, new OrdersModule(CONFIG))),
            KurierModule.named("audit", on(auditKafka, new AuditModule(CONFIG))));
    private final OrderDesk desk = injector.getInstance(OrderDesk.class);

    private static Module on(FakeKafka kafka, Module module) {
        return Modules.override(module)
                .with(binder -> KurierBinder.of(binder)
                        .set("bootstrap.servers", "nowhere:9092")
                        .transport(kafka));
    }
    // endregion

    @AfterEach
    void close() {
        injector.getInstance(Key.get(Publisher.class, Names.named("orders"))).close();
        injector.getInstance(Key.get(Publisher.class, Names.named("audit"))).close();
    }

    @Test
    void anOrderGoesToItsCountryAndIsNoted() {
        Order order = new Order("O-1", "C-7", "FR", 19.90);

        desk.place(order, "ada").join();

        ConsumerRecord<String, Order> stored = shopKafka
                .records(ORDERS, new TextDeserializer(), new JsonDeserializer<>(Order.class))
                .get(0);
        assertEquals("C-7", stored.key());
        assertEquals(order, stored.value());
        assertTrue(stored.partition() > 0);
        assertEquals(
                "ada\tplaced\tO-1", new String(auditKafka.records(AUDIT).get(0).value(), UTF_8));
    }

    @Test
    void ordersOfTheHomeCountryHaveAPartitionForThemselves() {
        assertEquals(
                0, desk.place(new Order("O-1", "C-7", "DE", 1), "ada").join().partition());
    }

    @Test
    void anOrderThatIsNotStoredIsNotNoted() {
        shopKafka.topic(ORDERS).dropAcks(1);

        CompletionException failed = assertThrows(
                CompletionException.class,
                () -> desk.place(new Order("O-1", "C-7", "DE", 1), "ada").join());

        PublishException why = assertInstanceOf(PublishException.class, failed.getCause());
        assertEquals(Outcome.UNKNOWN, why.outcome());
        assertEquals(0, auditKafka.records("audit").size());
    }
}
