// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.BadNetwork.ORDERS;
import static io.kurier.core.TransactedTopics.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.Publisher;
import io.kurier.Resolution;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import io.kurier.broker.proxy.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commits over a network that loses them, or their answers. */
@Timeout(120)
class CommitTest {
    private final BadNetwork network = new BadNetwork();

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void repeatsACommitThatIsNotAnswered() {
        try (Publisher publisher = publisher(Map.of("transactions.timeout.ms", "20000"))) {
            network.proxy().dropAcks(ApiKeys.END_TXN, 2);

            publish(publisher, "once").join();
            publish(publisher, "next").join();

            assertThat(network.proxy().hits(Fault.DROP_ACKS)).isEqualTo(2);
        }
        assertThat(network.committed(ORDERS)).containsExactly("once", "next");
    }

    @Test
    void doesNotKnowACommitThatIsNeverAnsweredAndFindsItLater() {
        try (Publisher publisher = publisher(Map.of("transactions.timeout.ms", "2000"))) {
            network.proxy().dropAcks(ApiKeys.END_TXN);
            TransactionException unknown = failureOf(publish(publisher, "committed"));
            network.proxy().heal();

            assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
            DeliveryHandle handle = unknown.handle().orElseThrow();
            assertThat(publisher.resolve(handle).join())
                    .isInstanceOfSatisfying(
                            Resolution.Stored.class,
                            found -> assertThat(found.receipt().offset()).isEqualTo(handle.offset()));
            publish(publisher, "next").join();
        }
        assertThat(network.committed(ORDERS)).containsExactly("committed", "next");
    }

    @Test
    void doesNotKnowACommitThatNeverArrivesUntilTheClusterHasAbortedIt() {
        try (Publisher publisher = publisher(Map.of("transactions.timeout.ms", "3000", "resolve.timeout.ms", "1000"))) {
            network.proxy().dropRequests(ApiKeys.END_TXN);
            CompletableFuture<Void> open = publish(publisher, "aborted");
            TransactionException unknown = failureOf(open);

            assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
            DeliveryHandle handle = unknown.handle().orElseThrow();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> publisher.resolve(handle).join(), found -> !(found instanceof Resolution.NotSettled));
            network.proxy().heal(); // before, the closing producer could still send its last request
            assertThat(publisher.resolve(handle).join()).isInstanceOf(Resolution.NotStored.class);
            publish(publisher, "next").join();
        }
        assertThat(network.committed(ORDERS)).containsExactly("next");
    }

    @Test
    void doesNotWaitForACommitLongerThanATransactionMayTakeWhenTheNetworkHoldsEverything() {
        try (Publisher publisher = patient(5_000)) {
            network.proxy().hold(ApiKeys.END_TXN);
            long begin = System.nanoTime();
            TransactionException unknown = failureOf(publish(publisher, "held"));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            network.proxy().heal();

            assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(took).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
        }
    }

    @Test
    void doesNotWaitForACommitLongerThanATransactionMayTakeWhenTheBrokerHasGone() {
        try (Publisher publisher = patient(5_000)) {
            publish(publisher, "first").join();
            CompletableFuture<Void> open = publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "lost");
                network.kill();
                return null;
            });
            long begin = System.nanoTime();
            TransactionException unknown = failureOf(open);

            assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
            assertThat(publisher.close(Duration.ZERO).open()).isZero();
        }
    }

    /** Several calls of Kafka's producer fit into the time, and the last of them not as a whole. */
    @Test
    void endsTheLastCallOfACommitWithItsTime() {
        try (Publisher publisher =
                publisher(Map.of("transactions.timeout.ms", "16000", "publish.max.wait.ms", "15000"))) {
            network.proxy().hold(ApiKeys.END_TXN);
            long begin = System.nanoTime();
            TransactionException unknown = failureOf(publish(publisher, "held"));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            network.proxy().heal();

            assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(unknown).hasMessageContaining("Timeout");
            assertThat(took).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(27));
        }
    }

    @Test
    void takesAnIdThatNeedsLongerThanOneCallOfTheProducer() {
        try (Publisher publisher = patient(2_000)) {
            network.proxy().hold(ApiKeys.INIT_PRODUCER_ID);
            CompletableFuture<TransactionalSession> taken =
                    CompletableFuture.supplyAsync(() -> publisher.transactionalSession("shard"));
            await().until(() -> network.proxy().held() > 0);
            await().during(Duration.ofSeconds(4)).until(() -> !taken.isDone());
            network.proxy().heal();

            try (TransactionalSession own = taken.join()) {
                own.transaction(transaction -> null).join();
            }
        }
    }

    /** What may be waited for otherwise is a minute, as by default. */
    private Publisher patient(int transactionMillis) {
        return publisher(Map.of(
                "transactions.timeout.ms",
                Integer.toString(transactionMillis),
                "publish.max.wait.ms",
                "60000",
                "producer.delivery.timeout.ms",
                "120000"));
    }

    @Test
    void givesAnIdOfTheCallersUpWhereItsProducerIsLost() {
        try (Publisher publisher = publisher(Map.of("transactions.timeout.ms", "2000"));
                TransactionalSession own = publisher.transactionalSession("shard")) {
            network.proxy().dropAcks(ApiKeys.END_TXN);
            TransactionException unknown = failureOf(own.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "committed");
                return null;
            }));
            network.proxy().heal();
            TransactionException lost = failureOf(own.transaction(transaction -> null));

            assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(lost.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(lost).hasMessageContaining("another process may have the id by now: open it anew");
            own.close();
            try (TransactionalSession anew = publisher.transactionalSession("shard")) {
                assertThat(network.committed(ORDERS)).containsExactly("committed");
                anew.transaction(transaction -> null).join();
            }
        }
    }

    @Test
    void abortsIfARecordIsNotAcknowledgedInTime() {
        try (Publisher publisher = publisher(Map.of("transactions.timeout.ms", "20000"))) {
            network.proxy().dropAcks(ApiKeys.PRODUCE);
            CompletableFuture<Void> open = publish(publisher, "late");
            TransactionException aborted = failureOf(open);
            network.proxy().heal();

            assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(aborted.retriable()).isTrue();
            publish(publisher, "next").join();
        }
        assertThat(network.committed(ORDERS)).containsExactly("next");
    }

    private Publisher publisher(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of("publish.max.wait.ms", "1000"));
        keys.putAll(more);
        keys.put("application.id", "app");
        keys.put("transactions.producers", "1");
        return network.publisher(keys);
    }

    private static CompletableFuture<Void> publish(Publisher publisher, String value) {
        return publisher.transaction(transaction -> {
            transaction.publish(ORDERS, "k", value);
            return null;
        });
    }
}
