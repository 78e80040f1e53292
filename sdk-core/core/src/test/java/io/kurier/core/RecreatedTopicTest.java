// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.BadNetwork.ORDERS;
import static io.kurier.core.TransactedTopics.failureOf;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.Resolution.NotSettled;
import io.kurier.Resolution.NotStored;
import io.kurier.Resolution.Stored;
import io.kurier.TransactionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is found out where a topic is deleted, and created again under its name, while a publisher runs. */
@Timeout(120)
class RecreatedTopicTest {
    private final BadNetwork network = new BadNetwork();

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void saysNothingOfAMessageToATopicThatWasCreatedAgain() throws Exception {
        try (Publisher publisher = network.publisher(Map.of())) {
            publisher.publish(ORDERS, "k", "before").join();
            DeliveryHandle stored = acknowledgmentLost(publisher, "stored");
            DeliveryHandle lost = requestLost(publisher, "lost");
            publisher.publish(ORDERS, "k", "later").join();
            assertThat(publisher.resolve(stored).join()).isInstanceOf(Stored.class);
            assertThat(publisher.resolve(lost).join()).isInstanceOf(NotStored.class);

            network.recreate(ORDERS);
            fill(publisher, 10);

            assertCreatedAgain(publisher.resolve(stored).join());
            assertCreatedAgain(publisher.resolve(lost).join());
        }
    }

    @Test
    void isRightAboutMessagesToTheTopicThatWasCreatedAgain() throws Exception {
        try (Publisher publisher = network.publisher(Map.of())) {
            fill(publisher, 200); // so that much is known of the first topic
            network.recreate(ORDERS);
            publisher.publish(ORDERS, "k", "first").join();

            DeliveryHandle stored = acknowledgmentLost(publisher, "stored");
            DeliveryHandle lost = requestLost(publisher, "lost");
            Receipt later = publisher.publish(ORDERS, "k", "later").join();

            assertThat(stored.topicId()).as("not known yet").isNull();
            assertThat(publisher.resolve(lost).join())
                    .isInstanceOfSatisfying(
                            NotSettled.class,
                            found -> assertThat(found.reason()).contains("does not say which topic orders it is of"));
            assertThat(publisher.resolve(stored).join())
                    .isInstanceOfSatisfying(
                            Stored.class,
                            found -> assertThat(found.receipt().offset()).isBetween(1L, later.offset() - 1));

            DeliveryHandle storedNow = acknowledgmentLost(publisher, "stored, and the id is known");
            DeliveryHandle lostNow = requestLost(publisher, "lost, and the id is known");
            publisher.publish(ORDERS, "k", "last").join();
            assertThat(publisher.resolve(storedNow).join()).isInstanceOf(Stored.class);
            assertThat(publisher.resolve(lostNow).join()).isInstanceOf(NotStored.class);
            assertThat(network.stored(ORDERS))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("first", "stored", "later", "stored, and the id is known", "last");
        }
    }

    @Test
    void noticesAtASearchThatTheTopicWasCreatedAgain() throws Exception {
        try (Publisher publisher = network.publisher(Map.of())) {
            publisher
                    .publish(ORDERS, "k", "in an empty topic, as the next one is")
                    .join();
            network.recreate(ORDERS);
            DeliveryHandle unnoticed = acknowledgmentLost(publisher, "stored");
            assertCreatedAgain(publisher.resolve(unnoticed).join());

            DeliveryHandle noticed = requestLost(publisher, "lost");
            publisher.publish(ORDERS, "k", "later").join();
            assertThat(publisher.resolve(noticed).join()).isInstanceOf(NotStored.class);
        }
    }

    @Test
    void saysNothingOfAMessageToATopicThatIsGone() throws Exception {
        try (Publisher publisher = network.publisher(Map.of())) {
            DeliveryHandle stored = acknowledgmentLost(publisher, "stored");
            network.delete(ORDERS);

            assertThat(publisher.resolve(stored).join())
                    .isInstanceOfSatisfying(
                            NotSettled.class,
                            found -> assertThat(found.reason()).contains("there is no topic orders"));
        }
    }

