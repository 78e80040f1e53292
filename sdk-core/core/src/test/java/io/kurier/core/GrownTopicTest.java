// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.ErrorChannelTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions that a topic gets while a publisher runs, whose producer would hear of them after five minutes. */
@Timeout(120)
class GrownTopicTest {
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final Admin ADMIN = Admin.create(Map.copyOf(BROKER.clientProperties()));
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Topic<String, String> topic =
            Topic.of("grown-" + NAMES.incrementAndGet(), String.class, String.class);

    @BeforeEach
    void create() throws Exception {
        ADMIN.createTopics(List.of(new NewTopic(topic.alias(), 2, (short) 1)))
                .all()
                .get();
        awaitPartitions(2);
    }

    @AfterEach
    void forget() throws Exception {
        ADMIN.deleteTopics(List.of(topic.alias())).all().get();
    }

    @AfterAll
    static void stop() {
        ADMIN.close();
        BROKER.close();
    }

    @Test
    void publishWaitsUntilItKnowsThePartition() throws Exception {
        try (Publisher publisher = start(Map.of())) {
            stored(publisher, 1);
            grow(5);

            assertThat(stored(publisher, 4)).isEqualTo(4);
        }
    }

    @Test
    void tryPublishIsRetriableUntilItKnowsThePartition() throws Exception {
        try (Publisher publisher = start(Map.of())) {
            stored(publisher, 1);
            grow(5);

            CompletableFuture<Receipt> first = publisher.tryPublish(message(4));
            if (first.isCompletedExceptionally()) { // or the metadata came in that moment
                assertThat(failure(first).outcome()).isEqualTo(Outcome.REJECTED);
                assertThat(failure(first).retriable()).isTrue();
            }
            CompletableFuture<Receipt> last =
                    await().until(() -> publisher.tryPublish(message(4)), future -> !future.isCompletedExceptionally());
            assertThat(last.join().partition()).isEqualTo(4);
        }
    }

    @Test
    void aPartitionerSeesThePartitionsAsSoonAsTheProducerDoes() throws Exception {
        try (Publisher publisher = start(Map.of("topics.%s.partitioner", "first-byte"))) {
            assertThat(publisher.publish(topic, "k", "1").join().partition()).isEqualTo(1);
            grow(5);
            stored(publisher, 4); // which renews the producer's metadata

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(
                                    publisher.publish(topic, "k", "3").join().partition())
                            .isEqualTo(3));
        }
    }

    @Test
    void aPartitionerSeesThePartitionsAfterThePeriodicLookOfTheProducer() throws Exception {
        Map<String, String> keys = Map.of("topics.%s.partitioner", "first-byte", "producer.metadata.max.age.ms", "500");
        try (Publisher publisher = start(keys)) {
            publisher.publish(topic, "k", "1").join();
            grow(5);

            await().atMost(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .until(() -> publisher.publish(topic, "k", "3").join().partition() == 3);
        }
    }

    @Test
    void aTransactionPublishesToThePartition() throws Exception {
        try (Publisher publisher = start(Map.of("application.id", "grown", "transactions.producers", "1"))) {
            inTransaction(publisher, message(1)).join();
            grow(5);

            inTransaction(publisher, message(4)).join();
        }
        assertThat(StoredRecords.of(BROKER.bootstrapServers(), topic.alias(), 5))
                .filteredOn(record -> record.partition() == 4)
                .hasSize(1);
    }

    @Test
    void allRecordsOfALargeValueGoToThePartition() throws Exception {
        try (Publisher publisher = start(Map.of("topics.%s.value.serializer", "chunks"))) {
            stored(publisher, 1);
            grow(5);

            Receipt receipt = publisher
                    .publish(Message.of(topic, "k", "a b c").withPartition(4))
                    .join();
            assertThat(receipt.partition()).isEqualTo(4);
            assertThat(receipt.records()).isEqualTo(3);
        }
        assertThat(StoredRecords.of(BROKER.bootstrapServers(), topic.alias(), 5))
                .filteredOn(record -> record.partition() == 4)
                .hasSize(3);
    }

    @Test
    void publishRefusesAPartitionThatThereIsNotSoonerThanItsWaitIsOver() {
        try (Publisher publisher = start(Map.of())) {
            stored(publisher, 1);

            CompletableFuture<Receipt> refused = publisher.publish(message(2));

            assertIsRefused(failure(refused));
            assertThat(stored(publisher, 1)).isEqualTo(1);
        }
    }

    @Test
    void tryPublishRefusesAPartitionThatThereIsNotOnceThatIsKnown() {
        try (Publisher publisher = start(Map.of())) {
            stored(publisher, 1);

            PublishException certain =
                    await().until(() -> failure(publisher.tryPublish(message(2))), failure -> !failure.retriable());

            assertIsRefused(certain);
        }
    }

    @Test
    void aTransactionRefusesAPartitionThatThereIsNotAndGoesOn() {
        try (Publisher publisher = start(Map.of("application.id", "grown", "transactions.producers", "1"))) {
            publisher
                    .transaction(transaction -> {
                        assertIsRefused(
                                catchThrowableOfType(PublishException.class, () -> transaction.publish(message(2))));
                        transaction.publish(message(1));
                        return null;
                    })
                    .join();
        }
    }

    @Test
    void aPartitionThatWasRefusedIsTakenOnceItExists() throws Exception {
        try (Publisher publisher = start(Map.of())) {
            assertIsRefused(failure(publisher.publish(message(4))));
            await().until(() -> !failure(publisher.tryPublish(message(4))).retriable());
            grow(5);

            assertThat(stored(publisher, 4)).isEqualTo(4);
            assertThat(publisher.tryPublish(message(4)).join().partition()).isEqualTo(4);
        }
    }

    private void assertIsRefused(PublishException failure) {
        assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(failure.stage()).isEqualTo(Stage.PARTITION);
        assertThat(failure.retriable()).isFalse();
        assertThat(failure).hasMessageContaining(topic.alias() + " has 2");
    }

    private Message<String, String> message(int partition) {
        return Message.of(topic, "k", "v").withPartition(partition);
    }

    private int stored(Publisher publisher, int partition) {
        return publisher.publish(message(partition)).join().partition();
    }

    private static CompletableFuture<Void> inTransaction(Publisher publisher, Message<?, ?> message) {
        return publisher.transaction(transaction -> {
            transaction.publish(message);
            return null;
        });
    }

    private Publisher start(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(BROKER.clientProperties());
        keys.put("topics." + topic.alias() + ".value.serializer", "text");
        more.forEach((key, value) -> keys.put(String.format(key, topic.alias()), value));
        return Kurier.start(keys, topic);
    }

    private void grow(int partitions) throws Exception {
        ADMIN.createPartitions(Map.of(topic.alias(), NewPartitions.increaseTo(partitions)))
                .all()
                .get();
        awaitPartitions(partitions);
    }

    private void awaitPartitions(int count) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < count; partition++) {
            ends.put(new TopicPartition(topic.alias(), partition), OffsetSpec.latest());
        }
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> ADMIN.listOffsets(ends).all().get().size() == count);
    }
}
