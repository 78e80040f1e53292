// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.TransactedTopics.ORDERS;
import static io.kurier.core.TransactedTopics.PICTURES;
import static io.kurier.core.TransactedTopics.PROGRESS;
import static io.kurier.core.TransactedTopics.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.RecordId;
import io.kurier.Stage;
import io.kurier.TransactionException;
import io.kurier.broker.LocalBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Transactions on a real broker: what readers see, and what a message that fails does. */
@Timeout(120)
class TransactionTest {
    private static final LocalBroker BROKER = LocalBroker.start();

    private final TransactedTopics topics;

    TransactionTest(TestInfo test) {
        topics = new TransactedTopics(BROKER, test.getTestMethod().orElseThrow().getName());
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    // ---- what is visible

    @Test
    void publishesToSeveralTopicsInSeveralFormatsAllOrNothing() {
        try (Publisher publisher = topics.start(Map.of())) {
            int answer = publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "first");
                        transaction.publish(Message.of(ORDERS, "k", "second").withHeader("trace", "7"));
                        transaction.publish(PICTURES, "k", "a picture of several records");
                        transaction.publish(PROGRESS, "file", "2");
                        return 3;
                    })
                    .join();
            TransactionException why = failureOf(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "never");
                transaction.publish(PICTURES, "k", "never a picture");
                throw new IllegalStateException("the work gives up");
            }));

            assertThat(answer).isEqualTo(3);
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(why).hasRootCauseMessage("the work gives up");
            assertThat(topics.committed(ORDERS)).containsExactly("first", "second");
            assertThat(topics.committed(PROGRESS)).containsExactly("2");
            assertThat(String.join("", topics.committed(PICTURES))).startsWith("apictureofseveralrecords");
            assertThat(topics.committed(PICTURES)).hasSizeGreaterThan(1);
            assertThat(publisher.close(Duration.ofSeconds(10))).isEqualTo(new CloseReport(6, 4, 0, 2, 0));
        }
    }

    @Test
    void showsNothingBeforeTheCommit() {
        CountDownLatch published = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher publisher = topics.start(Map.of())) {
            CompletableFuture<Void> open = publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "v");
                published.countDown();
                mayEnd.await();
                return null;
            });
            assertThat(published).satisfies(CountDownLatch::await);
            assertThat(topics.committed(ORDERS)).isEmpty();
            assertThat(open).isNotDone();
            mayEnd.countDown();
            open.join();
            assertThat(topics.committed(ORDERS)).containsExactly("v");
        }
    }

    @Test
    void runsAsManyAtOnceAsThereAreProducers() {
        CountDownLatch together = new CountDownLatch(3);
        try (Publisher publisher = topics.start(Map.of("transactions.producers", "3"))) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String value = "v" + i;
                all.add(publisher.transaction(transaction -> {
                    transaction.publish(ORDERS, "k", value);
                    together.countDown();
                    together.await(); // each of them waits for the others
                    return null;
                }));
            }
            all.forEach(CompletableFuture::join);
        }
        assertThat(topics.committed(ORDERS)).containsExactlyInAnyOrder("v0", "v1", "v2");
    }

    @Test
    void goesOnAfterAnAbort() {
        try (Publisher publisher = topics.start(Map.of("transactions.producers", "1"))) {
            for (int i = 0; i < 5; i++) {
                String value = "v" + i;
                failureOf(publisher.transaction(transaction -> {
                    transaction.publish(ORDERS, "k", "not " + value);
                    throw new IllegalStateException("no");
                }));
                publisher
                        .transaction(transaction -> {
                            transaction.publish(ORDERS, "k", value);
                            return null;
                        })
                        .join();
            }
        }
        assertThat(topics.committed(ORDERS)).containsExactly("v0", "v1", "v2", "v3", "v4");
    }

    @Test
    void commitsWhatWasReadWithWhatWasPublished() {
        try (Publisher publisher = topics.start(Map.of());
                Consumer<byte[], byte[]> consumer = consumer()) {
            publisher.publish(ORDERS, "k", "to be read").join();
            TopicPartition partition = new TopicPartition(topics.nameOf(ORDERS), 0);
            consumer.subscribe(List.of(partition.topic()));
            await().until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());

            failureOf(publisher.transaction(transaction -> {
                transaction.publish(PROGRESS, "k", "not answered");
                transaction.sendOffsets(Map.of(partition, new OffsetAndMetadata(1)), consumer.groupMetadata());
                throw new IllegalStateException("no");
            }));
            assertThat(consumer.committed(Set.of(partition))).containsEntry(partition, null);
            publisher
                    .transaction(transaction -> {
                        transaction.publish(PROGRESS, "k", "answered");
                        transaction.sendOffsets(Map.of(partition, new OffsetAndMetadata(1)), consumer.groupMetadata());
                        return null;
                    })
                    .join();
            assertThat(consumer.committed(Set.of(partition)).get(partition)).isEqualTo(new OffsetAndMetadata(1));
        }
        assertThat(topics.committed(PROGRESS)).containsExactly("answered");
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> keys = new HashMap<>(BROKER.clientProperties());
        keys.put("group.id", topics.nameOf(ORDERS));
        keys.put("enable.auto.commit", "false");
        keys.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(keys, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    // ---- messages that fail

    @Test
    void abortsIfAMessageIsRefusedAndTheWorkDoesNotCatchThat() {
        try (Publisher publisher = topics.start(Map.of())) {
            TransactionException why = failureOf(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "good");
                transaction.publish(ORDERS, "k", "poison");
                return null;
            }));
            assertThat(why).hasMessageContaining("poison is not text").hasCauseInstanceOf(PublishException.class);
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(why.retriable()).isFalse();
            assertThat(publisher.close(Duration.ofSeconds(10))).isEqualTo(new CloseReport(2, 0, 1, 1, 0));
        }
        assertThat(topics.committed(ORDERS)).isEmpty();
    }

    @Test
    void letsAWorkPublishSomethingElseInsteadOfWhatIsRefused() {
        try (Publisher publisher = topics.start(Map.of())) {
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "good");
                        PublishException refusal = catchThrowableOfType(
                                PublishException.class, () -> transaction.publish(ORDERS, "k", "poison"));
                        transaction.publish(PROGRESS, "k", refusal.stage() + " " + refusal.outcome());
                        return null;
                    })
                    .join();
        }
        assertThat(topics.committed(ORDERS)).containsExactly("good");
        assertThat(topics.committed(PROGRESS)).containsExactly("ENCODE REJECTED");
    }

    @Test
    void abortsIfTheBrokerRefusesAMessage() {
        Map<String, String> small =
                Map.of("topics.orders.config.max.message.bytes", "1000", "producer.compression.type", "none");
        try (Publisher publisher = topics.start(small)) {
            TransactionException why = failureOf(publisher.transaction(transaction -> {
                transaction.publish(PROGRESS, "k", "1");
                transaction.publish(ORDERS, "k", "x".repeat(2_000));
                return null;
            }));
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(why.retriable()).isFalse();
            assertThat(why).hasMessageContaining("aborted, since a message to topic orders failed: ");
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "small");
                        return null;
                    })
                    .join();
        }
        assertThat(topics.committed(ORDERS)).containsExactly("small");
        assertThat(topics.committed(PROGRESS)).isEmpty();
    }

    @Test
    void abortsIfTheClientRefusesAMessageEvenIfTheWorkCatchesThat() {
        try (Publisher publisher = topics.start(Map.of("producer.max.request.size", "5000"))) {
            TransactionException why = failureOf(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "good");
                PublishException refusal = catchThrowableOfType(
                        PublishException.class, () -> transaction.publish(ORDERS, "k", "x".repeat(20_000)));
                assertThat(refusal.stage()).isEqualTo(Stage.SEND);
                return null;
            }));
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
        }
        assertThat(topics.committed(ORDERS)).isEmpty();
    }

    @Test
    void abortsAValueOfWhichOnlyAPartCouldBeRead() {
        try (Publisher publisher = topics.start(Map.of())) {
            TransactionException why = failureOf(publisher.transaction(transaction -> {
                assertThatThrownBy(() -> transaction.publish(PICTURES, "k", "a picture that is unreadable"))
                        .isInstanceOf(PublishException.class);
                return null;
            }));
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
        }
        assertThat(topics.committed(PICTURES)).isEmpty();
    }

    // ---- record ids

    @Test
    void givesEachRecordAnIdWhereTheTopicAsksForIt() {
        try (Publisher publisher =
                topics.start(Map.of("topics.orders.record.id", "true", "topics.pictures.record.id", "true"))) {
            publisher.publish(ORDERS, "k", "alone").join();
            publisher.publish(PICTURES, "k", "two records").join();
            publisher.publish(PROGRESS, "k", "without").join();
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "in a transaction");
                        return null;
                    })
                    .join();
        }
        List<UUID> ids = Stream.of(ORDERS, PICTURES)
                .flatMap(topic -> StoredRecords.of(BROKER.bootstrapServers(), topics.nameOf(topic), 1).stream())
                .map(record -> RecordId.of(record.headers()).orElseThrow())
                .toList();
        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
        assertThat(StoredRecords.of(BROKER.bootstrapServers(), topics.nameOf(PROGRESS), 1))
                .allSatisfy(record -> assertThat(record.headers()).isEmpty());
    }
}
