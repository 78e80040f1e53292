// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the fake copies from Kafka: each scenario runs on the fake and on a real broker, and must end alike. */
@WithKafka
@Timeout(120)
class FakeLikeKafkaTest {
    private final LocalBroker broker;
    private final TestTopics topics;

    FakeLikeKafkaTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void storesKeysValuesHeadersAndTimestamps() {
        List<String> story = alike(
                Map.of("partitions", "2"),
                (publisher, topic) -> List.of(
                        publisher.publish(
                                Message.of(topic, "k", "v").withPartition(1).withTimestamp(1_234)),
                        publisher.publish(Message.of(topic, "k", "w")
                                .withPartition(1)
                                .withTimestamp(0)
                                .withHeader("trace", "7")
                                .withHeader("trace", "8")
                                .withHeader("none", (byte[]) null))));

        assertThat(story)
                .containsExactly(
                        "stored 1@0 at 1234, 1 records, 1 bytes",
                        "stored 1@1 at 0, 1 records, 1 bytes",
                        "1@0 at 1234 CreateTime 1/1 [107]=[118] []",
                        "1@1 at 0 CreateTime 1/1 [107]=[119] [trace=[55], trace=[56], none=null]");
    }

    @Test
    void storesTombstonesAndEmptyValues() {
        List<String> story = alike(
                Map.of(),
                (publisher, topic) -> List.of(
                        publisher.publish(Message.of(topic, "k", (String) null).withTimestamp(5)),
                        publisher.publish(Message.of(topic, (String) null, "").withTimestamp(6))));

        assertThat(story)
                .containsExactly(
                        "stored 0@0 at 5, 1 records, 0 bytes",
                        "stored 0@1 at 6, 1 records, 0 bytes",
                        "0@0 at 5 CreateTime 1/-1 [107]=null []",
                        "0@1 at 6 CreateTime -1/0 null=[] []");
    }

    @Test
    void putsAKeyIntoKafkasPartition() {
        long seed = System.nanoTime();
        System.out.println("seed of the keys: " + seed);
        Random random = new Random(seed);
        List<String> keys = random.ints(1_000, 0, 40)
                .mapToObj(length -> random.ints(length, 'a', 0x3000)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append))
                .map(StringBuilder::toString)
                .toList();

        List<String> story = alike(
                Map.of("partitions", "6"),
                (publisher, topic) -> keys.stream()
                        .map(key ->
                                publisher.publish(Message.of(topic, key, "v").withTimestamp(1)))
                        .toList());

