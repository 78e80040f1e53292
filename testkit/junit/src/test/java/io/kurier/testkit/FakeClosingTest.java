// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.core.transport.SendRejection;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flush and close, which behave like the producer's. */
@Timeout(60)
class FakeClosingTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final FakeKafka kafka = new FakeKafka();
    private final Publisher publisher = kafka.start(Map.of("topics.orders.value.serializer", "text"), ORDERS);
    private final FakeTopic topic = kafka.topic(ORDERS);

    @Test
    void flushEndsWhenWhatWasPublishedBeforeItIsAcknowledged() {
        topic.holdAcks();
        CompletableFuture<Receipt> before = publisher.publish(ORDERS, "C-7", "ink");
        CompletableFuture<Void> flushed = publisher.flush();
        assertThat(flushed).isNotDone();

        topic.releaseAcks();
        flushed.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(before).isCompleted();
        publisher.close();
    }

    @Test
    void flushOfNothingEndsAtOnce() {
        assertThat(publisher.flush()).succeedsWithin(Duration.ofSeconds(30));
        publisher.close();
    }

    @Test
    void closeWaitsForAcknowledgments() {
        topic.holdAcks();
        CompletableFuture<Receipt> published = publisher.publish(ORDERS, "C-7", "ink");
        CompletableFuture<CloseReport> closing =
                CompletableFuture.supplyAsync(() -> publisher.close(Duration.ofSeconds(30)));
        await().until(() -> publisher.tryPublish(ORDERS, "C-7", "late").isCompletedExceptionally());
        assertThat(closing).isNotDone();

        topic.releaseAcks();
        CloseReport report = closing.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(report.stored()).isGreaterThanOrEqualTo(1);
        assertThat(report.unknown()).isZero();
        assertThat(published).isCompleted();
    }

    @Test
    void closeFailsWhatIsNotAcknowledgedInTime() {
        topic.refuse(1, new RecordTooLargeException("too large")).holdAcks();
        CompletableFuture<Receipt> refused = publisher.publish(ORDERS, "C-7", "ink");
        CompletableFuture<Receipt> stored = publisher.publish(ORDERS, "C-7", "paper");
        topic.disconnect();
        CompletableFuture<Receipt> unsent = publisher.publish(ORDERS, "C-7", "pens");

        assertThat(publisher.close(Duration.ofMillis(1))).isEqualTo(new CloseReport(3, 0, 0, 0, 3));
        for (CompletableFuture<Receipt> open : List.of(refused, stored, unsent)) {
            PublishException failure = Verb.failure(open);
            assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(failure)
                    .hasCauseExactlyInstanceOf(KafkaException.class)
                    .hasMessageContaining("Producer is closed forcefully.");
        }
        topic.reconnect().releaseAcks();
        assertThat(kafka.records(ORDERS)).hasSize(1);
    }

    @Test
    void closeEndsTheWaitOfAFlush() {
        topic.holdAcks();
        CompletableFuture<Receipt> published = publisher.publish(ORDERS, "C-7", "ink");
        CompletableFuture<Void> flushed = publisher.flush();

        publisher.close(Duration.ZERO);
        assertThat(flushed).succeedsWithin(Duration.ofSeconds(30));
        assertThat(Verb.failure(published).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anInterruptedCloseWaitsNoLongerAndKeepsTheFlag() {
        topic.holdAcks();
        CompletableFuture<Receipt> published = publisher.publish(ORDERS, "C-7", "ink");

        Thread.currentThread().interrupt();
        CloseReport report = publisher.close(Duration.ofHours(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.unknown()).isEqualTo(1);
        assertThat(Verb.failure(published).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aClosedPublisherRejects() {
        publisher.close();

        assertThat(Verb.failure(publisher.publish(ORDERS, "C-7", "ink")).outcome())
                .isEqualTo(Outcome.REJECTED);
        assertThat(kafka.records(ORDERS)).isEmpty();
    }

    @Test
    void aClosedProducerRefusesLikeKafkas() {
        Object lock = new Object();
        FakeTopic open = new FakeTopic("orders", lock);
        FakeTransport transport = FakeTransport.open(
                lock,
                name -> open,
                ProducerSettings.of(Map.of()),
                new FakeCoordinator(),
                Map.of(),
                List.of(),
                "fake-kafka-io-closed");
        transport.close(Duration.ZERO);
        transport.close(Duration.ZERO);

        EncodedRecord record = new EncodedRecord("orders", null, null, new RecordHeaders());
        SendRejection refusal = requireNonNull(transport.attempt(record, -1, null, new NoAnswer()));
        assertThat(refusal.cause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot perform operation after producer has been closed");
        assertThat(refusal.isForRoom()).isFalse();
    }

    private static final class NoAnswer implements Acknowledgment {
        @Override
        public void stored(int partition, long offset, long timestamp, int valueBytes) {
            throw new AssertionError("nothing was sent");
        }

        @Override
        public void failed(KafkaFailure failure) {
            throw new AssertionError("nothing was sent");
        }
    }

    @Test
    void leavesNoThreadBehind() {
        publisher.close();
        Set<Thread> before = ioThreads();
        Publisher another = kafka.start(Map.of("topics.orders.value.serializer", "text"), ORDERS);
        Set<Thread> its = ioThreads();
        its.removeAll(before);
        assertThat(its)
                .singleElement()
                .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());

        another.close();
        assertThat(its).noneMatch(Thread::isAlive);
    }

    private static Set<Thread> ioThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fake-kafka-io"))
                .collect(Collectors.toSet());
    }
}
