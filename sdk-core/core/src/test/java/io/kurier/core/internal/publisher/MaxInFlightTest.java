// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.BulkReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.core.transport.SendRejection;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code publish.max.in.flight} and the limits of topics refuse, and when there is room again. */
@Timeout(60)
class MaxInFlightTest {
    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    private static final Topic<String, String> OTHER = Topic.of("other", String.class, String.class);
    private static final Duration NO_WAIT = Duration.ZERO;

    private final BlockingQueue<Acknowledgment> open = new LinkedBlockingQueue<>();
    private final ScriptedTransport transport = new ScriptedTransport().answer(open::add);

    @AfterEach
    void answerAll() {
        Acknowledgment left = open.poll();
        while (left != null) {
            left.failed(new KafkaFailure(Outcome.UNKNOWN, false, new IllegalStateException("the test is over")));
            left = open.poll();
        }
    }

    private Publisher publisher(Duration room, String... keysAndValues) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "topics", "one,other", "topics.one.value.serializer", "text", "topics.other.value.serializer", "text"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return ScriptedPublishers.over(transport, keys, room);
    }

    private void answerOne() throws InterruptedException {
        answerOne(ack -> ack.stored(1, 7, 1_000, 1));
    }

    private void answerOne(Consumer<Acknowledgment> how) throws InterruptedException {
        Acknowledgment first = open.poll(30, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        how.accept(first);
    }

    private static PublishException refusal(CompletableFuture<Receipt> published) {
        assertThat(published).isDone();
        CompletionException thrown = catchThrowableOfType(CompletionException.class, published::join);
        assertThat(thrown).as("refused").isNotNull();
        PublishException refused = (PublishException) Objects.requireNonNull(thrown.getCause());
        assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(refused.stage()).isEqualTo(Stage.SEND);
        assertThat(refused.retriable()).isTrue();
        return refused;
    }

    @Test
    void refusesOneMoreThanTheMessagesOfAllTopics() throws Exception {
        try (Publisher publisher = publisher(NO_WAIT, "publish.max.in.flight.messages", "2")) {
            assertThat(publisher.tryPublish(ONE, "k", "v")).isNotDone();
            assertThat(publisher.tryPublish(OTHER, "k", "v")).isNotDone();
            assertThat(refusal(publisher.tryPublish(ONE, "k", "v")))
                    .hasMessageContaining("publish.max.in.flight.messages=2 are in flight");
            assertThat(transport.taken()).hasSize(2);
            answerOne();
            assertThat(publisher.tryPublish(ONE, "k", "v")).isNotDone();
            answerAll();
        }
    }

    @Test
    void refusesOneMoreThanTheMessagesOfATopicAndTakesThoseOfAnother() throws Exception {
        try (Publisher publisher =
                publisher(NO_WAIT, "topics.one.max.in.flight.messages", "1", "publish.max.in.flight.messages", "2")) {
            assertThat(publisher.tryPublish(ONE, "k", "v")).isNotDone();
            assertThat(refusal(publisher.tryPublish(ONE, "k", "v")))
                    .hasMessageContaining("topics.one.max.in.flight.messages=1 are in flight");
            assertThat(publisher.tryPublish(OTHER, "k", "v")).isNotDone();
            answerOne();
            assertThat(publisher.tryPublish(OTHER, "k", "v")).isNotDone();
            assertThat(refusal(publisher.tryPublish(ONE, "k", "v")))
                    .as("all together")
                    .hasMessageContaining("publish.max.in.flight.messages=2 are in flight");
            answerOne();
            answerOne();
            assertThat(publisher.tryPublish(ONE, "k", "v"))
                    .as("one that was refused is not counted")
                    .isNotDone();
            answerAll();
        }
    }

    @Test
    void countsTheBytesOfKeysAndValues() throws Exception {
        try (Publisher publisher = publisher(NO_WAIT, "publish.max.in.flight.bytes", "10")) {
            assertThat(publisher.tryPublish(ONE, "k", "12345")).isNotDone();
            assertThat(refusal(publisher.tryPublish(ONE, "k", "1234")))
                    .hasMessageContaining("publish.max.in.flight.bytes=10 leaves no room for the record");
            assertThat(publisher.tryPublish(ONE, "k", "123")).isNotDone();
            answerOne();
            answerOne();
            assertThat(publisher.tryPublish(ONE, "k", "123456789012345"))
                    .as("a larger one alone")
                    .isNotDone();
            assertThat(refusal(publisher.tryPublish(ONE, null, null))).hasMessageContaining("no room for the record");
            answerAll();
        }
    }

    @Test
    void hasRoomAgainAfterAFailureAndAfterARefusalOfTheClient() throws Exception {
        transport.refuse(3, new RecordTooLargeException("too large"));
        try (Publisher publisher = publisher(NO_WAIT, "publish.max.in.flight.messages", "1")) {
            for (int i = 0; i < 3; i++) {
                assertThat(publisher.tryPublish(ONE, "k", "v")).isCompletedExceptionally();
            }
            CompletableFuture<Receipt> first = publisher.tryPublish(ONE, "k", "v");
            KafkaFailure failure = new KafkaFailure(Outcome.UNKNOWN, false, new IllegalStateException("lost"));
            answerOne(ack -> {
                ack.failed(failure);
                ack.failed(failure); // a client that calls back twice makes room once
            });
            assertThat(first).isCompletedExceptionally();
            assertThat(publisher.tryPublish(ONE, "k", "v")).isNotDone();
            assertThat(publisher.tryPublish(ONE, "k", "v")).isCompletedExceptionally();
            answerAll();
        }
    }

    @Test
    void letsPublishWaitForRoom() throws Exception {
        try (Publisher publisher = publisher(Duration.ofSeconds(30), "publish.max.in.flight.messages", "1")) {
            CompletableFuture<Receipt> first = publisher.publish(ONE, "k", "1");
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<CompletableFuture<Receipt>> second = CompletableFuture.supplyAsync(() -> {
                begun.countDown();
                return publisher.publish(ONE, "k", "2");
            });
            begun.await();
            assertThat(refusal(publisher.tryPublish(ONE, "k", "3"))).hasMessageContaining("in flight");
            answerOne();
            assertThat(first.get(30, TimeUnit.SECONDS).offset()).isEqualTo(7);
            CompletableFuture<Receipt> taken = second.get(30, TimeUnit.SECONDS);
            answerOne();
            assertThat(taken.get(30, TimeUnit.SECONDS).offset()).isEqualTo(7);
        }
    }

    @Test
    void namesTheTimeThatPublishHasWaited() {
        try (Publisher publisher = publisher(Duration.ofMillis(20), "publish.max.in.flight.messages", "1")) {
            assertThat(publisher.publish(ONE, "k", "1")).isNotDone();
            assertThat(refusal(publisher.publish(ONE, "k", "2")))
                    .hasMessageContaining("not taken within publish.max.wait.ms=20")
                    .hasMessageContaining("publish.max.in.flight.messages=1 are in flight");
            answerAll();
        }
    }

    @Test
    void limitsPublishAll() throws Exception {
        try (Publisher publisher = publisher(Duration.ofMillis(20), "topics.one.max.in.flight.messages", "2")) {
            List<Message<String, String>> messages = IntStream.range(0, 5)
                    .mapToObj(n -> Message.of(ONE, "k", "v" + n))
                    .toList();
            CompletableFuture<BulkReport> report = publisher.publishAll(ONE, messages);
            answerAll();
            BulkReport done = report.get(30, TimeUnit.SECONDS);
            assertThat(done.unknown()).isEqualTo(2);
            assertThat(done.rejected()).isEqualTo(1);
            assertThat(done.stoppedBy()).hasMessageContaining("topics.one.max.in.flight.messages=2");
        }
    }

    @Test
    void neverHasMoreInFlightThanTheLimitWithManyThreads() throws Exception {
        int most = 3;
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger largest = new AtomicInteger();
        ScriptedTransport counting = new ScriptedTransport() {
            @Override
            public synchronized @Nullable SendRejection attempt(
                    EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
                largest.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                return super.attempt(record, partition, timestamp, acknowledgment);
            }
        };
        counting.answer(ack -> {
            inFlight.decrementAndGet();
            ack.stored(1, 7, 1_000, 1);
        });
        Map<String, String> keys = Map.of(
                "topics", "one", "topics.one.value.serializer", "text", "publish.max.in.flight.messages", "" + most);
        int threads = 4;
        int each = 2_000;
        AtomicInteger stored = new AtomicInteger();
        try (Publisher publisher = ScriptedPublishers.over(counting, keys, Duration.ofSeconds(30))) {
            List<CompletableFuture<Void>> running = IntStream.range(0, threads)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < each; i++) {
                            CompletableFuture<Void> unused =
                                    publisher.publish(ONE, "k", "v").thenAccept(receipt -> stored.incrementAndGet());
                        }
                    }))
                    .toList();
            for (CompletableFuture<Void> thread : running) {
                thread.get(50, TimeUnit.SECONDS);
            }
        }
        assertThat(stored).hasValue(threads * each);
        assertThat(largest.get()).isBetween(1, most);
    }
}
