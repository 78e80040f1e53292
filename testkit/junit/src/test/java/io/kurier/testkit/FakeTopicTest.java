// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.Health;
import io.kurier.Health.Cause;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault, as the caller of a publisher sees it. */
@Timeout(60)
class FakeTopicTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final FakeKafka kafka = new FakeKafka();
    private final FakeTopic topic = kafka.topic("orders");
    private Publisher publisher = start(Map.of());

    @AfterEach
    void close() {
        publisher.close(Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void aDroppedAcknowledgmentIsUnknownAndTheRecordIsInTheLog(Verb verb) {
        topic.dropAcks(1);

        PublishException failure = Verb.failure(send(verb, "ink"));

        assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(failure.stage()).isEqualTo(Stage.SEND);
        assertThat(failure.retriable()).isFalse();
        assertThat(failure).hasCauseInstanceOf(TimeoutException.class).hasMessageContaining("Expiring 1 record(s)");
        assertThat(get(send(verb, "paper")).offset()).isEqualTo(1);
        assertThat(stored()).containsExactly("ink", "paper");
    }

    @Test
    void aDroppedAcknowledgmentCanTakeItsTimeAsWithKafka() {
        topic.dropAcks(1, Duration.ofHours(1));

        CompletableFuture<Receipt> published = send(Verb.PUBLISH, "ink");
        assertThat(published).isNotDone();

        topic.expire();
        assertThat(Verb.failure(published).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(stored()).containsExactly("ink");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedRecordIsNotStored(Verb verb) {
        topic.refuse(2, new RecordTooLargeException("too large"))
                .refuse(1, new TopicAuthorizationException("not yours"));

        for (String reason : List.of("too large", "too large", "not yours")) {
            PublishException failure = Verb.failure(send(verb, "ink"));
            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failure.retriable()).isFalse();
            assertThat(failure).hasMessageContaining(reason);
        }
        assertThat(get(send(verb, "paper")).offset()).isZero();
        assertThat(stored()).containsExactly("paper");
    }

    @Test
    void anotherErrorMeansWhatKurierSaysThatItMeans() {
        topic.refuse(1, new NotEnoughReplicasAfterAppendException("one replica"))
                .refuse(
                        1,
                        new KafkaException("Failed to append record because it was part of a batch which had one more"
                                + " more invalid records"));

        assertThat(Verb.failure(send(Verb.PUBLISH, "ink")).outcome()).isEqualTo(Outcome.UNKNOWN);
        PublishException neighbour = Verb.failure(send(Verb.PUBLISH, "ink"));
        assertThat(neighbour.outcome()).isEqualTo(Outcome.NOT_STORED);
        assertThat(neighbour.retriable()).isTrue();
    }

    @Test
    void theScriptIsPlayedInItsOrder() {
        topic.store(1)
                .dropAcks(1)
                .refuse(1, new RecordTooLargeException("too large"))
                .store(1)
                .dropAcks(1);

        List<String> outcomes = IntStream.range(0, 6)
                .mapToObj(i -> send(Verb.PUBLISH, "order " + i)
                        .handle((receipt, failure) -> failure instanceof PublishException publish
                                ? publish.outcome().toString()
                                : "offset " + receipt.offset())
                        .join())
                .toList();

        assertThat(outcomes).containsExactly("offset 0", "UNKNOWN", "NOT_STORED", "offset 2", "UNKNOWN", "offset 4");
        assertThat(stored()).containsExactly("order 0", "order 1", "order 3", "order 4", "order 5");
    }

    @Test
    void aScriptNeedsRecordsAndNoNegativeTimes() {
        assertThatThrownBy(() -> topic.store(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> topic.bufferFull(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> topic.delay(1, Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDelayedAcknowledgmentComesLaterAndHoldsThoseBehindIt() {
        topic.delay(1, Duration.ofMillis(50));
        long before = System.nanoTime();

        CompletableFuture<Receipt> delayed = send(Verb.PUBLISH, "ink");
        CompletableFuture<Receipt> behind = send(Verb.PUBLISH, "paper");
        assertThat(stored()).containsExactly("ink", "paper");

        assertThat(get(behind).offset()).isEqualTo(1);
        assertThat(get(delayed).offset()).isZero();
        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void aDelayHoldsNoOtherPartition() {
        kafka.partitions("orders", 2);
        topic.delay(1, Duration.ofHours(1));
        Message<String, String> message = Message.of(ORDERS, null, "ink");

        CompletableFuture<Receipt> delayed = publisher.publish(message.withPartition(0));

        assertThat(get(publisher.publish(message.withPartition(1))).partition()).isEqualTo(1);
        assertThat(delayed).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void heldAcknowledgmentsComeInOrderWhenTheyAreReleased(Verb verb) {
        topic.holdAcks();
        List<CompletableFuture<Receipt>> published =
                IntStream.range(0, 3).mapToObj(i -> send(verb, "order " + i)).toList();
        assertThat(stored()).hasSize(3);
        assertThat(published).noneMatch(CompletableFuture::isDone);

        topic.releaseAcks();
        assertThat(published.stream().map(FakeTopicTest::get))
                .extracting(Receipt::offset)
                .containsExactly(0L, 1L, 2L);
        assertThat(get(send(verb, "order 3")).offset()).isEqualTo(3);
    }

    @Test
    void heldAcknowledgmentsThatExpireAreUnknownAndTheirRecordsStay() {
        topic.holdAcks();
        CompletableFuture<Receipt> published = send(Verb.PUBLISH, "ink");

        topic.expire();
        assertThat(Verb.failure(published).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(send(Verb.PUBLISH, "paper")).isNotDone();
        assertThat(stored()).containsExactly("ink", "paper");
    }

    @ParameterizedTest
    @EnumSource
    void aLostConnectionHoldsRecordsAndStoresThemInOrderWhenItIsBack(Verb verb) {
        topic.disconnect();
        List<CompletableFuture<Receipt>> published =
                IntStream.range(0, 3).mapToObj(i -> send(verb, "order " + i)).toList();
        assertThat(stored()).isEmpty();
        assertThat(published).noneMatch(CompletableFuture::isDone);

        topic.reconnect();
        assertThat(stored()).containsExactly("order 0", "order 1", "order 2");
        assertThat(published.stream().map(FakeTopicTest::get))
                .extracting(Receipt::offset)
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void whatExpiresWithoutAConnectionIsUnknownAndNeverStored() {
        topic.disconnect();
        CompletableFuture<Receipt> published = send(Verb.PUBLISH, "ink");

        topic.expire();
        PublishException failure = Verb.failure(published);
        assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(failure).hasCauseInstanceOf(TimeoutException.class);

        topic.reconnect();
        assertThat(get(send(Verb.PUBLISH, "paper")).offset()).isZero();
        assertThat(stored()).containsExactly("paper");
    }

    @Test
    void theScriptGoesOnWithTheRecordsThatAReconnectionBrings() {
        topic.refuse(1, new RecordTooLargeException("too large")).disconnect();
        CompletableFuture<Receipt> first = send(Verb.PUBLISH, "ink");
        CompletableFuture<Receipt> second = send(Verb.PUBLISH, "paper");

        topic.reconnect();
        assertThat(Verb.failure(first).outcome()).isEqualTo(Outcome.NOT_STORED);
        assertThat(get(second).offset()).isZero();
    }

    @Test
    void aLostConnectionEndsWithTheDeliveryTimeoutOfTheProducer() {
        publisher.close();
        publisher = start(Map.of(
                "producer.delivery.timeout.ms", "21", "producer.request.timeout.ms", "20", "producer.linger.ms", "1"));
        topic.disconnect();

        assertThat(Verb.failure(send(Verb.PUBLISH, "ink")).outcome()).isEqualTo(Outcome.UNKNOWN);
        topic.reconnect();
        assertThat(stored()).isEmpty();
    }

    @Test
    void tryPublishIsRejectedWhileTheBufferIsFull() {
        topic.bufferFull();

        PublishException failure = Verb.failure(send(Verb.TRY_PUBLISH, "ink"));
        assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(failure.retriable()).isTrue();
        assertThat(failure).hasCauseInstanceOf(BufferExhaustedException.class);

        topic.room();
        assertThat(get(send(Verb.TRY_PUBLISH, "paper")).offset()).isZero();
        assertThat(stored()).containsExactly("paper");
    }

    @Test
    void publishWaitsForRoom() {
        topic.bufferFull();
        CompletableFuture<CompletableFuture<Receipt>> call =
                CompletableFuture.supplyAsync(() -> send(Verb.PUBLISH, "ink"));
        // a waiting caller is told by what it has not done: nothing is published, and the call goes on
        assertThat(call).isNotDone();
        assertThat(stored()).isEmpty();

        topic.room();
        await().until(call::isDone);
        assertThat(get(call.join()).offset()).isZero();
    }

    @Test
    void anInterruptedPublishIsRejectedAndKeepsTheFlag() {
        topic.bufferFull();

        Thread.currentThread().interrupt();
        CompletableFuture<Receipt> published = send(Verb.PUBLISH, "ink");
        assertThat(Thread.interrupted()).isTrue();

        PublishException failure = Verb.failure(published);
        assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(failure.retriable()).isTrue();
        assertThat(stored()).isEmpty();
    }

    @Test
    void publishIsRejectedWhenItsTimeIsOver() {
        publisher.close();
        publisher = start(Map.of("publish.max.wait.ms", "20"));
        topic.bufferFull();

        PublishException failure = Verb.failure(send(Verb.PUBLISH, "ink"));
        assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(failure.retriable()).isTrue();
        assertThat(failure).hasMessageContaining("publish.max.wait.ms=20");
    }

    @Test
    void aBufferThatIsFullForSomeAttemptsStopsTryPublishAndPublishGetsThrough() {
        topic.bufferFull(1);
        assertThat(Verb.failure(send(Verb.TRY_PUBLISH, "ink")).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(get(send(Verb.TRY_PUBLISH, "ink")).offset()).isZero();

        topic.bufferFull(3);
        assertThat(get(send(Verb.PUBLISH, "paper")).offset()).isEqualTo(1);
    }

    @Test
    void missingMetadataRefuseUntilTheyAreFound() {
        topic.loseMetadata();

        PublishException failure = Verb.failure(send(Verb.TRY_PUBLISH, "ink"));
        assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(failure.retriable()).isTrue();
        assertThat(failure).hasMessageContaining("Topic orders not present in metadata");
        PublishException placed = Verb.failure(
                publisher.tryPublish(Message.of(ORDERS, null, "ink").withPartition(0)));
        assertThat(placed.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(placed.retriable()).isTrue();
        CompletableFuture<CompletableFuture<Receipt>> call =
                CompletableFuture.supplyAsync(() -> send(Verb.PUBLISH, "paper"));

        topic.findMetadata();
        await().until(call::isDone);
        assertThat(get(call.join()).offset()).isZero();
        assertThat(stored()).containsExactly("paper");
    }

    @Test
    void aFaultHitsItsTopicOnly() {
        Topic<String, String> clicks = Topic.of("clicks", String.class, String.class);
        publisher.close();
        publisher = kafka.start(
                Map.of("topics.orders.value.serializer", "text", "topics.clicks.value.serializer", "text"),
                ORDERS,
                clicks);
        topic.disconnect().bufferFull();

        assertThat(get(publisher.publish(clicks, null, "here")).offset()).isZero();
    }

    @Test
    void theHealthFollowsTheFaults() {
        assertThat(publisher.health()).isEqualTo(Health.READY);

        topic.disconnect();
        assertThat(publisher.health().reasons())
                .extracting(Health.Reason::cause)
                .containsExactly(Cause.NOT_CONNECTED);
        topic.reconnect().bufferFull();
        assertThat(publisher.health().reasons())
                .extracting(Health.Reason::cause)
                .containsExactly(Cause.BUFFER_FULL);
        topic.room().loseMetadata();
        assertThat(publisher.health().reasons())
                .extracting(Health.Reason::cause)
                .containsExactly(Cause.TOPIC_DIFFERS);
        assertThat(publisher.health().live()).isTrue();

        topic.findMetadata();
        assertThat(publisher.health()).isEqualTo(Health.READY);
        kafka.topic("others").disconnect();
        assertThat(publisher.health()).isEqualTo(Health.READY);
    }

    private CompletableFuture<Receipt> send(Verb verb, String value) {
        return verb.send(publisher, Message.of(ORDERS, "C-7", value));
    }

    private static Receipt get(CompletableFuture<Receipt> published) {
        return published.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private List<String> stored() {
        return kafka.records(ORDERS, new StringDeserializer(), new StringDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private Publisher start(Map<String, String> more) {
        Map<String, String> config = new HashMap<>(more);
        config.put("topics.orders.value.serializer", "text");
        return kafka.start(config, ORDERS);
    }
}
