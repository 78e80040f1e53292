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
 * Reads orders and publishes an invoice for each, exactly once, in any number of processes: the consumed offsets and
 * the published records are committed in one transaction.
 */
public final class Invoicing implements Runnable {
    /** The value that is read. */
    public record Order(String id, String customer, BigDecimal total) {}

    /** The value that is published. */
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

    /** Orders for which no invoice can be made, however often it is tried. */
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
     * Creates an instance; {@link #run} starts it.
     *
     * @param publisher publishes the invoices
     * @param consumer keys of Kafka's consumer, which replace those that are set here
     * @param transform makes an invoice of an order
     */
    Invoicing(Publisher publisher, Map<String, String> consumer, Function<Order, Invoice> transform) {
        this.publisher = publisher;
        Map<String, Object> keys = new HashMap<>(Map.of(
                "group.id",
                "invoicing",
                "enable.auto.commit",
                false, // the transactions commit
                "isolation.level",
                "read_committed", // orders of aborted transactions must not be read
                "auto.offset.reset",
                "earliest",
                "default.api.timeout.ms",
                120_000, // for rewind: more than transactions.timeout.ms
                "max.poll.records",
                100)); // the maximum in one transaction
        keys.putAll(consumer);
        this.consumer = new KafkaConsumer<>(keys, new TextDeserializer(), new JsonDeserializer<>(Order.class));
        this.transform = transform;
    }

    /** Runs until {@link #stop}, on one thread, with one transaction for the records of each poll. */
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

    /** Ends {@link #run} after the transaction that is open. */
    void stop() {
        stopped = true;
    }

    /** Returns the partitions that it reads now. */
    Set<TopicPartition> assigned() {
        return Set.copyOf(assigned);
    }

    private void invoice(ConsumerRecords<String, Order> records) {
        Map<TopicPartition, OffsetAndMetadata> next = records.nextOffsets();
        ConsumerGroupMetadata group = consumer.groupMetadata(); // here, since the callback runs on a thread of Kurier's
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
            TransactionException failure = (TransactionException) e.getCause(); // the only exception it fails with
            failures++;
            System.err.printf("attempt %d of %d: %s%n", failures, ATTEMPTS, failure.getMessage());
            if (failures == ATTEMPTS) {
                throw failure; // this instance ends, and another one takes over its partitions
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
     * Goes back to the first order that does not count as read. The group knows that position: its offsets are part of
     * the transactions, and Kafka returns them when no open transaction would change them (KIP-447). So they are right
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
     * Does not have to commit: it is called within {@code poll}, and every transaction has ended before that. A member
     * that the group has removed meanwhile commits nothing more, since its transaction carries the generation of the
     * group that it knows.
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
            failures = 0; // those were failures with an earlier assignment
            System.out.println("reads " + partitions);
        }
    }

    public static void main(String... args) {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        String instance = args.length > 1 ? args[1] : "0";
        try (Publisher publisher = Kurier.builder()
                .properties(Path.of("kurier.properties"))
                .set("bootstrap.servers", bootstrap)
                .set("application.instance.id", instance) // different for each concurrent process
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
