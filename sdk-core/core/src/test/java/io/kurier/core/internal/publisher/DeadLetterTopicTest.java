// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.BulkReport;
import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code topics.one.dead.letter=dead}, on a transport that does what a test says. */
@Timeout(60)
class DeadLetterTopicTest {
    private static final KafkaFailure TOO_LARGE =
            new KafkaFailure(Outcome.NOT_STORED, false, new RecordTooLargeException("as scripted"));
    private static final KafkaFailure UNKNOWN =
            new KafkaFailure(Outcome.UNKNOWN, false, new TimeoutException("as scripted"));

    private final PerTopicTransport transport = new PerTopicTransport();
    private @Nullable RoutedPublisher publisher;

    @AfterEach
    void close() {
        if (publisher != null) {
            publisher.close();
        }
    }

    private RoutedPublisher start(Map<String, String> more, PublishListener... listeners) {
        String bytes = "class:org.apache.kafka.common.serialization.ByteArraySerializer";
        Map<String, String> keys = new HashMap<>(Map.of(
                "topics", "one,dead,deader",
                "topics.one.value.serializer", "text",
                "topics.one.dead.letter", "dead",
                "topics.dead.value.serializer", bytes,
                "topics.dead.dead.letter", "deader",
                "topics.deader.value.serializer", bytes));
        keys.putAll(more);
        RoutedPublisher started = ScriptedPublishers.over(transport, keys, Duration.ofSeconds(30), listeners);
        publisher = started;
        return started;
    }

    private static PublishException failure(CompletableFuture<Receipt> published) {
        return published
                .handle((receipt, failure) -> (PublishException) failure)
                .join();
    }

    private EncodedRecord letter() {
        assertThat(transport.stored("dead")).hasSize(1);
        return transport.stored("dead").get(0);
    }

    private static @Nullable String text(EncodedRecord record, String header) {
        Header last = record.headers().lastHeader(header);
        return last == null || last.value() == null ? null : new String(last.value(), StandardCharsets.UTF_8);
    }

    private static @Nullable String word(EncodedRecord letter, String name) {
        return text(letter, "kurier.dead.letter." + name);
    }

