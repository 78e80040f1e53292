// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Resolution;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions, record ids and resolve on the fake. */
@Timeout(60)
class FakeTransactionsTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Map<String, String> KEYS = Map.of(
            "application.id",
            "app",
            "transactions.producers",
            "1",
            "topics.orders.value.serializer",
            "text",
            "topics.orders.record.id",
            "true");

    private final FakeKafka kafka = new FakeKafka();

    @Test
    void showsARecordWithTheCommitAndNotBefore() {
        try (Publisher publisher = kafka.start(KEYS, ORDERS)) {
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "v");
                        assertThat(stored()).isEmpty();
                        return null;
                    })
                    .join();
            assertThat(stored()).containsExactly("v");
            failureOf(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "never");
                throw new IllegalStateException("no");
            }));
            assertThat(stored()).containsExactly("v");
        }
    }

    @Test
    void repeatsACommitThatTimesOut() {
        kafka.failCommits(3, new TimeoutException("scripted"));
        try (Publisher publisher = kafka.start(KEYS, ORDERS)) {
            publish(publisher, "v").join();
        }
        assertThat(stored()).containsExactly("v");
    }

    @Test
    void abortsWhatKafkaSaysIsAbortable() {
        kafka.failCommits(1, new TransactionAbortableException("scripted"));
        try (Publisher publisher = kafka.start(KEYS, ORDERS)) {
            TransactionException aborted = failureOf(publish(publisher, "v"));
            publish(publisher, "next").join();

            assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(aborted.retriable()).isTrue();
        }
        assertThat(stored()).containsExactly("next");
    }

    @Test
    void doesNotKnowWhatBecameOfACommitThatFailsOtherwise() {
        kafka.failCommits(1, new InvalidPidMappingException("scripted"));
        try (Publisher publisher = kafka.start(KEYS, ORDERS)) {
            assertThat(failureOf(publish(publisher, "v")).outcome()).isEqualTo(Outcome.UNKNOWN);
            publish(publisher, "next").join();
        }
        assertThat(stored()).containsExactly("next");
    }

    @Test
    void abortsWhatTheScriptRefuses() {
        try (Publisher publisher = kafka.start(KEYS, ORDERS)) {
            kafka.topic(ORDERS).refuse(1, new RecordTooLargeException("scripted"));
            TransactionException aborted = failureOf(publish(publisher, "v"));
            publish(publisher, "next").join();

            assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(aborted.retriable()).isFalse();
            assertThat(aborted).hasMessageContaining("a message to topic orders failed: scripted");
        }
        assertThat(stored()).containsExactly("next");
    }

    @Test
    void fencesAnOwner() {
        try (Publisher publisher = kafka.start(KEYS, ORDERS);
                TransactionalSession own = publisher.transactionalSession("shard")) {
            TransactionException fenced = failureOf(own.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "v");
                kafka.fence("app-publisher-own-shard");
                transaction.publish(ORDERS, "k", "w");
                return null;
            }));

            assertThat(fenced.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failureOf(own.transaction(transaction -> null)))
                    .hasMessageContaining("another process has this transactional id now");
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void findsWhatIsStoredAndProvesWhatIsNot() {
        try (Publisher publisher = kafka.start(KEYS, ORDERS)) {
            kafka.topic(ORDERS).dropAcks(1);
            DeliveryHandle lost = handleOf(publisher.publish(ORDERS, "k", "acknowledgment lost"));
            kafka.topic(ORDERS).disconnect();
            CompletableFuture<?> held = publisher.publish(ORDERS, "k", "held");
            kafka.topic(ORDERS).expire().reconnect();
            DeliveryHandle never = handleOf(held);

            assertThat(publisher.resolve(lost).join()).isInstanceOf(Resolution.Stored.class);
            assertThat(publisher.resolve(never).join()).isInstanceOf(Resolution.NotSettled.class);
            publisher.publish(ORDERS, "k", "later").join();
            assertThat(publisher.resolve(never).join()).isInstanceOf(Resolution.NotStored.class);
        }
        assertThat(stored()).containsExactly("acknowledgment lost", "later");
    }

    @Test
    void saysNothingOfAMessageToATopicThatWasCreatedAgain() {
        try (Publisher publisher = kafka.start(KEYS, ORDERS)) {
            kafka.topic(ORDERS).dropAcks(1);
            DeliveryHandle ofFirst = handleOf(publisher.publish(ORDERS, "k", "of the first topic"));
            kafka.topic(ORDERS).recreate();

            assertThat(stored()).isEmpty();
            assertThat(publisher.resolve(ofFirst).join())
                    .isInstanceOfSatisfying(
                            Resolution.NotSettled.class,
                            found -> assertThat(found.reason()).contains("was deleted and created again since"));
            kafka.topic(ORDERS).dropAcks(1);
            DeliveryHandle ofSecond = handleOf(publisher.publish(ORDERS, "k", "of the second"));
            assertThat(publisher.resolve(ofSecond).join()).isInstanceOf(Resolution.Stored.class);
        }
        assertThat(stored()).containsExactly("of the second");
    }

    private static DeliveryHandle handleOf(CompletableFuture<?> message) {
        return ((PublishException) causeOf(message)).handle().orElseThrow();
    }

    private static TransactionException failureOf(CompletableFuture<?> transaction) {
        return (TransactionException) causeOf(transaction);
    }

    private static Throwable causeOf(CompletableFuture<?> future) {
        return Objects.requireNonNull(
                catchThrowableOfType(CompletionException.class, future::join).getCause());
    }

    private static CompletableFuture<Void> publish(Publisher publisher, String value) {
        return publisher.transaction(transaction -> {
            transaction.publish(ORDERS, "k", value);
            return null;
        });
    }

    private List<String> stored() {
        return kafka.records(ORDERS, new StringDeserializer(), new StringDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }
}