        assertThat(story).hasSize(2_000);
        for (int partition = 0; partition < 6; partition++) {
            assertThat(story).contains("stored " + partition + "@0 at 1, 1 records, 1 bytes");
        }
    }

    @Test
    void refusesWhatTheClientDoesNotTakeToTheByte() {
        int limit = 1_000;
        // The producer reckons with 61 + 21 bytes around a record, 1 for no key, 2 for the length, 1 for no headers.
        String fits = "x".repeat(limit - 61 - 21 - 1 - 2 - 1);

        List<String> story = alike(
                Map.of("/producer.max.request.size", Integer.toString(limit)),
                (publisher, topic) -> List.of(
                        publisher.tryPublish(
                                Message.of(topic, (String) null, fits).withTimestamp(1)),
                        publisher.tryPublish(topic, null, fits + "x"),
                        publisher.publish(topic, null, fits + "x")));

        assertThat(story).hasSize(4);
        assertThat(story.get(0)).startsWith("stored 0@0");
        assertThat(story.get(1))
                .startsWith("SEND REJECTED final RecordTooLargeException")
                .contains("max.request.size");
        assertThat(story.get(2)).isEqualTo(story.get(1));
    }

    @Test
    void refusesWhatTheBrokerDoesNotTakeToTheByte() {
        int limit = 500;
        // 61 bytes of batch, 2 for the record's length, 3 of the record, 1 for no key, 2 for the length, 1 for no
        // headers.
        String fits = "x".repeat(limit - 61 - 2 - 3 - 1 - 2 - 1);

        List<String> story = alike(
                Map.of("config.max.message.bytes", Integer.toString(limit), "/producer.compression.type", "none"),
                (publisher, topic) -> List.of(
                        finished(publisher.publish(
                                Message.of(topic, (String) null, fits).withTimestamp(1))),
                        finished(publisher.publish(
                                Message.of(topic, (String) null, fits + "x").withTimestamp(1)))));

        assertThat(story).hasSize(3);
        assertThat(story.get(0)).startsWith("stored 0@0");
        assertThat(story.get(1)).startsWith("SEND NOT_STORED final RecordTooLargeException");
    }

    @Test
    void refusesARecordWithoutAKeyInACompactedTopic() {
        List<String> story = alike(
                Map.of("config.cleanup.policy", "compact"),
                (publisher, topic) -> List.of(
                        finished(publisher.publish(topic, null, "v")),
                        finished(publisher.publish(Message.of(topic, "k", "v").withTimestamp(1)))));

        assertThat(story.get(0))
                .isEqualTo("SEND NOT_STORED final InvalidRecordException: Compacted topic cannot accept message without"
                        + " key in topic partition TOPIC-0");
        assertThat(story.get(1)).startsWith("stored 0@0");
    }

    @Test
    void refusesAPartitionThatThereIsNot() {
        List<String> story = alike(
                Map.of("partitions", "2"),
                (publisher, topic) ->
                        List.of(publisher.publish(Message.of(topic, "k", "v").withPartition(2))));

        assertThat(story).singleElement().asString().startsWith("PARTITION REJECTED final");
    }

    @Test
    void refusesWhenItIsClosed() {
        List<String> story = alike(Map.of(), (publisher, topic) -> {
            publisher.close();
            return List.of(publisher.publish(topic, "k", "v"), publisher.tryPublish(topic, "k", "v"));
        });

        assertThat(story).hasSize(2).allSatisfy(end -> assertThat(end).startsWith("SEND REJECTED final"));
    }

    @Test
    void tellsAnotherPartitionCountLikeTheBroker() {
        FakeKafka kafka = new FakeKafka().partitions("orders", 3);
        String onBroker = topics.create("orders", 3);
        Map<String, String> config =
                new HashMap<>(Map.of("topics.orders.value.serializer", "text", "topics.orders.partitions", "6"));
        String fake = startFailure(() -> kafka.start(config, Topic.of("orders", String.class, String.class)));
        config.put("topics.orders.name", onBroker);
        config.put("bootstrap.servers", broker.bootstrapServers());
        String real = startFailure(() -> Kurier.start(config, Topic.of("orders", String.class, String.class)));

        String words = "topics.orders.partitions (code): declared 6, actual 3 in the topic orders";
        assertThat(fake).startsWith(words);
        assertThat(real.replace(onBroker, "orders")).startsWith(words);
    }

    @Test
    void raisesPartitionsWhereThatIsAskedFor() {
        String name = topics.create("orders", 2);
        Topic<String, String> orders = Topic.of("orders", String.class, String.class);
        Map<String, String> config = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "topics.management", "create",
                "topics.orders.name", name,
                "topics.orders.value.serializer", "text",
                "topics.orders.partitions", "4",
                "topics.orders.partitions.increase", "true");
        Message<String, String> message = Message.of(orders, "k", "v").withPartition(3);

        try (Publisher fake = new FakeKafka().partitions(name, 2).start(config, orders);
                Publisher real = Kurier.start(config, orders)) {
            assertThat(finished(fake.publish(message)).join().partition())
                    .isEqualTo(finished(real.publish(message)).join().partition())
                    .isEqualTo(3);
        }
    }

    @Test
    void findsAPlantedDifference() {
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> alike(
                        Map.of(),
                        (publisher, topic) ->
                                List.of(publisher.publish(Message.of(topic, "k", "run " + runs.incrementAndGet())
                                        .withTimestamp(1)))))
                .isInstanceOf(AssertionError.class);
        assertThat(runs).hasValue(2);
    }

    private interface Scenario {
        List<CompletableFuture<Receipt>> run(Publisher publisher, Topic<String, String> topic);
    }

    private interface Start {
        Publisher start();
    }

    /** Runs it in both places and compares: the outcome of each publish, then what is in the log. */
    private List<String> alike(Map<String, String> keys, Scenario scenario) {
        String name = topics.unusedName("like");
        Topic<String, String> topic = Topic.of("t", String.class, String.class);
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        config.put("topics.t.name", name);
        config.put("topics.t.value.serializer", "text");
        keys.forEach((key, value) -> config.put(key.startsWith("/") ? key.substring(1) : "topics.t." + key, value));

        FakeKafka kafka = new FakeKafka();
        List<String> fake = story(() -> kafka.start(config, topic), topic, scenario);
        List<String> real = story(() -> Kurier.start(config, topic), topic, scenario);
        kafka.records(name).forEach(record -> fake.add(text(record)));
        topics.readAll(name).forEach(record -> real.add(text(record)));

        assertThat(fake).isEqualTo(real);
        return fake.stream().map(line -> line.replace(name, "TOPIC")).toList();
    }

    private static List<String> story(Start start, Topic<String, String> topic, Scenario scenario) {
        List<String> story = new ArrayList<>();
        try (Publisher publisher = start.start()) {
            for (CompletableFuture<Receipt> published : scenario.run(publisher, topic)) {
                story.add(finished(published).handle(FakeLikeKafkaTest::text).join());
            }
        }
        return story;
    }

    private static CompletableFuture<Receipt> finished(CompletableFuture<Receipt> published) {
        assertThat(published
                        .handle((receipt, failure) -> true)
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join())
                .isTrue();
        return published;
    }

    private static String text(Receipt receipt, Throwable failure) {
        if (failure == null) {
            return "stored " + receipt.partition() + "@" + receipt.offset() + " at " + receipt.timestamp() + ", "
                    + receipt.records() + " records, " + receipt.valueBytes() + " bytes";
        }
        PublishException publish = (PublishException) failure;
        Throwable cause = publish.getCause();
        return publish.stage() + " " + publish.outcome() + " " + (publish.retriable() ? "retriable" : "final") + " "
                + (cause == null ? publish.getMessage() : cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.key() + "=" + Arrays.toString(header.value()));
        }
        return record.partition() + "@" + record.offset() + " at " + record.timestamp() + " " + record.timestampType()
                + " " + record.serializedKeySize() + "/" + record.serializedValueSize() + " "
                + Arrays.toString(record.key()) + "=" + Arrays.toString(record.value()) + " " + headers;
    }

    private static String startFailure(Start start) {
        try {
            start.start().close(Duration.ZERO);
            return "started";
        } catch (StartException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
