// SPDX-License-Identifier: Apache-2.0
package com.example.testing;

import static com.example.testing.FailureHandler.DEAD_LETTERS;
import static com.example.testing.OrderService.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.testing.OrderService.Order;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.core.Kurier;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.FakeKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of messages whose futures nobody looks at. */
@Timeout(60)
class FailureHandlerTest {
    private static final Order ORDER = new Order("O-1", "C-7", 19.90);

    private final FakeKafka kafka = new FakeKafka();
    private final Publisher publisher = start();

    private Publisher start() {
        // region failures-wired
        FailureHandler failures = new FailureHandler(Set.of(ORDERS), Duration.ofMillis(100));
        Publisher started = Kurier.builder()
                .set("bootstrap.servers", "nowhere:9092")
                .set("topics.orders.value.serializer", "json")
                .set("topics.orders.record.id", "true") // so that resolve finds them
                .set("topics.dead-letters.value.serializer", "json")
                .topics(ORDERS, DEAD_LETTERS)
                .listener(failures)
                .transport(kafka) // in the test only
                .start();
        failures.publishThrough(started);
        // endregion
        return started;
    }

    @AfterEach
    void close() {
        publisher.close(Duration.ZERO);
    }

    @Test
    void whatCanSucceedIsTriedAgain() {
        kafka.topic(ORDERS).bufferFull(2);

        CompletableFuture<Receipt> first = publisher.tryPublish(ORDERS, "C-7", ORDER);

        assertThat(first).isCompletedExceptionally();
        await().untilAsserted(() -> assertThat(orders()).hasSize(1));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void afterThreeRetriesItIsADeadLetter() {
        kafka.topic(ORDERS).bufferFull();

        publish();

        awaitDeadLetter("REJECTED");
        assertThat(orders()).isEmpty();
    }

    @Test
    void whatKafkaRefusesIsADeadLetterAtOnce() {
        kafka.topic(ORDERS).refuse(1, new TopicAuthorizationException("not yours"));

        publish();

        awaitDeadLetter("NOT_STORED");
        assertThat(orders()).isEmpty();
    }

    @Test
    void whatIsStoredWithoutAnAcknowledgmentIsNotPublishedAgain() {
        kafka.topic(ORDERS).dropAcks(1);
        publish();

        kafka.topic(ORDERS).refuse(1, new TopicAuthorizationException("not yours"));
        publish(); // the messages of a topic are handled one after the other
        awaitDeadLetter("NOT_STORED");
        assertThat(orders()).hasSize(1);
    }

    @Test
    void ofWhatMayStillArriveThereIsADeadLetterThatSaysSo() {
        kafka.topic(ORDERS).disconnect();
        publish();

        kafka.topic(ORDERS).expire();

        awaitDeadLetter("UNKNOWN");
        kafka.topic(ORDERS).reconnect();
        assertThat(orders()).isEmpty();
    }

    @Test
    void aDeadLetterThatFailsIsNotAnother() {
        kafka.topic(DEAD_LETTERS).refuse(1, new TopicAuthorizationException("not yours"));
        kafka.topic(ORDERS).refuse(2, new TopicAuthorizationException("not yours"));

        publish();
        publish();

        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
    }

    @Test
    void theReportOfACloseTellsWhatIsNotStored() {
        kafka.topic(ORDERS).dropAcks(1);
        publish();

        assertThat(FailureHandler.close(publisher).unknown()).isEqualTo(1);
    }

    /** Nobody looks at the future. */
    private void publish() {
        CompletableFuture<Receipt> unused = publisher.tryPublish(ORDERS, "C-7", ORDER);
        assertThat(unused).isNotNull();
    }

    private void awaitDeadLetter(String outcome) {
        await().untilAsserted(() -> assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("C-7");
            assertThat(letter.value()).isEqualTo(ORDER);
            assertThat(new String(letter.headers().lastHeader("outcome").value(), StandardCharsets.UTF_8))
                    .isEqualTo(outcome);
        }));
    }

    private List<ConsumerRecord<String, Order>> orders() {
        return kafka.records(ORDERS, new TextDeserializer(), new JsonDeserializer<>(Order.class));
    }

    private List<ConsumerRecord<String, Order>> deadLetters() {
        return kafka.records("dead-letters", new TextDeserializer(), new JsonDeserializer<>(Order.class));
    }
}