    @Test
    void keepsAMessageThatTheSerializerRefuses() {
        PublishException why = failure(start(Map.of())
                .publish(Message.of(ONE, "k", "poison")
                        .withHeader("trace", "7")
                        .withTimestamp(1_234)
                        .withPartition(3)));

        assertThat(why.stage()).isEqualTo(Stage.ENCODE);
        assertThat(why.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(why).hasMessageContaining("poison is not text").hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(why.deadLetter()).hasValueSatisfying(receipt -> {
            assertThat(receipt.topic()).isEqualTo("dead");
            assertThat(receipt.offset()).isEqualTo(42);
        });
        assertThat(letter().key()).asString().isEqualTo("k");
        assertThat(letter().value()).asString().isEqualTo("poison");
        assertThat(text(letter(), "trace")).isEqualTo("7");
        assertThat(word(letter(), "topic")).isEqualTo("one");
        assertThat(word(letter(), "stage")).isEqualTo("ENCODE");
        assertThat(word(letter(), "outcome")).isEqualTo("REJECTED");
        assertThat(word(letter(), "reason")).doesNotContain("poison").contains("IllegalArgumentException");
        assertThat(word(letter(), "exception")).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(Instant.parse(String.valueOf(word(letter(), "time")))).isBeforeOrEqualTo(Instant.now());
        assertThat(word(letter(), "client.id")).isEqualTo("scripted");
        assertThat(word(letter(), "partition")).isEqualTo("3");
        assertThat(word(letter(), "timestamp")).isEqualTo("1234");
        assertThat(word(letter(), "key")).isEqualTo("encoded");
        assertThat(word(letter(), "value")).isEqualTo("as-given");
    }

    @Test
    void leavesOutAValueOfWhichNoBytesWereMade() {
        Topic<Object, Object> any = Topic.of("one", Object.class, Object.class);

        assertThat(failure(start(Map.of()).publish(any, 7, List.of("secret"))).deadLetter())
                .isPresent();
        assertThat(letter().key()).isNull();
        assertThat(letter().value()).isNull();
        assertThat(word(letter(), "key")).isEqualTo("omitted-not-encodable");
        assertThat(word(letter(), "value")).isEqualTo("omitted-not-encodable");
    }

    @Test
    void keepsTheRecordThatKafkaDoesNotStore() {
        transport.next("one", TOO_LARGE);

        PublishException why = failure(start(Map.of()).publish(ONE, "k", "v"));

        assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
        assertThat(why.deadLetter()).isPresent();
        assertThat(letter().value()).asString().isEqualTo("v");
        assertThat(word(letter(), "stage")).isEqualTo("SEND");
        assertThat(word(letter(), "outcome")).isEqualTo("NOT_STORED");
        assertThat(word(letter(), "reason")).contains("as scripted");
        assertThat(word(letter(), "value")).isEqualTo("encoded");
    }

    @Test
    void sendsNothingOnKafkasThread() {
        transport.next("one", TOO_LARGE);
        assertThat(failure(start(Map.of()).publish(ONE, "k", "v")).deadLetter()).isPresent();
        assertThat(transport.threads).noneMatch(name -> name.equals("io")).hasSize(1);
    }

    @Test
    void keepsATombstoneAndARecordWithoutKeyThatKafkasClientRefuses() {
        transport.next("one", new InvalidTopicException("as scripted"));
        assertThat(failure(start(Map.of()).publish(ONE, null, null)).deadLetter())
                .isPresent();
        assertThat(word(letter(), "key")).isEqualTo("null");
        assertThat(word(letter(), "value")).isEqualTo("null");
    }

    @Test
    void leavesWhatMayBeStoredOrCanBePublishedAgainOrIsNoFaultOfTheMessage() {
        RoutedPublisher started = start(Map.of());
        transport.next("one", UNKNOWN);
        assertThat(failure(started.publish(ONE, "k", "v")).deadLetter()).isEmpty();
        transport.next("one", new KafkaFailure(Outcome.NOT_STORED, true, new TimeoutException("its neighbour")));
        assertThat(failure(started.publish(ONE, "k", "v")).deadLetter()).isEmpty();
        transport.next("one", new BufferExhaustedException("full"));
        assertThat(failure(started.tryPublish(ONE, "k", "v")).deadLetter()).isEmpty();
        assertThat(failure(started.publish(Topic.of("nowhere", String.class, String.class), "k", "v"))
                        .deadLetter())
                .isEmpty();
        started.close();
        assertThat(failure(started.publish(ONE, "k", "v")).deadLetter()).isEmpty();
        assertThat(transport.taken()).isEmpty();
    }

    @Test
    void keepsAMessageThatLacksAHeaderAndSaysWhich() {
        start(Map.of("topics.one.required.headers", "tenant", "topics.one.record.id", "true"))
                .publish(ONE, "k", "v");
        assertThat(letter().value()).asString().isEqualTo("v");
        assertThat(word(letter(), "stage")).isEqualTo("GUARD");
        assertThat(word(letter(), "reason")).contains("lacks tenant");
        assertThat(text(letter(), "record.id")).isNull();
    }

    @Test
    void neverPassesAGuardThatChangesRecords() {
        RoutedPublisher started =
                start(Map.of("topics.one.guards", "seal,as-told", "topics.one.guard.seal.password", "p"));

        assertThat(failure(started.publish(Message.of(ONE, "secret", "poison").withHeader("secret-header", "secret")))
                        .deadLetter())
                .isPresent(); // refused before the guards
        assertThat(failure(started.publish(ONE, "secret", null)).deadLetter()).isPresent(); // refused by one
        assertThat(transport.stored("dead")).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.key()).isNull();
            assertThat(letter.value()).isNull();
            assertThat(word(letter, "key")).isEqualTo("omitted-guard");
            assertThat(word(letter, "value")).isEqualTo("omitted-guard");
            assertThat(letter.headers())
                    .allSatisfy(header -> assertThat(header.key()).startsWith("kurier."))
                    .allSatisfy(header -> assertThat(header.value()).asString().doesNotContain("secret", "poison"));
        });
    }

    @Test
    void keepsWhatTheGuardsMadeOfARecord() {
        transport.next("one", TOO_LARGE);
        RoutedPublisher started = start(Map.of("topics.one.guards", "seal", "topics.one.guard.seal.password", "p"));
        assertThat(failure(started.publish(ONE, "k", "v")).deadLetter()).isPresent();
        assertThat(letter().value()).asString().isEqualTo("[v]");
        assertThat(text(letter(), "seal")).isEqualTo("red");
    }

    @Test
    void passesTheGuardsOfTheDeadLetterTopic() {
        RoutedPublisher started = start(Map.of("topics.dead.guards", "seal", "topics.dead.guard.seal.password", "p"));
        assertThat(failure(started.publish(ONE, "k", "poison")).deadLetter()).isPresent();
        assertThat(letter().value()).asString().isEqualTo("[poison]");
    }

    @Test
    void leavesOutWhatIsTooLargeForTheDeadLetterTopic() {
        RoutedPublisher started = start(Map.of("topics.dead.max.record.bytes", "900"));
        assertThat(failure(started.publish(ONE, "k", "poison")).deadLetter()).isPresent();
        transport.next("one", TOO_LARGE, TOO_LARGE, TOO_LARGE);
        assertThat(failure(started.publish(ONE, "k", "v".repeat(900))).deadLetter())
                .isPresent();
        assertThat(failure(started.publish(ONE, "k".repeat(900), "v")).deadLetter())
                .isPresent();
        transport.next("dead", TOO_LARGE, TOO_LARGE); // and as the broker says
        assertThat(failure(started.publish(ONE, "k", "v")).deadLetter()).isPresent();
        assertThat(transport.stored("dead"))
                .extracting(letter -> word(letter, "key") + " " + word(letter, "value"))
                .containsExactly(
                        "encoded as-given",
                        "encoded omitted-too-large",
                        "omitted-too-large omitted-too-large",
                        "omitted-too-large omitted-too-large");
    }

    @Test
    void saysWhyADeadLetterIsNotStoredAndDoesNotTryAnotherTopic() {
        RoutedPublisher started = start(Map.of());
        transport.next(
                "dead",
                new KafkaFailure(Outcome.NOT_STORED, false, new TopicAuthorizationException("not allowed")),
                UNKNOWN);
        for (Outcome outcome : List.of(Outcome.NOT_STORED, Outcome.UNKNOWN)) {
            PublishException why = failure(started.publish(ONE, "k", "poison"));
            assertThat(why.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(why.deadLetter()).isEmpty();
            assertThat(why.getSuppressed()).singleElement().isInstanceOfSatisfying(PublishException.class, of -> {
                assertThat(of.topic()).isEqualTo("dead");
                assertThat(of.outcome()).isEqualTo(outcome);
            });
        }
        assertThat(transport.taken()).isEmpty();
        assertThat(started.close(Duration.ofSeconds(30))).isEqualTo(new CloseReport(2, 0, 2, 0, 0));
    }

    @Test
    void doesNotWaitForRoomInTryPublishAndDoesInPublish() {
        RoutedPublisher started = start(Map.of());
        Object[] full = Stream.generate(() -> new BufferExhaustedException("full"))
                .limit(3)
                .toArray();
        transport.next("dead", new BufferExhaustedException("full"));
        CompletableFuture<Receipt> tried = started.tryPublish(ONE, "k", "poison");
        assertThat(tried).isDone();
        assertThat(failure(tried).getSuppressed()).singleElement().asString().contains("retriable");

        transport.next("dead", full);
        assertThat(failure(started.publish(ONE, "k", "poison")).deadLetter()).isPresent();
    }

    @Test
    void isOutsideOfTheNumbersOfMessages() {
        RoutedPublisher started = start(Map.of());
        transport.next("one", TOO_LARGE, UNKNOWN);
        for (String value : List.of("a", "b", "poison", "d")) {
            CompletableFuture<Receipt> unused = started.publish(ONE, "k", value);
        }
        assertThat(started.close(Duration.ofSeconds(30))).isEqualTo(new CloseReport(4, 1, 1, 1, 1));
        assertThat(transport.stored("dead")).hasSize(2);
    }

    @Test
    void keepsTheMessagesOfPublishAll() {
        BulkReport report = start(Map.of())
                .publishAll(
                        ONE,
                        IntStream.range(0, 10)
                                .mapToObj(i -> Message.of(ONE, "k" + i, i % 2 == 0 ? "poison" : "v"))
                                .toList())
                .join();
        assertThat(report.stored()).isEqualTo(5);
        assertThat(report.rejected()).isEqualTo(5);
        assertThat(report.failures())
                .hasSize(5)
                .allSatisfy(failed -> assertThat(failed.cause().deadLetter()).isPresent());
        assertThat(transport.stored("dead"))
                .extracting(letter -> new String(letter.key(), StandardCharsets.UTF_8))
                .containsExactly("k0", "k2", "k4", "k6", "k8");
    }

    @Test
    void tellsListenersOfTheMessageWithItsDeadLetter() {
        List<FailedMessage> failed = new CopyOnWriteArrayList<>();
        List<String> stored = new CopyOnWriteArrayList<>();
        RoutedPublisher started = start(Map.of(), new PublishListener() {
            @Override
            public void stored(String topic, Receipt receipt, long nanos) {
                stored.add(topic);
            }

            @Override
            public void failed(FailedMessage message) {
                failed.add(message);
            }
        });
        transport.next("one", TOO_LARGE);
        BulkReport report = started.publishAll(ONE, List.of(Message.of(ONE, "k", "v"), Message.of(ONE, "k", "poison")))
                .join();
        assertThat(report.failures()).hasSize(2);
        started.flush().join();
        assertThat(failed)
                .hasSize(2)
                .allSatisfy(
                        message -> assertThat(message.failure().deadLetter()).isPresent());
        assertThat(stored).isEmpty();
    }

    @Test
    void isAwaitedByFlush() {
        RoutedPublisher started = start(Map.of());
        transport.next("one", TOO_LARGE);
        transport.next("dead", TOO_LARGE, TOO_LARGE);
        CompletableFuture<Receipt> published = started.publish(ONE, "k", "v");
        started.flush().join();
        assertThat(published).isDone();
        assertThat(transport.stored("dead")).hasSize(1);
    }

    @Test
    void isAwaitedByClose() throws Exception {
        RoutedPublisher started = start(Map.of());
        transport.held = new CountDownLatch(1);
        transport.next("one", TOO_LARGE);
        CompletableFuture<Receipt> published = started.publish(ONE, "k", "v");
        CompletableFuture<CloseReport> closed =
                CompletableFuture.supplyAsync(() -> started.close(Duration.ofSeconds(30)));
        await().until(() -> String.valueOf(
                        failure(started.publish(ONE, "k", "late")).getMessage())
                .contains("closed"));
        transport.held.countDown();

        assertThat(failure(published).deadLetter()).isPresent();
        assertThat(closed.join().notStored()).isEqualTo(1);
        assertThat(transport.stored("dead")).hasSize(1);
    }

    @Test
    void isStoredIfADependentOfItsTopicClosesThePublisher() {
        RoutedPublisher started = start(Map.of());
        transport.held = new CountDownLatch(1);
        transport.next("one", TOO_LARGE, TOO_LARGE);
        CompletableFuture<CloseReport> closed =
                started.publish(ONE, "k", "v").handle((receipt, failure) -> started.close(Duration.ofSeconds(30)));
        CompletableFuture<Receipt> behind = started.publish(ONE, "k", "w");
        transport.held.countDown();
        assertThat(closed.join()).isEqualTo(new CloseReport(2, 0, 0, 2, 0));
        assertThat(failure(behind).deadLetter()).isPresent();
    }

    @Test
    void describesExceptionsThatCannotDescribeThemselves() {
        RoutedPublisher started = start(Map.of());
        transport.next("one", new KafkaFailure(Outcome.NOT_STORED, false, new Indescribable()));
        assertThat(failure(started.publish(ONE, "k", "v")).deadLetter()).isPresent();
        assertThat(word(letter(), "exception")).isEqualTo(Indescribable.class.getName());
    }

    private static final class Indescribable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }
}
