// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
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
import io.kurier.Topic;
import io.kurier.Transaction;
import io.kurier.TransactionException;
import io.kurier.Transactions;
import io.kurier.broker.LocalBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Transactions on a real broker: what is visible, what a caller hears, and who may not. */
@Timeout(120)
class TransactionTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Topic<String, String> PROGRESS = Topic.of("progress", String.class, String.class);
    private static final Topic<String, String> PICTURES = Topic.of("pictures", String.class, String.class);
    private static final LocalBroker BROKER = LocalBroker.start();

    private String name = "";

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @BeforeEach
    void nameTopics(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
    }

    // ---- what is visible

    @Test
    void publishesToSeveralTopicsInSeveralFormatsAllOrNothing() {
        try (Publisher publisher = start(Map.of())) {
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
            assertThat(committed(ORDERS)).containsExactly("first", "second");
            assertThat(committed(PROGRESS)).containsExactly("2");
            assertThat(String.join("", committed(PICTURES))).startsWith("apictureofseveralrecords");
            assertThat(committed(PICTURES)).hasSizeGreaterThan(1);
            assertThat(publisher.close(Duration.ofSeconds(10))).isEqualTo(new CloseReport(6, 4, 0, 2, 0));
        }
    }

    @Test
    void showsNothingBeforeTheCommit() {
        CountDownLatch published = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher publisher = start(Map.of())) {
            CompletableFuture<Void> open = publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "v");
                published.countDown();
                mayEnd.await();
                return null;
            });
            assertThat(published).satisfies(CountDownLatch::await);
            assertThat(committed(ORDERS)).isEmpty();
            assertThat(open).isNotDone();
            mayEnd.countDown();
            open.join();
            assertThat(committed(ORDERS)).containsExactly("v");
        }
    }

    @Test
    void runsAsManyAtOnceAsThereAreProducers() {
        CountDownLatch together = new CountDownLatch(3);
        try (Publisher publisher = start(Map.of("transactions.producers", "3"))) {
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
        assertThat(committed(ORDERS)).containsExactlyInAnyOrder("v0", "v1", "v2");
    }

    @Test
    void goesOnAfterAnAbort() {
        try (Publisher publisher = start(Map.of("transactions.producers", "1"))) {
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
        assertThat(committed(ORDERS)).containsExactly("v0", "v1", "v2", "v3", "v4");
    }

    @Test
    void commitsWhatWasReadWithWhatWasPublished() {
        try (Publisher publisher = start(Map.of());
                Consumer<byte[], byte[]> consumer = consumer()) {
            publisher.publish(ORDERS, "k", "to be read").join();
            TopicPartition partition = new TopicPartition(name + "-orders", 0);
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
        assertThat(committed(PROGRESS)).containsExactly("answered");
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> keys = new HashMap<>(BROKER.clientProperties());
        keys.put("group.id", name);
        keys.put("enable.auto.commit", "false");
        keys.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(keys, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    // ---- messages that fail

    @Test
    void abortsIfAMessageIsRefusedAndTheWorkDoesNotCatchThat() {
        try (Publisher publisher = start(Map.of())) {
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
        assertThat(committed(ORDERS)).isEmpty();
    }

    @Test
    void letsAWorkPublishSomethingElseInsteadOfWhatIsRefused() {
        try (Publisher publisher = start(Map.of())) {
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
        assertThat(committed(ORDERS)).containsExactly("good");
        assertThat(committed(PROGRESS)).containsExactly("ENCODE REJECTED");
    }

    @Test
    void abortsIfTheBrokerRefusesAMessage() {
        try (Publisher publisher = start(Map.of("topics.orders.config.max.message.bytes", "1000"))) {
            TransactionException why = failureOf(publisher.transaction(transaction -> {
                transaction.publish(PROGRESS, "k", "1");
                transaction.publish(ORDERS, "k", "x".repeat(2_000));
                return null;
            }));
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(why.retriable()).isFalse();
            assertThat(why).hasMessageContaining("topic orders, SEND, NOT_STORED");
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "small");
                        return null;
                    })
                    .join();
        }
        assertThat(committed(ORDERS)).containsExactly("small");
        assertThat(committed(PROGRESS)).isEmpty();
    }

    @Test
    void abortsIfTheClientRefusesAMessageEvenIfTheWorkCatchesThat() {
        try (Publisher publisher = start(Map.of("producer.max.request.size", "5000"))) {
            TransactionException why = failureOf(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "good");
                PublishException refusal = catchThrowableOfType(
                        PublishException.class, () -> transaction.publish(ORDERS, "k", "x".repeat(20_000)));
                assertThat(refusal.stage()).isEqualTo(Stage.SEND);
                return null;
            }));
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
        }
        assertThat(committed(ORDERS)).isEmpty();
    }

    @Test
    void abortsAValueOfWhichOnlyAPartCouldBeRead() {
        try (Publisher publisher = start(Map.of())) {
            TransactionException why = failureOf(publisher.transaction(transaction -> {
                assertThatThrownBy(() -> transaction.publish(PICTURES, "k", "a picture that is unreadable"))
                        .isInstanceOf(PublishException.class);
                return null;
            }));
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
        }
        assertThat(committed(PICTURES)).isEmpty();
    }

    // ---- wrong use

    @Test
    void refusesATransactionInsideAnother() {
        try (Publisher publisher = start(Map.of());
                Transactions own = publisher.transactions("shard")) {
            publisher
                    .transaction(outer -> {
                        TransactionException nested = failureOf(publisher.transaction(inner -> null));
                        assertThat(nested.outcome()).isEqualTo(Outcome.REJECTED);
                        assertThat(nested).hasMessageContaining("do not nest");
                        assertThat(failureOf(own.transaction(inner -> null))).hasMessageContaining("do not nest");
                        outer.publish(ORDERS, "k", "outer");
                        return null;
                    })
                    .join();
        }
        assertThat(committed(ORDERS)).containsExactly("outer");
    }

    @Test
    void refusesUseAfterTheEndAndByAnotherThread() {
        AtomicReference<Transaction> kept = new AtomicReference<>();
        try (Publisher publisher = start(Map.of())) {
            publisher
                    .transaction(transaction -> {
                        kept.set(transaction);
                        CompletableFuture<Void> elsewhere =
                                CompletableFuture.runAsync(() -> transaction.publish(ORDERS, "k", "elsewhere"));
                        assertThatThrownBy(elsewhere::join)
                                .hasRootCauseInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("for the thread kurier-transaction-");
                        return null;
                    })
                    .join();
            assertThatThrownBy(() -> requireNonNull(kept.get()).publish(ORDERS, "k", "late"))
                    .isInstanceOf(IllegalStateException.class);
            TransactionException byTheSameThread = failureOf(publisher.transaction(another -> {
                requireNonNull(kept.get()).publish(ORDERS, "k", "late");
                return null;
            }));
            assertThat(byTheSameThread).hasMessageContaining("the transaction has ended with its work");
        }
        assertThat(committed(ORDERS)).isEmpty();
    }

    @Test
    void needsAnApplicationId() {
        Map<String, String> keys = keys(Map.of());
        keys.remove("application.id");
        try (Publisher publisher = Kurier.start(keys, ORDERS, PROGRESS, PICTURES)) {
            TransactionException why = failureOf(publisher.transaction(transaction -> null));
            assertThat(why.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(why).hasMessageContaining("there is no application.id");
            assertThatThrownBy(() -> publisher.transactions("shard"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("there is no application.id");
        }
    }

    @Test
    void refusesAfterTheClose() {
        Publisher publisher = start(Map.of());
        Transactions own = publisher.transactions("shard");
        publisher.close();
        assertThat(failureOf(publisher.transaction(transaction -> null))).hasMessageContaining("closed");
        assertThat(failureOf(own.transaction(transaction -> null))).hasMessageContaining("closed");
    }

    @Test
    void waitsForAFreeProducerOnlySoLong() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher publisher = start(Map.of("transactions.producers", "1", "publish.max.wait.ms", "50"))) {
            CompletableFuture<Void> first = publisher.transaction(transaction -> {
                mayEnd.await();
                return null;
            });
            TransactionException second = failureOf(publisher.transaction(transaction -> null));
            assertThat(second.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(second.retriable()).isTrue();
            assertThat(second).hasMessageContaining("transactions.producers");
            mayEnd.countDown();
            first.join();
        }
    }

    // ---- record ids

    @Test
    void givesEachRecordAnIdWhereTheTopicAsksForIt() {
        try (Publisher publisher =
                start(Map.of("topics.orders.record.id", "true", "topics.pictures.record.id", "true"))) {
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
                .flatMap(topic -> StoredRecords.of(BROKER.bootstrapServers(), name + "-" + topic.alias(), 1).stream())
                .map(record -> RecordId.of(record.headers()).orElseThrow())
                .toList();
        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
        assertThat(StoredRecords.of(BROKER.bootstrapServers(), name + "-progress", 1))
                .allSatisfy(record -> assertThat(record.headers()).isEmpty());
    }

    // ---- who has the id

    @Test
    void fencesAZombieWhoseRecordsAreNeverVisible() {
        CountDownLatch published = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher zombie = start(Map.of());
                Publisher twin = start(Map.of())) {
            Transactions before = zombie.transactions("shard");
            Transactions after = twin.transactions("shard");
            before.transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "before");
                        return null;
                    })
                    .join();
            CompletableFuture<Void> paused = before.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "zombie 1");
                published.countDown();
                mayEnd.await();
                transaction.publish(ORDERS, "k", "zombie 2");
                return null;
            });
            assertThat(published).satisfies(CountDownLatch::await);
            after.transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "twin");
                        return null;
                    })
                    .join();
            mayEnd.countDown();

            TransactionException fenced = failureOf(paused);
            assertThat(fenced.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(fenced.retriable()).isFalse();
            assertThat(fenced).hasMessageContaining("another process has this transactional id now");
            TransactionException later = failureOf(before.transaction(transaction -> null));
            assertThat(later.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(later).hasMessageContaining("another process has this transactional id now");
            after.transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "twin again");
                        return null;
                    })
                    .join();
        }
        assertThat(committed(ORDERS)).containsExactly("before", "twin", "twin again");
    }

    @Test
    void findsOutThatATwinHasAbortedWhatItCouldNotCommit() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher zombie = start(Map.of());
                Publisher twin = start(Map.of())) {
            CompletableFuture<Void> paused = zombie.transactions("shard").transaction(transaction -> {
                transaction.publish(ORDERS, "k", "zombie");
                mayEnd.await();
                return null;
            });
            await().until(() -> StoredRecords.of(BROKER.bootstrapServers(), name + "-orders", 1)
                            .size()
                    == 1);
            twin.transactions("shard").transaction(transaction -> null).join();
            mayEnd.countDown();

            TransactionException fenced = failureOf(paused);
            assertThat(fenced.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(fenced).hasMessageContaining("aborted by another, since another process has");
        }
        assertThat(committed(ORDERS)).isEmpty();
    }

    @Test
    void endsWhatAnEarlierProcessLeftOpenWhenItStarts() {
        CountDownLatch published = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher zombie = start(Map.of("transactions.producers", "1"))) {
            CompletableFuture<Void> paused = zombie.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "zombie");
                published.countDown();
                mayEnd.await();
                return null;
            });
            assertThat(published).satisfies(CountDownLatch::await);
            try (Publisher twin = start(Map.of("transactions.producers", "1"))) {
                twin.publish(ORDERS, "k", "twin").join();
                assertThat(committed(ORDERS))
                        .as("nothing is in the way of readers")
                        .containsExactly("twin");
            }
            mayEnd.countDown();
            TransactionException fenced = failureOf(paused);
            assertThat(fenced.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failureOf(zombie.transaction(transaction -> null)).outcome())
                    .isEqualTo(Outcome.REJECTED);
        }
        assertThat(committed(ORDERS)).containsExactly("twin");
    }

    @Test
    void abortsAWorkThatTakesTooLongAndGoesOn() {
        try (Publisher publisher = start(Map.of("transactions.producers", "1", "transactions.timeout.ms", "300"))) {
            TransactionException late = failureOf(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "late 1");
                for (int i = 0; committed(ORDERS).isEmpty() && i < 1_000; i++) {
                    publisher.publish(ORDERS, "k", "outside").join();
                }
                transaction.publish(ORDERS, "k", "late 2");
                return null;
            }));
            assertThat(late.outcome()).isEqualTo(Outcome.NOT_STORED);
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "next");
                        return null;
                    })
                    .join();
        }
        assertThat(committed(ORDERS)).contains("next").doesNotContain("late 1", "late 2");
    }

    @Test
    void opensAnIdOfTheCallersOnce() {
        try (Publisher publisher = start(Map.of())) {
            Transactions own = publisher.transactions("shard");
            assertThat(own.id()).isEqualTo("shard");
            assertThatThrownBy(() -> publisher.transactions("shard")).hasMessageContaining("open in this publisher");
            own.close();
            assertThat(failureOf(own.transaction(transaction -> null))).hasMessageContaining("closed");
            try (Transactions again = publisher.transactions("shard")) {
                assertThat(again.transaction(transaction -> "done").join()).isEqualTo("done");
            }
            assertThatThrownBy(() -> publisher.transactions(" ")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    // ---- the close

    @Test
    void waitsAtTheCloseForAWorkThatIsRunning() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Publisher publisher = start(Map.of());
        CompletableFuture<Void> open = publisher.transaction(transaction -> {
            running.countDown();
            mayEnd.await();
            transaction.publish(ORDERS, "k", "v");
            return null;
        });
        assertThat(running).satisfies(CountDownLatch::await);
        CompletableFuture<CloseReport> closing =
                CompletableFuture.supplyAsync(() -> publisher.close(Duration.ofSeconds(30)));
        mayEnd.countDown();
        assertThat(closing.join()).isEqualTo(new CloseReport(1, 1, 0, 0, 0));
        open.join();
        assertThat(committed(ORDERS)).containsExactly("v");
    }

    @Test
    void endsAWorkThatDoesNotEndBeforeTheClose() {
        CountDownLatch published = new CountDownLatch(1);
        Publisher publisher = start(Map.of());
        CompletableFuture<Void> open = publisher.transaction(transaction -> {
            transaction.publish(ORDERS, "k", "v");
            published.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        assertThat(published).satisfies(CountDownLatch::await);
        assertThat(publisher.close(Duration.ofMillis(200))).isEqualTo(new CloseReport(1, 0, 0, 1, 0));
        assertThat(failureOf(open).outcome()).isEqualTo(Outcome.NOT_STORED);
        try (Publisher next = start(Map.of())) {
            next.publish(ORDERS, "k", "next").join();
        }
        assertThat(committed(ORDERS)).containsExactly("next");
    }

    private static TransactionException failureOf(CompletableFuture<?> future) {
        return (TransactionException) requireNonNull(
                catchThrowableOfType(CompletionException.class, future::join).getCause());
    }

    private Publisher start(Map<String, String> more) {
        return Kurier.start(keys(more), ORDERS, PROGRESS, PICTURES);
    }

    private Map<String, String> keys(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(BROKER.clientProperties());
        keys.put("application.id", name);
        keys.put("topics.management", "create");
        for (Topic<String, String> topic : List.of(ORDERS, PROGRESS, PICTURES)) {
            keys.put("topics." + topic.alias() + ".name", name + "-" + topic.alias());
            keys.put("topics." + topic.alias() + ".partitions", "1");
            keys.put("topics." + topic.alias() + ".value.serializer", topic == PICTURES ? "chunks" : "text");
        }
        keys.putAll(more);
        return keys;
    }

    private List<String> committed(Topic<String, String> topic) {
        return StoredRecords.committed(BROKER.bootstrapServers(), name + "-" + topic.alias());
    }
}
