// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeKafkaTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Map<String, String> CONFIG = Map.of("topics.orders.value.serializer", "text");

    private final FakeKafka kafka = new FakeKafka();

    @Test
    void rotatesWithoutAnEffect() {
        try (Publisher publisher = kafka.start(CONFIG, ORDERS)) {
            publisher.rotate().join();

            assertThat(publisher.publish(ORDERS, "k", "v").join().offset()).isZero();
        }
    }

    @Test
    void recordsWhatWasPublished() {
        try (Publisher publisher = kafka.start(CONFIG, ORDERS)) {
            Message<String, String> message =
                    Message.of(ORDERS, "C-7", "ink").withHeader("trace", "7").withTimestamp(1_234);
            Receipt receipt = publisher.publish(message).join();

            assertThat(receipt).isEqualTo(new Receipt("orders", 0, 0, 1_234, 1, 3));
        }

        ConsumerRecord<String, String> order = decoded().get(0);
        assertThat(order.topic()).isEqualTo("orders");
        assertThat(order.key()).isEqualTo("C-7");
        assertThat(order.value()).isEqualTo("ink");
        assertThat(order.timestamp()).isEqualTo(1_234);
        assertThat(order.headers().lastHeader("trace").value()).isEqualTo("7".getBytes(UTF_8));
        assertThat(kafka.records("orders"))
                .singleElement()
                .satisfies(bytes -> assertThat(bytes.value()).isEqualTo("ink".getBytes(UTF_8)));
    }

    @Test
    void hasTheRecordBeforePublishReturns() {
        try (Publisher publisher = kafka.start(CONFIG, ORDERS)) {
            publisher.publish(ORDERS, "C-7", "ink");

            assertThat(kafka.records(ORDERS)).hasSize(1);
        }
    }

    @Test
    void hasNothingOfWhatAGuardRefuses() {
        Map<String, String> guarded = Map.of(
                "topics.orders.value.serializer", "text",
                "topics.orders.required.headers", "tenant");
        try (Publisher publisher = kafka.start(guarded, ORDERS)) {
            publisher.publish(Message.of(ORDERS, "C-7", "ink").withHeader("tenant", "a"));

            assertThatThrownBy(() -> publisher.publish(ORDERS, "C-8", "pen").join())
                    .hasMessageContaining("GUARD")
                    .hasMessageContaining("the record lacks tenant");
        }
        assertThat(decoded())
                .singleElement()
                .satisfies(order -> assertThat(order.value()).isEqualTo("ink"));
    }

    @Test
    void givesNobodyItsOwnBytes() {
        try (Publisher publisher = kafka.start(CONFIG, ORDERS)) {
            publisher.publish(Message.of(ORDERS, "C-7", "ink").withHeader("trace", "7"));
        }
        ConsumerRecord<byte[], byte[]> read = kafka.records(ORDERS).get(0);
        Arrays.fill(read.value(), (byte) 0);
        read.headers().remove("trace");

        assertThat(decoded().get(0).value()).isEqualTo("ink");
        assertThat(decoded().get(0).headers()).hasSize(1);
    }

    @Test
    void keepsKeysInTheirPartitionAndGoesRoundWithoutKeys() {
        try (Publisher publisher = kafka.start(withPartitions(6), ORDERS)) {
            for (int i = 0; i < 6; i++) {
                publisher.publish(ORDERS, null, "keyless");
            }
            for (int i = 0; i < 6; i++) {
                publisher.publish(ORDERS, "C-7", "keyed " + i);
            }
        }

        assertThat(decoded().stream().filter(order -> order.key() == null))
                .extracting(ConsumerRecord::partition)
                .containsExactly(0, 1, 2, 3, 4, 5);
        List<ConsumerRecord<String, String>> keyed =
                decoded().stream().filter(order -> order.key() != null).toList();
        assertThat(keyed)
                .extracting(ConsumerRecord::partition)
                .containsOnly(keyed.get(0).partition());
        assertThat(keyed)
                .extracting(ConsumerRecord::value)
                .isEqualTo(IntStream.range(0, 6).mapToObj(i -> "keyed " + i).toList());
        assertThat(keyed).extracting(ConsumerRecord::offset).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void hasThePartitionsThatATestGivesATopic() {
        kafka.partitions("orders", 3);
        try (Publisher publisher = kafka.start(CONFIG, ORDERS)) {
            Message<String, String> message = Message.of(ORDERS, "C-7", "ink");
            assertThat(publisher.publish(message.withPartition(2)).join().partition())
                    .isEqualTo(2);
            assertThat(Verb.failure(publisher.publish(message.withPartition(3))))
                    .hasMessageContaining("partition 3, and orders has 3");

            kafka.partitions("orders", 4);
            assertThat(publisher.publish(message.withPartition(3)).join().partition())
                    .isEqualTo(3);
        }
        assertThatThrownBy(() -> kafka.partitions("orders", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders cannot have 2 partitions: it has 4");
    }

    @Test
    void stopsAStartThatDeclaresOtherPartitionsThanThereAre() {
        kafka.partitions("orders", 3);

        assertThatThrownBy(() -> kafka.start(withPartitions(6), ORDERS))
                .isInstanceOf(StartException.class)
                .hasMessage("topics.orders.partitions (code): declared 6, actual 3 in the topic orders of the fake."
                        + " Change the declaration, or what the test or an earlier publisher said.");
    }

    @Test
    void readsTheConfigurationLikeARealStart() {
        assertThatThrownBy(() -> kafka.start(Map.of("topics.orders.value.serialiser", "text"), ORDERS))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("topics.orders.value.serialiser")
                .hasMessageContaining("Did you mean");
    }

    @Test
    void findsATopicByItsAliasAndByItsName() {
        assertThatThrownBy(() -> kafka.records("orders"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("there is no topic orders to read from; this fake has []");
        assertThatThrownBy(() -> kafka.topic(ORDERS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no publisher that declares the topic orders has been started");

        Map<String, String> production =
                Map.of("topics.orders.value.serializer", "text", "topics.orders.name", "shop.orders");
        try (Publisher publisher = kafka.start(production, ORDERS)) {
            assertThat(publisher.publish(ORDERS, "C-7", "ink").join().topic()).isEqualTo("shop.orders");
        }
        assertThat(kafka.records(ORDERS)).hasSize(1);
        assertThat(kafka.records("shop.orders")).hasSize(1);
        assertThat(kafka.topic(ORDERS)).isSameAs(kafka.topic("shop.orders"));

        kafka.start(CONFIG, ORDERS).close();
        assertThatThrownBy(() -> kafka.records(ORDERS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[orders, shop.orders]");
    }

    @Test
    void isSharedByPublishersAndOutlivesThem() {
        try (Publisher first = kafka.start(CONFIG, ORDERS);
                Publisher second = kafka.start(CONFIG, ORDERS)) {
            assertThat(first.publish(ORDERS, "C-7", "ink").join().offset()).isZero();
            first.close();
            assertThat(second.publish(ORDERS, "C-7", "paper").join().offset()).isEqualTo(1);
        }

        assertThat(decoded()).extracting(ConsumerRecord::value).containsExactly("ink", "paper");
    }

    @Test
    void standsInAGuiceModule() {
        Publisher publisher = Guice.createInjector(new KurierModule(), new AbstractModule() {
                    @Override
                    protected void configure() {
                        KurierBinder kurier = KurierBinder.of(binder());
                        kurier.set("bootstrap.servers", "fake:9092").transport(kafka);
                        kurier.topic(ORDERS).valueSerializer("text");
                    }
                })
                .getInstance(Publisher.class);
        try (publisher) {
            publisher.publish(ORDERS, "C-7", "ink").join();
        }

        assertThat(decoded()).extracting(ConsumerRecord::value).containsExactly("ink");
    }

    @Test
    void keepsTheOrderOfEachOfManyThreads() throws Exception {
        int threads = 8;
        int each = 500;
        Set<String> completing = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(threads * each);
        try (Publisher publisher = kafka.start(withPartitions(3), ORDERS)) {
            CompletableFuture<?>[] callers = IntStream.range(0, threads)
                    .mapToObj(caller -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < each; i++) {
                            publisher
                                    .publish(ORDERS, "caller " + caller, Integer.toString(i))
                                    .thenRun(() -> {
                                        completing.add(Thread.currentThread().getName());
                                        done.countDown();
                                    });
                        }
                    }))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(callers).get(30, TimeUnit.SECONDS);
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }

        for (int caller = 0; caller < threads; caller++) {
            String key = "caller " + caller;
            assertThat(decoded().stream().filter(record -> record.key().equals(key)))
                    .extracting(ConsumerRecord::value)
                    .isEqualTo(
                            IntStream.range(0, each).mapToObj(Integer::toString).toList());
        }
        assertThat(completing).isNotEmpty().noneMatch(thread -> thread.startsWith("fake-kafka-io"));
    }

    private List<ConsumerRecord<String, String>> decoded() {
        return kafka.records(ORDERS, new StringDeserializer(), new StringDeserializer());
    }

    private static Map<String, String> withPartitions(int partitions) {
        return Map.of(
                "topics.orders.value.serializer", "text", "topics.orders.partitions", Integer.toString(partitions));
    }
}
