// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.TransactedTopics.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Dead letters on a real broker, which refuses what is too large for one topic and not for the other. */
@Timeout(120)
class DeadLetterOnKafkaTest {
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final String LARGE = "x".repeat(5_000);

    private String dead = "";

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        dead = "dead-" + test.getTestMethod().orElseThrow().getName();
    }

    private Publisher start(Map<String, String> more) {
        return Kurier.builder()
                .set("bootstrap.servers", BROKER.bootstrapServers())
                .set("client.id", dead)
                .set("topics.management", "create")
                .set("topics", "orders,dead")
                .set("topics.orders.value.serializer", "text")
                .set("topics.orders.config.max.message.bytes", "1000")
                .set("topics.orders.config.compression.type", "uncompressed")
                .set("topics.orders.dead.letter", "dead")
                .set("topics.dead.name", dead)
                .set("topics.dead.value.serializer", "class:org.apache.kafka.common.serialization.ByteArraySerializer")
                .set(more)
                .topics(ORDERS)
                .start();
    }

    private List<ConsumerRecord<String, String>> letters() {
        return StoredRecords.of(BROKER.bootstrapServers(), dead, 1);
    }

    private static PublishException failure(CompletableFuture<Receipt> published) {
        return published
                .handle((receipt, failure) -> (PublishException) failure)
                .join();
    }

    private double metric(String name) throws Exception {
        return (double) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("kurier:type=publisher-topic-metrics,client-id=" + dead + ",topic=orders"),
                        name);
    }

    @Test
    void keepsWhatTheBrokerRefuses() throws Exception {
        try (Publisher publisher = start(Map.of())) {
            PublishException why =
                    failure(publisher.publish(Message.of(ORDERS, "k", LARGE).withHeader("trace", "7")));
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(why).hasCauseInstanceOf(RecordTooLargeException.class);
            assertThat(why.deadLetter())
                    .contains(new Receipt(
                            dead, 0, 0, why.deadLetter().orElseThrow().timestamp(), 1, LARGE.length()));
            assertThat(failure(publisher.tryPublish(ORDERS, "k", "poison")).deadLetter())
                    .isPresent();
            assertThat(metric("dead-letter-stored-total")).isEqualTo(2);
            assertThat(metric("dead-letter-not-stored-total")).isEqualTo(0);
            assertThat(publisher.close(Duration.ofSeconds(30))).isEqualTo(new CloseReport(2, 0, 1, 1, 0));
        }
        assertThat(letters()).extracting(ConsumerRecord::key).containsExactly("k", "k");
        assertThat(letters()).extracting(ConsumerRecord::value).containsExactly(LARGE, "poison");
        assertThat(letters().get(0).headers().lastHeader("trace").value()).isEqualTo("7".getBytes(UTF_8));
        assertThat(letters())
                .extracting(letter -> new String(
                        letter.headers().lastHeader("kurier.dead.letter.stage").value(), UTF_8))
                .containsExactly("SEND", "ENCODE");
    }

    @Test
    void awaitsThemAtTheCloseWhereverTheirMessagesAre() {
        int count = 500;
        List<CompletableFuture<Receipt>> all;
        CloseReport report;
        try (Publisher publisher = start(Map.of("producer.linger.ms", "200"))) {
            all = IntStream.range(0, count)
                    .mapToObj(i -> publisher.publish(ORDERS, "k" + i, i % 2 == 0 ? LARGE : "poison"))
                    .toList();
            report = publisher.close(Duration.ofSeconds(60));
        }
        assertThat(report).isEqualTo(new CloseReport(count, 0, count / 2, count / 2, 0));
        assertThat(all)
                .allSatisfy(
                        published -> assertThat(failure(published).deadLetter()).isPresent());
        assertThat(letters()).hasSize(count);
    }

    @Test
    void leavesTheMessagesOfTransactionsToTheirCallers() {
        try (Publisher publisher = start(Map.of("application.id", "letters", "transactions.producers", "1"))) {
            publisher
                    .transaction(transaction -> {
                        assertThatThrownBy(() -> transaction.publish(ORDERS, "k", "poison"))
                                .isInstanceOfSatisfying(PublishException.class, why -> {
                                    assertThat(why.stage()).isEqualTo(Stage.ENCODE);
                                    assertThat(why.deadLetter()).isEmpty();
                                });
                        transaction.publish(ORDERS, "k", "v");
                        return null;
                    })
                    .join();
            assertThat(failureOf(publisher.transaction(transaction -> {
                                transaction.publish(ORDERS, "k", LARGE);
                                return null;
                            }))
                            .outcome())
                    .isEqualTo(Outcome.NOT_STORED);
        }
        assertThat(letters()).isEmpty();
    }
}