    @Test
    void doesNotTakeTheRecordInTheSamePlaceForThatOfATransaction() throws Exception {
        try (Publisher publisher = transactions()) {
            fill(publisher, 3);
            DeliveryHandle neverCommitted = commitLost(publisher, false);
            assertThat(neverCommitted.offset()).isEqualTo(3);

            network.recreate(ORDERS);
            fill(publisher, 10);

            assertCreatedAgain(publisher.resolve(neverCommitted).join());
            assertThat(publisher.resolve(withoutTopicId(neverCommitted)).join()).isInstanceOf(NotSettled.class);
            assertThat(publisher.resolve(commitLost(publisher, true)).join())
                    .as("of the next transaction, to the new topic")
                    .isInstanceOf(Stored.class);
        }
    }

    @Test
    void saysNothingWhereTheTopicIsCreatedAgainDuringTheSearch() throws Exception {
        try (Publisher publisher = transactions()) {
            fill(publisher, 3);
            DeliveryHandle neverCommitted = commitLost(publisher, false);
            network.proxy().hold(ApiKeys.FETCH);
            CompletableFuture<Resolution> search = publisher.resolve(neverCommitted);
            await().until(() -> network.proxy().held() > 0);

            network.recreate(ORDERS);
            fill(publisher, 10);
            network.proxy().heal();

            assertThat(search.join()).isInstanceOf(NotSettled.class);
        }
    }

    private Publisher transactions() {
        Map<String, String> keys = new HashMap<>(Map.of(
                "application.id",
                "app",
                "transactions.producers",
                "1",
                "transactions.timeout.ms",
                "2000",
                "publish.max.wait.ms",
                "1000"));
        return network.publisher(keys);
    }

    /** The handle of a transaction whose end is lost on its way, or the answer to it. */
    private DeliveryHandle commitLost(Publisher publisher, boolean committed) {
        if (committed) {
            network.proxy().dropAcks(ApiKeys.END_TXN);
        } else {
            network.proxy().dropRequests(ApiKeys.END_TXN);
        }
        TransactionException unknown = failureOf(publisher.transaction(transaction -> {
            transaction.publish(ORDERS, "k", "of a transaction");
            return null;
        }));
        network.proxy().heal();
        assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
        return unknown.handle().orElseThrow();
    }

    private DeliveryHandle acknowledgmentLost(Publisher publisher, String value) {
        network.proxy().dropAcks(ApiKeys.PRODUCE);
        return unknown(publisher, value);
    }

    private DeliveryHandle requestLost(Publisher publisher, String value) {
        network.proxy().dropRequests(ApiKeys.PRODUCE);
        return unknown(publisher, value);
    }

    private DeliveryHandle unknown(Publisher publisher, String value) {
        PublishException failure = (PublishException) requireNonNull(publisher
                .publish(ORDERS, "k", value)
                .handle((receipt, why) -> why)
                .join());
        network.proxy().heal();
        assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
        return failure.handle().orElseThrow();
    }

    private static void fill(Publisher publisher, int messages) {
        List<CompletableFuture<Receipt>> all = IntStream.range(0, messages)
                .mapToObj(i -> publisher.publish(ORDERS, "k", "v" + i))
                .toList();
        all.forEach(CompletableFuture::join);
    }

    private static DeliveryHandle withoutTopicId(DeliveryHandle handle) {
        return new DeliveryHandle(
                handle.topic(),
                null,
                handle.partition(),
                handle.recordIds(),
                handle.timestamp(),
                handle.offset(),
                handle.producer(),
                handle.failure());
    }

    private static void assertCreatedAgain(Resolution found) {
        assertThat(found)
                .isInstanceOfSatisfying(
                        NotSettled.class,
                        why -> assertThat(why.reason())
                                .contains("the topic orders was deleted and created again since"));
    }
}
