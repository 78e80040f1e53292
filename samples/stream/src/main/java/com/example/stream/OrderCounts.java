// SPDX-License-Identifier: Apache-2.0
package com.example.stream;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.serializers.avro.AvroSerde;
import io.kurier.serializers.json.JsonSerde;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers;

/** Publishes orders, and counts them by product and time as they come. Any number of processes share the counting. */
public final class OrderCounts {
    /** How often a product was ordered from a time, inclusive, to a time, exclusive. */
    public record OrderCount(String product, Instant from, Instant to, long orders) {
        static OrderCount of(Windowed<String> product, long orders) {
            return new OrderCount(
                    product.key(),
                    product.window().startTime(),
                    product.window().endTime(),
                    orders);
        }
    }

    /** {@code Order} is generated from {@code order.avsc}. */
    static final Topic<String, Order> ORDERS = Topic.of("placed-orders", String.class, Order.class);

    static final Topic<String, OrderCount> COUNTS = Topic.of("order-counts", String.class, OrderCount.class);

    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** For how long a window waits for orders that come late, in the time of the orders. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final List<String> PRODUCTS = List.of("apples", "cherries", "figs", "pears");
    private static final int PAUSE_MS = 10;

    private OrderCounts() {}

    // region topology
    static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        AvroSerde<Order> orders = new AvroSerde<>(Order.class);
        builder.stream(ORDERS.alias(), Consumed.with(Serdes.String(), orders))
                .groupBy((customer, order) -> order.getProduct(), Grouped.with("by-product", Serdes.String(), orders))
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
                .count()
                .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                .toStream()
                .map((product, count) -> KeyValue.pair(product.key(), OrderCount.of(product, count)))
                .peek((product, count) -> System.out.printf(
                        "%s to %s: %d orders of %s%n", count.from(), count.to(), count.orders(), product))
                .to(COUNTS.alias(), Produced.with(Serdes.String(), new JsonSerde<>(OrderCount.class)));
        return builder.build();
    }
    // endregion

    /**
     * Keys of Kafka Streams.
     *
     * @param state a folder of this process alone; the counts are in memory, and in a topic from which another process
     *     or the next start has them
     */
    static Properties config(String bootstrap, Path state) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "order-counts");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG, InMemoryDslStoreSuppliers.class);
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return config;
    }

    /** The publisher creates both topics, which Kafka Streams does not do. */
    static Publisher publisher(String bootstrap) {
        return Kurier.builder()
                .properties(Path.of("kurier.properties"))
                .set("bootstrap.servers", bootstrap)
                .topics(ORDERS, COUNTS)
                .start();
    }

    /** Leaves the group, so that another process takes over at once; without that it waits for a time-out. */
    static void close(KafkaStreams streams) {
        streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }

    // region publish
    /** The time of the record is that of the order, and decides about the window. */
    static CompletableFuture<Receipt> publish(Publisher publisher, Order order) {
        return publisher.publish(Message.of(ORDERS, order.getCustomer(), order)
                .withTimestamp(order.getPlaced().toEpochMilli()));
    }
    // endregion

    public static void main(String... args) throws Exception {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        Path state = Files.createTempDirectory("order-counts");
        Thread main = Thread.currentThread();
        try (Publisher publisher = publisher(bootstrap);
                KafkaStreams streams = new KafkaStreams(topology(), config(bootstrap, state))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                close(streams);
                try {
                    main.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            streams.start();
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (long n = 0; streams.state().isRunningOrRebalancing(); n++) {
                String product = PRODUCTS.get((int) Math.sqrt(random.nextInt(PRODUCTS.size() * PRODUCTS.size())));
                Order order = new Order("O-" + n, "C-" + random.nextInt(100), product, Instant.now());
                publish(publisher, order).exceptionally(failure -> {
                    System.err.printf("%s: %s%n", order.getId(), failure.getMessage());
                    return null;
                });
                Thread.sleep(PAUSE_MS);
            }
        }
    }
}
