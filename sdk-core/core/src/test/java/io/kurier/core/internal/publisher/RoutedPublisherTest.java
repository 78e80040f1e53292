// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.testplugins.Chunks;
import io.kurier.core.testplugins.FirstByte;
import io.kurier.core.transport.KafkaFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoutedPublisherTest {
    private static final Topic<String, String> LINES = Topic.of("lines", String.class, String.class);
    private static final Topic<String, String> DIGITS = Topic.of("digits", String.class, String.class);
    private static final Topic<String, String> WORDS = Topic.of("words", String.class, String.class);
    private static final Topic<String, String> SMALL = Topic.of("small", String.class, String.class);
    private static final Map<String, String> TOPICS = Map.of(
            "topics", "lines,digits,words,small",
            "topics.lines.value.serializer", "text",
            "topics.digits.value.serializer", "text",
            "topics.digits.partitioner", "first-byte",
            "topics.words.value.serializer", "chunks",
            "topics.small.value.serializer", "text",
            "topics.small.max.record.bytes", "10");

    private final ScriptedTransport transport = new ScriptedTransport();
    private final RoutedPublisher publisher = publisher(Duration.ofSeconds(10));

    @AfterEach
    void close() {
        publisher.close(Duration.ofSeconds(5));
    }

    @Test
    void carriesKeyValueHeadersTimestampAndPartition() {
        Receipt receipt = publisher
                .publish(Message.of(LINES, "k", "v")
                        .withHeader("trace", "7")
                        .withTimestamp(99)
                        .withPartition(2))
                .join();

        assertThat(receipt).isEqualTo(new Receipt("lines", 1, 42, 1_000, 1, 1));
        ScriptedTransport.Taken taken = transport.taken().get(0);
        assertThat(taken.record().key()).isEqualTo(bytes("k"));
        assertThat(taken.record().value()).isEqualTo(bytes("v"));
        assertThat(taken.record().headers().lastHeader("trace").value()).isEqualTo(bytes("7"));
        assertThat(taken.partition()).isEqualTo(2);
        assertThat(taken.timestamp()).isEqualTo(99);
    }

    @Test
    void leavesThePartitionToKafkaWhereNoPartitionerIsNamed() {
        publisher.publish(LINES, null, "v").join();

        assertThat(transport.taken().get(0).partition()).isEqualTo(-1);
    }

    @Test
    void sendsATombstoneForANullValue() {
        publisher.publish(LINES, "k", null).join();

        assertThat(transport.taken().get(0).record().value()).isNull();
    }

    @Test
    @SuppressWarnings({"NullAway", "unchecked", "rawtypes"}) // what callers outside null-checked code do
    void rejectsInsteadOfThrowing() {
        assertRejected(publisher.publish((Message<?, ?>) null), Stage.ROUTE, "the message, or its topic, is null");
        assertRejected(publisher.publish(null, "k", "v"), Stage.ROUTE, "the message, or its topic, is null");
        assertRejected(
                publisher.publish(Topic.of("nowhere", String.class, String.class), "k", "v"),
                Stage.ROUTE,
                "not declared. Declared: digits, lines, small, words");
        assertRejected(publisher.publish((Topic) LINES, "k", 7), Stage.ENCODE, "the value is a java.lang.Integer");
        assertRejected(publisher.publish((Topic) LINES, 7, "v"), Stage.ENCODE, "the key is a java.lang.Integer");
        assertRejected(
                publisher.publish(Topic.of("lines", Object.class, Object.class), "k", 7),
                Stage.ENCODE,
                "the serializer text does not take a java.lang.Integer");
        assertRejected(publisher.publish(LINES, "k", "poison"), Stage.ENCODE, "refused the value: poison is not text");
        assertRejected(publisher.publish(SMALL, null, "12345678901"), Stage.GUARD, "max.record.bytes is 10");
        assertRejected(publisher.publish(DIGITS, null, "x"), Stage.PARTITION, "the partitioner failed");
        assertRejected(publisher.publish(DIGITS, null, "9"), Stage.PARTITION, "chose partition 9, and digits has 4");
        assertRejected(publisher.publish(Message.of(LINES, "k", "v").withPartition(4)), Stage.PARTITION, "partition 4");
        assertThat(transport.taken()).isEmpty();
    }

    @Test
    void triesOnceInTryPublish() {
        transport.refuse(1, new BufferExhaustedException("full"));

        PublishException refused = failure(publisher.tryPublish(LINES, "k", "v"));

        assertThat(refused.stage()).isEqualTo(Stage.SEND);
        assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(refused.retriable()).isTrue();
        assertThat(transport.taken()).isEmpty();
    }

    @Test
    void waitsForRoomInPublish() {
        transport.refuse(5, new TimeoutException("no metadata"));

        assertThat(publisher.publish(LINES, "k", "v").join().offset()).isEqualTo(42);
        assertThat(transport.taken()).hasSize(1);
    }

    @Test
    void givesUpAtOnceWhereNoWaitingHelps() {
        transport.refuse(1, new InvalidTopicException("bad name"));

        PublishException refused = failure(publisher.publish(LINES, "k", "v"));

        assertThat(refused).hasMessageContaining("bad name");
        assertThat(refused.retriable()).isFalse();
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        RoutedPublisher hasty = publisher(Duration.ofMillis(5));
        transport.refuse(1_000_000, new TimeoutException("no metadata"));

        assertThat(failure(hasty.publish(LINES, "k", "v")))
                .hasMessageContaining("no room within publish.max.wait.ms=5");
    }

    @Test
    void endsTheWaitOfAnInterruptedThreadAndKeepsItsFlag() {
        transport.refuse(1_000_000, new TimeoutException("no metadata"));
        Thread.currentThread().interrupt();

        PublishException refused = failure(publisher.publish(LINES, "k", "v"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(refused).hasMessageContaining("interrupted");
    }

    @Test
    void endsTheWaitWhenThePublisherCloses() throws InterruptedException {
        transport.refuse(1_000_000, new TimeoutException("no metadata"));
        CompletableFuture<CompletableFuture<Receipt>> waiting = new CompletableFuture<>();
        Thread caller = new Thread(() -> waiting.complete(publisher.publish(LINES, "k", "v")));
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        CloseReport report = publisher.close(Duration.ofSeconds(5));
        caller.join();

        assertThat(report).isEqualTo(new CloseReport(1, 0, 1, 0, 0));
        assertThat(failure(waiting.join())).hasMessageContaining("the publisher is closed");
    }

    @Test
    void asksThePartitionerOnceARecordHoweverOftenItIsAttempted() {
        FirstByte.CALLS.set(0);
        transport.refuse(3, new TimeoutException("full"));

        publisher.publish(DIGITS, null, "3").join();

        assertThat(FirstByte.CALLS).hasValue(1);
        assertThat(transport.taken())
                .singleElement()
                .extracting(ScriptedTransport.Taken::partition)
                .isEqualTo(3);
    }

    @Test
    void needsTheNumberOfPartitionsBeforeThePartitionerCanBeAsked() {
        transport.partitions(0);

        PublishException refused = failure(publisher.tryPublish(DIGITS, null, "1"));

        assertThat(refused).hasMessageContaining("metadata have not arrived");
        assertThat(refused.retriable()).isTrue();
    }

    @Test
    void sendsAllRecordsOfALargeValueInOrderToOnePartition() {
        Receipt receipt = publisher
                .publish(Message.of(WORDS, null, "one two three").withHeader("h", "x"))
                .join();

        assertThat(receipt.records()).isEqualTo(3);
        assertThat(receipt.valueBytes()).isEqualTo(11);
        List<ScriptedTransport.Taken> taken = transport.taken();
        assertThat(taken).extracting(t -> new String(t.record().value(), UTF_8)).containsExactly("one", "two", "three");
        assertThat(taken)
                .extracting(ScriptedTransport.Taken::partition)
                .containsOnly(taken.get(0).partition());
        assertThat(taken.get(0).partition()).isBetween(0, 3);
        assertThat(taken)
                .extracting(t -> t.record().headers().toArray().length)
                .as("each record has the message's header and its own")
                .containsOnly(2);
        assertThat(Chunks.OPEN).hasValue(0);
    }

    @Test
    void reportsALargeValueThatEndsHalfWayAsNotStored() {
        PublishException failure = failure(publisher.publish(WORDS, null, "one two three unreadable"));

        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
        assertThat(failure).hasMessageContaining("after 2 records").hasMessageContaining("the disk is gone");
        assertThat(Chunks.OPEN).hasValue(0);
    }

    @Test
    void reportsALargeValueThatLacksAClassHalfWayAsNotStored() {
        PublishException failure = failure(publisher.publish(WORDS, null, "one two unlinked"));

        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
        assertThat(failure).hasMessageContaining("NoClassDefFoundError: org/example/Codec");
    }

    @Test
    void rejectsALargeValueWhoseFirstRecordCannotBeRead() {
        assertThat(failure(publisher.publish(WORDS, null, "unreadable")).outcome())
                .isEqualTo(Outcome.REJECTED);
    }

    @Test
    void tellsWhatKafkaAnswersAfterTheHandOver() {
        transport.answer(ack -> ack.failed(ErrorClassifier.classify(new TimeoutException("expired"))));

        PublishException unknown = failure(publisher.publish(LINES, "k", "v"));

        assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(unknown)
                .hasMessage("topic lines, SEND, UNKNOWN: expired")
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void neverRunsUserCodeOnTheIoThread() {
        CountDownLatch registered = new CountDownLatch(1);
        transport.answer(ack -> {
            awaitLatch(registered);
            ack.stored(0, 1, 1, 1);
        });
        AtomicReference<String> thread = new AtomicReference<>();
        CompletableFuture<Void> dependent = publisher
                .publish(LINES, "k", "v")
                .thenRun(() -> thread.set(Thread.currentThread().getName()));
        registered.countDown();
        dependent.join();

        assertThat(thread.get()).startsWith("kurier-completions-");
    }

    @Test
    void holdsOnlyItsOwnTopicWhenADependentBlocks() {
        CountDownLatch registered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        transport.answer(ack -> {
            awaitLatch(registered);
            ack.stored(0, 1, 1, 1);
        });
        CompletableFuture<Void> blocked = publisher.publish(LINES, "k", "v").thenRun(() -> awaitLatch(release));
        CompletableFuture<Void> other = publisher.publish(SMALL, null, "v").thenRun(() -> {});
        registered.countDown();

        other.join();
        assertThat(blocked).isNotDone();
        release.countDown();
        blocked.join();
    }

    @Test
    void letsADependentPublishAgain() {
        CompletableFuture<Receipt> second =
                publisher.publish(LINES, "k", "v").thenCompose(first -> publisher.publish(LINES, "k", "w"));

        assertThat(second.join().offset()).isEqualTo(43);
    }

    @Test
    void completesAFlushAfterEverythingPublishedBefore() {
        List<CompletableFuture<Receipt>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(publisher.publish(LINES, null, "v" + i));
        }

        publisher.flush().join();

        assertThat(all).allMatch(CompletableFuture::isDone);
    }

    @Test
    void addsUpInTheCloseReport() {
        publisher.publish(LINES, null, "a").join();
        failure(publisher.publish(LINES, null, "poison"));
        transport.answer(
                ack -> ack.failed(new KafkaFailure(Outcome.NOT_STORED, true, new IllegalStateException("neighbour"))));
        failure(publisher.publish(LINES, null, "b"));
        transport.answer(ack -> ack.failed(ErrorClassifier.classify(new TimeoutException("expired"))));
        CompletableFuture<Receipt> lost = publisher.publish(LINES, null, "c");

        CloseReport report = publisher.close(Duration.ofSeconds(5));

        assertThat(report).isEqualTo(new CloseReport(4, 1, 1, 1, 1));
        assertThat(failure(lost).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(publisher.close(Duration.ZERO)).isSameAs(report);
        assertThat(failure(publisher.publish(LINES, null, "late"))).hasMessageContaining("closed");
    }

    @Test
    void canBeClosedByADependent() {
        CompletableFuture<CloseReport> report =
                publisher.publish(LINES, null, "v").thenApply(receipt -> publisher.close(Duration.ofSeconds(20)));

        assertThat(report.orTimeout(10, TimeUnit.SECONDS).join().stored()).isEqualTo(1);
    }

    private static void assertRejected(CompletableFuture<Receipt> future, Stage stage, String reason) {
        PublishException failure = failure(future);
        assertThat(failure).hasMessageContaining(reason);
        assertThat(failure.stage()).isEqualTo(stage);
        assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(failure.retriable()).isFalse();
    }

    private static PublishException failure(CompletableFuture<Receipt> future) {
        CompletionException completion = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(completion).as("the message must not be stored").isNotNull();
        assertThat(completion.getCause()).isInstanceOf(PublishException.class);
        return (PublishException) requireNonNull(completion.getCause());
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private RoutedPublisher publisher(Duration room) {
        return ScriptedPublishers.over(transport, TOPICS, room);
    }
}
