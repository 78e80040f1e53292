// SPDX-License-Identifier: Apache-2.0
package com.example.invoicing;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.Transaction;
import io.kurier.TransactionException;
import io.kurier.core.Kurier;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads orders and publishes an invoice for each, exactly once, in any number of processes: what was read and what was
 * published are committed in one transaction.
 */
public final class Invoicing implements Runnable {
    /** What is read. */
    public record Order(String id, String customer, BigDecimal total) {}

    /** What is published. */
    public record Invoice(String order, String customer, BigDecimal due) {
        static Invoice of(Order order) {
            if (order.total().signum() < 0) {
                throw new IllegalArgumentException("the total is negative");
            }
            return new Invoice(order.id(), order.customer(), order.total().multiply(new BigDecimal("1.19")));
        }
    }

    static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
    static final Topic<String, Invoice> INVOICES = Topic.of("invoices", String.class, Invoice.class);

    /** Orders of which no invoice can be made, however often it is tried. */
    static final Topic<String, Order> REFUSED = Topic.of("refused-orders", String.class, Order.class);

    private static final int ATTEMPTS = 3;
    private static final Duration LONGEST_POLL = Duration.ofMillis(200);

    private final Publisher publisher;
    private final KafkaConsumer<String, Order> consumer;
    private final Function<Order, Invoice> transform;
    private final Set<TopicPartition> assigned = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private int failures;

    /**
     * An instance; {@link #run} starts it.
     *
     * @param consumer keys of Kafka's consumer, which take the place of those that are set here
     */
    Invoicing(Publisher publisher, Map<String, String> consumer, Function<Order, Invoice> transform) {
        this.publisher = publisher;
        Map<String, Object> keys = new HashMap<>(Map.of(
                "group.id",
                "invoicing",
                "enable.auto.commit",
                false, // the transactions commit
                "isolation.level",
                "read_committed", // orders of transactions that were aborted are no orders
                "auto.offset.reset",
                "earliest",
                "default.api.timeout.ms",
                120_000, // for rewind: more than transactions.timeout.ms
                "max.poll.records",
                100)); // at most, in one transaction
        keys.putAll(consumer);
        this.consumer = new KafkaConsumer<>(keys, new TextDeserializer(), new JsonDeserializer<>(Order.class));
        this.transform = transform;
    }

    /** Until {@link #stop}, on one thread: a transaction for what each poll returns. */
    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(List.of(ORDERS.alias()), new Rebalances());
            while (!stopped) {
                ConsumerRecords<String, Order> records = consumer.poll(LONGEST_POLL);
                if (!records.isEmpty()) {
                    invoice(records);
                }
            }
        }
    }

    /** Lets {@link #run} end after the transaction that is open. */
    void stop() {
        stopped = true;
    }

    /** The partitions that it reads now. */
    Set<TopicPartition> assigned() {
        return Set.copyOf(assigned);
    }

    private void invoice(ConsumerRecords<String, Order> records) {
        Map<TopicPartition, OffsetAndMetadata> next = records.nextOffsets();
        ConsumerGroupMetadata group = consumer.groupMetadata(); // here, since the work runs on a thread of Kurier's
        try {
            publisher
                    .transaction(transaction -> {
                        for (ConsumerRecord<String, Order> order : records) {
                            invoice(order, transaction);
                        }
                        transaction.sendOffsets(next, group);
                        return null;
                    })
                    .join();
            failures = 0;
            System.out.printf("invoiced %d orders%n", records.count());
        } catch (CompletionException e) {
            TransactionException failure = (TransactionException) e.getCause(); // it fails with nothing else
            failures++;
            System.err.printf("attempt %d of %d: %s%n", failures, ATTEMPTS, failure.getMessage());
            if (failures == ATTEMPTS) {
                throw failure; // this instance ends, and another one has its partitions
            }
            rewind();
        }
    }

    private void invoice(ConsumerRecord<String, Order> order, Transaction transaction) {
        Invoice invoice;
        try {
            invoice = transform.apply(order.value());
        } catch (IllegalArgumentException e) {
            transaction.publish(REFUSED, order.key(), order.value());
            return;
        }
        transaction.publish(INVOICES, order.key(), invoice);
    }

    /**
     * Goes back to the first order that does not count as read. Where that is the group knows: its offsets are part of the
     * transactions, and Kafka returns them when no transaction is open that would change them (KIP-447). So they are right
     * after an abort, and also if it is unknown whether the transaction was committed.
     */
    private void rewind() {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(consumer.assignment());
        for (TopicPartition partition : consumer.assignment()) {
            OffsetAndMetadata next = committed.get(partition);
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
    }

    /**
     * Has nothing to commit: it is called within {@code poll}, and every transaction has ended before that. A member that the
     * group has given up meanwhile commits nothing more, since its transaction names the group's generation that it knows.
     */
    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            assigned.removeAll(partitions);
            System.out.println("gives up " + partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned.addAll(partitions);
            failures = 0; // those were failures of an earlier share of the orders
            System.out.println("reads " + partitions);
        }
    }

    public static void main(String... args) {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        String instance = args.length > 1 ? args[1] : "0";
        try (Publisher publisher = Kurier.builder()
                .properties(Path.of("kurier.properties"))
                .set("bootstrap.servers", bootstrap)
                .set("application.instance.id", instance) // of processes that run at one time, each has another
                .topics(ORDERS, INVOICES, REFUSED)
                .start()) {
            IntStream.rangeClosed(1, 1_000)
                    .mapToObj(i -> new Order("O-" + i, "C-" + i % 7, BigDecimal.valueOf(i)))
                    .map(order -> publisher.publish(ORDERS, order.customer(), order))
                    .toList()
                    .forEach(CompletableFuture::join);
            Invoicing invoicing = new Invoicing(publisher, Map.of("bootstrap.servers", bootstrap), Invoice::of);
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                invoicing.stop();
                try {
                    main.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            invoicing.run();
        }
    }
}
