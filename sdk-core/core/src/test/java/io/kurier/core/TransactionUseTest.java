// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.TransactedTopics.ORDERS;
import static io.kurier.core.TransactedTopics.failureOf;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.Publisher;
import io.kurier.Transaction;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import io.kurier.broker.LocalBroker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Who may use a transaction on a real broker, when, and who owns a transactional id. */
@Timeout(120)
class TransactionUseTest {
    private static final LocalBroker BROKER = LocalBroker.start();

    private final TransactedTopics topics;

    TransactionUseTest(TestInfo test) {
        topics = new TransactedTopics(BROKER, test.getTestMethod().orElseThrow().getName());
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    // ---- wrong use

    @Test
    void refusesATransactionInsideAnother() {
        try (Publisher publisher = topics.start(Map.of());
                TransactionalSession own = publisher.transactionalSession("shard")) {
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
        assertThat(topics.committed(ORDERS)).containsExactly("outer");
    }

    @Test
    void refusesUseAfterTheEndAndByAnotherThread() {
        AtomicReference<Transaction> kept = new AtomicReference<>();
        try (Publisher publisher = topics.start(Map.of())) {
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
            assertThat(byTheSameThread).hasMessageContaining("the transaction has ended with its callback");
        }
        assertThat(topics.committed(ORDERS)).isEmpty();
    }

    @Test
    void letsWhatDependsOnATransactionWaitForTheNextOne() {
        try (Publisher publisher = topics.start(Map.of("transactions.producers", "1"))) {
            String all = publisher
                    .transaction(first -> "first")
                    .thenApply(first -> first
                            + publisher
                                    .transaction(second -> {
                                        second.publish(ORDERS, "k", "of a dependent");
                                        return ", second";
                                    })
                                    .thenApply(second -> second
                                            + publisher
                                                    .transaction(third -> ", third")
                                                    .join())
                                    .join())
                    .join();
            assertThat(all).isEqualTo("first, second, third");
        }
        assertThat(topics.committed(ORDERS)).containsExactly("of a dependent");
    }

    @Test
    void needsAnApplicationId() {
        Map<String, String> keys = topics.keys(Map.of());
        keys.remove("application.id");
        try (Publisher publisher = TransactedTopics.startWith(keys)) {
            TransactionException why = failureOf(publisher.transaction(transaction -> null));
            assertThat(why.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(why).hasMessageContaining("there is no application.id");
            assertThatThrownBy(() -> publisher.transactionalSession("shard"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("there is no application.id");
        }
    }

    @Test
    void refusesAfterTheClose() {
        Publisher publisher = topics.start(Map.of());
        TransactionalSession own = publisher.transactionalSession("shard");
        publisher.close();
        assertThat(failureOf(publisher.transaction(transaction -> null))).hasMessageContaining("closed");
        assertThat(failureOf(own.transaction(transaction -> null))).hasMessageContaining("closed");
    }

    @Test
    void waitsForAFreeProducerOnlySoLong() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher publisher = topics.start(Map.of("transactions.producers", "1", "publish.max.wait.ms", "50"))) {
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

    // ---- who has the id

    @Test
    void fencesAZombieWhoseRecordsAreNeverVisible() {
        CountDownLatch published = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher zombie = topics.start(Map.of());
                Publisher twin = topics.start(Map.of("application.instance.id", "twin"))) {
            TransactionalSession before = zombie.transactionalSession("shard");
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
            TransactionalSession after = twin.transactionalSession("shard");
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
        assertThat(topics.committed(ORDERS)).containsExactly("before", "twin", "twin again");
    }

    @Test
    void findsOutThatATwinHasAbortedWhatItCouldNotCommit() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher zombie = topics.start(Map.of());
                Publisher twin = topics.start(Map.of("application.instance.id", "twin"))) {
            CompletableFuture<Void> paused = zombie.transactionalSession("shard")
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "zombie");
                        mayEnd.await();
                        return null;
                    });
            await().until(() -> StoredRecords.of(BROKER.bootstrapServers(), topics.nameOf(ORDERS), 1)
                            .size()
                    == 1);
            assertThat(twin.transactionalSession("shard").id()).isEqualTo("shard");
            mayEnd.countDown();

            TransactionException fenced = failureOf(paused);
            assertThat(fenced.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(fenced).hasMessageContaining("aborted by the cluster, since another process has");
        }
        assertThat(topics.committed(ORDERS)).isEmpty();
    }

    @Test
    void endsWhatAnEarlierProcessLeftOpenWhenItStarts() {
        CountDownLatch published = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Publisher zombie = topics.start(Map.of("transactions.producers", "1"))) {
            CompletableFuture<Void> paused = zombie.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "zombie");
                published.countDown();
                mayEnd.await();
                return null;
            });
            assertThat(published).satisfies(CountDownLatch::await);
            // In one JVM that is refused, unless the cluster is called by another name.
            try (Publisher twin = topics.start(
                    Map.of("transactions.producers", "1", "bootstrap.servers", "localhost:" + BROKER.port()))) {
                twin.publish(ORDERS, "k", "twin").join();
                assertThat(topics.committed(ORDERS))
                        .as("nothing is in the way of readers")
                        .containsExactly("twin");
            }
            mayEnd.countDown();
            TransactionException fenced = failureOf(paused);
            assertThat(fenced.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failureOf(zombie.transaction(transaction -> null)).outcome())
                    .isEqualTo(Outcome.REJECTED);
        }
        assertThat(topics.committed(ORDERS)).containsExactly("twin");
    }

    @Test
    void abortsAWorkThatTakesTooLongAndGoesOn() {
        try (Publisher publisher =
                topics.start(Map.of("transactions.producers", "1", "transactions.timeout.ms", "300"))) {
            TransactionException late = failureOf(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "late 1");
                for (int i = 0; topics.committed(ORDERS).isEmpty() && i < 1_000; i++) {
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
        assertThat(topics.committed(ORDERS)).contains("next").doesNotContain("late 1", "late 2");
    }

    @Test
    void opensAnIdOfTheCallersOnce() {
        try (Publisher publisher = topics.start(Map.of())) {
            TransactionalSession own = publisher.transactionalSession("shard");
            assertThat(own.id()).isEqualTo("shard");
            assertThatThrownBy(() -> publisher.transactionalSession("shard"))
                    .hasMessageContaining("open in this publisher");
            own.close();
            assertThat(failureOf(own.transaction(transaction -> null))).hasMessageContaining("closed");
            try (TransactionalSession again = publisher.transactionalSession("shard")) {
                assertThat(again.transaction(transaction -> "done").join()).isEqualTo("done");
            }
            assertThatThrownBy(() -> publisher.transactionalSession(" ")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    // ---- the close

    @Test
    void waitsAtTheCloseForAWorkThatIsRunning() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Publisher publisher = topics.start(Map.of());
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
        assertThat(topics.committed(ORDERS)).containsExactly("v");
    }

    @Test
    void refusesAtTheCloseWhoStandsInLineForAProducer() {
        CountDownLatch running = new CountDownLatch(1);
        Publisher publisher = topics.start(Map.of("transactions.producers", "1"));
        CompletableFuture<Void> open = publisher.transaction(transaction -> {
            running.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        assertThat(running).satisfies(CountDownLatch::await);
        AtomicReference<CompletableFuture<Void>> inLine = new AtomicReference<>();
        Thread caller = new Thread(() -> inLine.set(publisher.transaction(transaction -> null)));
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        publisher.close(Duration.ofMillis(100));
        await().atMost(Duration.ofSeconds(30)).until(() -> !caller.isAlive());

        TransactionException refused = failureOf(requireNonNull(inLine.get()));
        assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(refused.retriable()).isFalse();
        assertThat(refused).hasMessageContaining("closed");
        assertThat(failureOf(open).outcome()).isEqualTo(Outcome.NOT_STORED);
    }

    @Test
    void endsAWorkThatDoesNotEndBeforeTheClose() {
        CountDownLatch published = new CountDownLatch(1);
        Publisher publisher = topics.start(Map.of());
        CompletableFuture<Void> open = publisher.transaction(transaction -> {
            transaction.publish(ORDERS, "k", "v");
            published.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        assertThat(published).satisfies(CountDownLatch::await);
        assertThat(publisher.close(Duration.ofMillis(200))).isEqualTo(new CloseReport(1, 0, 0, 1, 0));
        assertThat(failureOf(open).outcome()).isEqualTo(Outcome.NOT_STORED);
        try (Publisher next = topics.start(Map.of())) {
            next.publish(ORDERS, "k", "next").join();
        }
        assertThat(topics.committed(ORDERS)).containsExactly("next");
    }
}
