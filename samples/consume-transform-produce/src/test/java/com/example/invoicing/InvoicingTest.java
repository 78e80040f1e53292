// SPDX-License-Identifier: Apache-2.0
package com.example.invoicing;

import static com.example.invoicing.Invoicing.INVOICES;
import static com.example.invoicing.Invoicing.ORDERS;
import static com.example.invoicing.Invoicing.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.example.invoicing.Invoicing.Invoice;
import com.example.invoicing.Invoicing.Order;
import io.kurier.Publisher;
import io.kurier.TransactionException;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to an instance, each order has one invoice. */
@Timeout(180)
class InvoicingTest {
    private static final int CUSTOMERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LocalBroker broker = LocalBroker.start();
    private final TestTopics topics = TestTopics.on(broker);
    private final Publisher shop = publisher("shop");

    /** An instance on a thread of its own, with a publisher of its own, as in a process of its own. */
    private final class Instance implements AutoCloseable {
        private final AtomicInteger invoiced = new AtomicInteger();
        private final Publisher publisher;
        private final Invoicing invoicing;
        private final CompletableFuture<Void> end;

        Instance(String name, Map<String, String> consumer, Function<Order, Invoice> transform) {
            publisher = publisher(name);
            Map<String, String> keys = new HashMap<>(consumer);
            keys.put("bootstrap.servers", broker.bootstrapServers());
            keys.put("heartbeat.interval.ms", "300"); // hears soon of a rebalance
            invoicing = new Invoicing(publisher, keys, order -> {
                invoiced.incrementAndGet();
                return transform.apply(order);
            });
            end = CompletableFuture.runAsync(invoicing, task -> new Thread(task, name).start());
        }

        void awaitPartitions(int count) {
            await().atMost(PATIENCE).until(() -> invoicing.assigned().size() == count);
        }

        void awaitInvoiced(int count) {
            await().atMost(PATIENCE).until(() -> invoiced.get() >= count);
        }

        @Override
        public void close() {
            invoicing.stop();
            try {
                end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            } finally {
                publisher.close();
            }
        }
    }

    @AfterEach
    void close() {
        shop.close();
        topics.close();
        broker.close();
    }

    @Test
    void twoInstancesShareTheOrdersAndOneIsClosedInTheMiddle() {
        try (Instance first = new Instance("first", Map.of("max.poll.records", "10"), Invoice::of)) {
            first.awaitPartitions(4);
            try (Instance second = new Instance("second", Map.of("max.poll.records", "10"), Invoice::of)) {
                first.awaitPartitions(2);
                second.awaitPartitions(2);
                CompletableFuture<Void> placed = CompletableFuture.runAsync(() -> place(1, 800));
                first.awaitInvoiced(50);
                second.awaitInvoiced(50);

                first.close();

                placed.join();
                place(801, 1_000);
                awaitInvoices(1_000);
            }
        }
        assertThat(invoiced()).containsExactlyInAnyOrderElementsOf(ids(1, 1_000));
        assertThat(invoicedOf("C-3")).as("in their order").isEqualTo(idsOf("C-3", 1_000));
    }

    @Test
    void ordersOfATransactionThatWasAbortedAreReadAgain() {
        AtomicBoolean away = new AtomicBoolean(true);
        Function<Order, Invoice> fails = order -> {
            if (order.id().equals("O-250") && away.getAndSet(false)) {
                throw new IllegalStateException("the rates cannot be asked for");
            }
            return Invoice.of(order);
        };
        place(1, 500);
        try (Instance instance = new Instance("only", Map.of(), fails)) {
            awaitInvoices(500);
            assertThat(instance.invoiced).as("some were made twice").hasValueGreaterThan(500);
        }
        assertThat(invoiced()).containsExactlyInAnyOrderElementsOf(ids(1, 500));
    }

    @Test
    void anInstanceThatTheGroupHasGivenUpCommitsNothing() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        Function<Order, Invoice> hanging = order -> {
            if (first.getAndSet(false)) {
                hangs.countDown();
                awaitOpen(goesOn);
            }
            return Invoice.of(order);
        };
        place(1, 100);
        try (Instance slow = new Instance("slow", Map.of("max.poll.interval.ms", "3000"), hanging)) {
            assertThat(hangs.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            try (Instance other = new Instance("other", Map.of(), Invoice::of)) {
                other.awaitPartitions(4);
                awaitInvoices(100);
                goesOn.countDown();
                slow.awaitPartitions(2); // it has tried to commit, and come back

                place(101, 200);
                awaitInvoices(200);
            }
        } finally {
            goesOn.countDown();
        }
        assertThat(invoiced()).containsExactlyInAnyOrderElementsOf(ids(1, 200));
    }

    @Test
    void anOrderOfWhichNoInvoiceCanBeMadeDoesNotHoldTheOthers() {
        shop.publish(ORDERS, "C-1", new Order("O-0", "C-1", BigDecimal.TEN.negate()))
                .join();
        place(1, 10);
        try (Instance instance = new Instance("only", Map.of(), Invoice::of)) {
            instance.awaitPartitions(4);
            awaitInvoices(10);
        }
        assertThat(invoiced()).containsExactlyInAnyOrderElementsOf(ids(1, 10));
        assertThat(topics.readAll(REFUSED.alias(), new TextDeserializer(), new JsonDeserializer<>(Order.class)))
                .singleElement()
                .satisfies(record -> assertThat(record.value().id()).isEqualTo("O-0"));
    }

    @Test
    void anInstanceThatFailsAgainAndAgainEnds() {
        place(1, 10);
        Instance instance = new Instance("only", Map.of(), order -> {
            throw new IllegalStateException("there are no rates");
        });
        assertThatThrownBy(() -> instance.end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TransactionException.class)
                .hasMessageContaining("there are no rates");
        instance.publisher.close();
        assertThat(invoiced()).isEmpty();
    }

    private Publisher publisher(String name) {
        return Kurier.builder()
                .properties(Path.of("kurier.properties"))
                .set("bootstrap.servers", broker.bootstrapServers())
                .set("application.instance.id", name)
                .topics(ORDERS, INVOICES, REFUSED)
                .start();
    }

    private void place(int from, int to) {
        IntStream.rangeClosed(from, to)
                .mapToObj(i -> new Order("O-" + i, customer(i), BigDecimal.valueOf(i)))
                .map(order -> shop.publish(ORDERS, order.customer(), order))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static String customer(int order) {
        return "C-" + order % CUSTOMERS;
    }

    private static List<String> ids(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "O-" + i).toList();
    }

    private static List<String> idsOf(String customer, int to) {
        return IntStream.rangeClosed(1, to)
                .filter(i -> customer(i).equals(customer))
                .mapToObj(i -> "O-" + i)
                .toList();
    }

    /** At least; that there are no more the tests see in the end. */
    private void awaitInvoices(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> invoices().size() >= count);
    }

    private List<String> invoiced() {
        return invoices().stream().map(record -> record.value().order()).toList();
    }

    private List<String> invoicedOf(String customer) {
        return invoices().stream()
                .filter(record -> record.key().equals(customer))
                .map(record -> record.value().order())
                .toList();
    }

    private List<ConsumerRecord<String, Invoice>> invoices() {
        return topics.readAll(INVOICES.alias(), new TextDeserializer(), new JsonDeserializer<>(Invoice.class));
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
