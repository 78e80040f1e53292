// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code topics.management=later}: the start asks nothing, and nothing is published until the topics are as declared. */
@Timeout(120)
class DeferredStartTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    @Test
    void startsBeforeItsClusterAndPublishesWhenTheTopicIsThere() throws IOException {
        int port = unusedPort();
        Map<String, String> keys = Map.of("application.id", "shop", "transactions.minimum.version", "0");
        try (Publisher publisher = Kurier.start(keys("127.0.0.1:" + port, keys), ORDERS)) {
            CompletableFuture<Receipt> waiting = CompletableFuture.supplyAsync(
                            () -> publisher.publish(ORDERS, "waiting", "v"))
                    .thenCompose(future -> future);
            assertThat(refusal(publisher)).contains("nothing is published until the topics are as declared");
            await().untilAsserted(
                            () -> assertThat(refusal(publisher)).contains("no broker answered at 127.0.0.1:" + port));

            try (LocalBroker broker = LocalBroker.builder().port(port).start();
                    ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
                await().untilAsserted(() -> assertThat(refusal(publisher)).contains("the topic orders does not exist"));
                assertThat(waiting).isNotDone();

                admin.createTopic("orders", 3);

                assertThat(waiting.join().hasOffset()).isTrue();
                publisher
                        .transaction(transaction -> {
                            transaction.publish(ORDERS, "transacted", "v");
                            return "done";
                        })
                        .join();
                assertThat(StoredRecords.of(broker.bootstrapServers(), "orders", 3))
                        .extracting(ConsumerRecord::key)
                        .containsExactlyInAnyOrder("waiting", "transacted");
            }
        }
    }

    @Test
    void publishesNothingToATopicThatDiffers() {
        try (LocalBroker broker = LocalBroker.start();
                ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
            admin.createTopic("orders", 1);
            Map<String, String> keys = keys(broker.bootstrapServers(), Map.of("topics.orders.partitions", "2"));
            try (Publisher publisher = Kurier.start(keys, ORDERS)) {
                await().untilAsserted(() -> assertThat(refusal(publisher)).contains("declared 2, actual 1"));
                assertThat(StoredRecords.of(broker.bootstrapServers(), "orders", 1))
                        .isEmpty();

                admin.createPartitions("orders", 2);

                publisher.publish(ORDERS, "k", "v").join();
                assertThat(StoredRecords.of(broker.bootstrapServers(), "orders", 2))
                        .hasSize(1);
            }
        }
    }

    /** It is looked up again with each attempt. */
    @Test
    void startsWithANameThatCannotBeResolvedYet() {
        try (Publisher publisher = Kurier.start(keys("not-there-yet.invalid:9092", Map.of()), ORDERS)) {
            await().untilAsserted(() -> assertThat(refusal(publisher)).contains("cannot be resolved to an address"));
        }
    }

    @Test
    void refusesWhatCannotWaitAnyLonger() throws IOException {
        Map<String, String> keys = Map.of("application.id", "shop", "publish.max.wait.ms", "50");
        try (Publisher publisher = Kurier.start(keys("127.0.0.1:" + unusedPort(), keys), ORDERS)) {
            CompletionException message = requireNonNull(catchThrowableOfType(
                    CompletionException.class,
                    () -> publisher.publish(ORDERS, "k", "v").join()));
            CompletionException transaction = requireNonNull(catchThrowableOfType(
                    CompletionException.class,
                    () -> publisher
                            .transaction(work -> {
                                work.publish(ORDERS, "k", "v");
                                return "done";
                            })
                            .join()));

            assertThat(message.getCause())
                    .isInstanceOfSatisfying(
                            PublishException.class,
                            e -> assertThat(e)
                                    .hasMessageContaining(
                                            "not taken within publish.max.wait.ms=50: nothing is published until"));
            assertThat(transaction.getCause()).isInstanceOfSatisfying(TransactionException.class, e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
                assertThat(e.retriable()).isTrue();
                assertThat(e).hasMessageContaining("nothing is published until the topics are as declared");
            });
        }
    }

    @Test
    void aCloseEndsTheAttempts() throws IOException {
        Publisher publisher = Kurier.start(keys("127.0.0.1:" + unusedPort(), Map.of("client.id", "later")), ORDERS);
        CompletableFuture<Receipt> waiting = CompletableFuture.supplyAsync(() -> publisher.publish(ORDERS, "k", "v"))
                .thenCompose(future -> future);
        await().until(() -> isAlive("kurier-start"));

        publisher.close();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(PublishException.class);
        await().untilAsserted(() -> {
            assertThat(isAlive("kurier-start")).isFalse();
            assertThat(isAlive("later")).isFalse();
        });
    }

    private static boolean isAlive(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().contains(name));
    }

    /** Why a message is refused at this moment, as one is that comes before the metadata. */
    private static String refusal(Publisher publisher) {
        CompletionException thrown = requireNonNull(catchThrowableOfType(
                CompletionException.class,
                () -> publisher.tryPublish(ORDERS, "k", "v").join()));
        PublishException refused = (PublishException) requireNonNull(thrown.getCause());
        assertThat(refused.stage()).isEqualTo(Stage.SEND);
        assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(refused.retriable()).isTrue();
        return String.valueOf(refused.getMessage());
    }

    private static Map<String, String> keys(String address, Map<String, String> others) {
        Map<String, String> keys = new HashMap<>(others);
        keys.put("bootstrap.servers", address);
        keys.put("topics.management", "later");
        keys.put("topics.orders.value.serializer", "text");
        return keys;
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
