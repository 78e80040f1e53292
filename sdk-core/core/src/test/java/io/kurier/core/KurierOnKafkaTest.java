// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The facade on a real BROKER. */
@Timeout(120)
class KurierOnKafkaTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final LocalBroker BROKER = LocalBroker.start();

    private final String name = "t" + NAMES.incrementAndGet();
    private final Topic<String, String> topic = Topic.of(name, String.class, String.class);

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void storesKeyValueHeadersTimestampAndPartition() {
        try (Publisher publisher = start(Map.of("topics.%s.partitions", "3"))) {
            Receipt receipt = publisher
                    .publish(Message.of(topic, "k", "v")
                            .withHeader("trace", "7")
                            .withPartition(2)
                            .withTimestamp(1_234))
                    .join();

            assertThat(receipt).isEqualTo(new Receipt(name, 2, 0, 1_234, 1, 1));
        }
        ConsumerRecord<String, String> record = readAll(3).get(0);
        assertThat(record.key()).isEqualTo("k");
        assertThat(record.value()).isEqualTo("v");
        assertThat(record.timestamp()).isEqualTo(1_234);
        assertThat(record.headers().lastHeader("trace").value()).isEqualTo("7".getBytes(UTF_8));
    }

    @Test
    void takesTheFirstRecordOfTryPublishStraightAfterTheStart() {
        try (Publisher publisher = start(Map.of())) {
            assertThat(publisher.tryPublish(topic, "k", "v").join().hasOffset()).isTrue();
        }
    }

    @Test
    void keepsTheOrderOfAThreadThroughAFullBuffer() {
        int count = 20_000;
        try (Publisher publisher = start(Map.of("producer.buffer.memory", "65536", "producer.batch.size", "4096"))) {
            List<CompletableFuture<Receipt>> all = IntStream.range(0, count)
                    .mapToObj(i -> publisher.publish(topic, "k", "value " + i))
                    .toList();
            assertThat(all)
                    .allSatisfy(future -> assertThat(future.join().hasOffset()).isTrue());
            assertThat(publisher.close(Duration.ofSeconds(30))).isEqualTo(new CloseReport(count, count, 0, 0, 0));
        }
        assertThat(readAll(1))
                .extracting(ConsumerRecord::value)
                .isEqualTo(IntStream.range(0, count).mapToObj(i -> "value " + i).toList());
    }

    @Test
    void sendsALargeValueAsRecordsOfOnePartition() {
        try (Publisher publisher = start(Map.of("topics.%s.partitions", "5", "topics.%s.value.serializer", "chunks"))) {
            assertThat(publisher.publish(topic, null, "one two three").join().records())
                    .isEqualTo(3);
        }
        List<ConsumerRecord<String, String>> records = readAll(5);
        assertThat(records).extracting(ConsumerRecord::value).containsExactly("one", "two", "three");
        assertThat(records)
                .extracting(ConsumerRecord::partition)
                .containsOnly(records.get(0).partition());
    }

    @Test
    void refusesACompactedTopicForLargeValues() {
        assertThatThrownBy(() -> start(Map.of(
                                "topics.%s.value.serializer", "chunks",
                                "topics.%s.config.cleanup.policy", "compact,delete"))
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("may become several records of one key, and config.cleanup.policy=compact");
    }

    @Test
    void rejectsARecordThatTheClientCannotSend() {
        try (Publisher publisher = start(Map.of("producer.max.request.size", "1000"))) {
            PublishException failure = failure(publisher.publish(topic, null, "x".repeat(2_000)));

            assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(failure.stage()).isEqualTo(Stage.SEND);
            assertThat(failure.retriable()).isFalse();
        }
    }

    @Test
    void tellsThatTheBrokerDidNotStoreARecordThatIsTooLarge() {
        try (Publisher publisher =
                start(Map.of("topics.%s.config.max.message.bytes", "1000", "producer.compression.type", "none"))) {
            PublishException failure = failure(publisher.publish(topic, null, "x".repeat(2_000)));

            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failure.retriable()).isFalse();
        }
        assertThat(readAll(1)).isEmpty();
    }

    @Test
    void letsTheNeighboursOfAPoisonRecordTryAgain() {
        // A compacted topic refuses a record without a key, and with it the whole batch.
        try (Publisher publisher =
                start(Map.of("topics.%s.config.cleanup.policy", "compact", "producer.linger.ms", "500"))) {
            CompletableFuture<Receipt> neighbour = publisher.publish(topic, "k", "sound");
            CompletableFuture<Receipt> poison = publisher.publish(topic, null, "no key");
            publisher.flush().join();

            assertThat(failure(poison).outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failure(poison).retriable()).isFalse();
            assertThat(failure(neighbour).outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failure(neighbour).retriable()).isTrue();
        }
        assertThat(readAll(1)).isEmpty();
    }

    @Test
    void doesNotKnowWhatBecameOfARecordWhoseBrokerHasGone() {
        LocalBroker mortal = LocalBroker.start();
        Map<String, String> config = config(
                name,
                Map.of(
                        "producer.delivery.timeout.ms", "6000",
                        "producer.request.timeout.ms", "1000",
                        "producer.linger.ms", "5000"));
        config.put("bootstrap.servers", mortal.bootstrapServers());
        try (Publisher publisher = Kurier.start(config)) {
            CompletableFuture<Receipt> open = publisher.publish(topic, null, "taken, and not sent yet");
            mortal.close();

            assertThat(failure(open).outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(failure(open).stage()).isEqualTo(Stage.SEND);
        } finally {
            mortal.close();
        }
    }

    @Test
    void failsWhatIsNotAcknowledgedAtTheClose() {
        LocalBroker mortal = LocalBroker.start();
        Map<String, String> config = config(name, Map.of("producer.linger.ms", "20000"));
        config.put("bootstrap.servers", mortal.bootstrapServers());
        try (Publisher publisher = Kurier.start(config)) {
            CompletableFuture<Receipt> open = publisher.publish(topic, null, "v");
            mortal.close();

            CloseReport report = publisher.close(Duration.ofMillis(100));

            assertThat(report).isEqualTo(new CloseReport(1, 0, 0, 0, 1));
            assertThat(failure(open).outcome()).isEqualTo(Outcome.UNKNOWN);
        } finally {
            mortal.close();
        }
    }

    @Test
    void failsAtAnInterruptOfTheCloseWhatIsNotAcknowledged() {
        LocalBroker mortal = LocalBroker.start();
        Map<String, String> config = config(name, Map.of("producer.linger.ms", "20000"));
        config.put("bootstrap.servers", mortal.bootstrapServers());
        try (Publisher publisher = Kurier.start(config)) {
            CompletableFuture<Receipt> open = publisher.publish(topic, null, "v");
            mortal.close();

            Thread.currentThread().interrupt();
            CloseReport report = publisher.close(Duration.ofSeconds(30));

            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            assertThat(report).isEqualTo(new CloseReport(1, 0, 0, 0, 1));
            assertThat(failure(open).outcome()).isEqualTo(Outcome.UNKNOWN);
        } finally {
            mortal.close();
        }
    }

    @Test
    void asksNothingOfTheClusterWhereManagementIsOff() {
        start(Map.of("topics.%s.partitions", "2")).close();
        Map<String, String> config =
                config(name, Map.of("topics.%s.partitions", "7", "topics.%s.partitioner", "first-byte"));
        config.put("topics.management", "off");

        try (Publisher publisher = Kurier.start(config)) {
            assertThat(publisher.publish(topic, null, "1").join().partition()).isEqualTo(1);
            assertThat(failure(publisher.publish(topic, null, "2"))).hasMessageContaining("has 2");
        }
    }

    private Publisher start(Map<String, String> more) {
        return Kurier.start(config(name, more), topic);
    }

    private static Map<String, String> config(String alias, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                BROKER.bootstrapServers(),
                "topics.management",
                "create",
                "topics",
                alias,
                "topics." + alias + ".value.serializer",
                "text"));
        more.forEach((key, value) -> config.put(key.formatted(alias), value));
        return config;
    }

    private static PublishException failure(CompletableFuture<Receipt> future) {
        CompletionException completion = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(completion).as("the message must not be stored").isNotNull();
        return (PublishException) requireNonNull(completion.getCause());
    }

    private List<ConsumerRecord<String, String>> readAll(int partitions) {
        return StoredRecords.of(BROKER.bootstrapServers(), name, partitions);
    }
}
