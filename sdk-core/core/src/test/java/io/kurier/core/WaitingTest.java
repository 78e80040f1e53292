// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.Scarcity.TOPIC;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who waits for room, how, and what ends it: on the real producer, in both states in which it has none. */
@Timeout(120)
class WaitingTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CALLS = 10_000;

    private final AtomicBoolean flag = new AtomicBoolean();
    private final CompletableFuture<CompletableFuture<Receipt>> answer = new CompletableFuture<>();
    private final List<Publisher> publishers = new ArrayList<>();

    static Stream<Arguments> all() {
        return Arrays.stream(Scarcity.values())
                .flatMap(scarcity -> Arrays.stream(KindOfThread.values()).map(kind -> Arguments.of(scarcity, kind)));
    }

    @AfterEach
    void close() {
        publishers.forEach(publisher -> publisher.close(Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("all")
    void waitsInTheCallersThreadUntilTheTimeIsOver(Scarcity scarcity, KindOfThread kind) {
        Publisher publisher = start(scarcity, Duration.ofSeconds(2));

        awaitParked(publishing(kind, publisher));

        assertThat(refusal())
                .hasMessageContaining("within publish.max.wait.ms=2000")
                .hasMessageContaining(scarcity.missing())
                .extracting(PublishException::retriable)
                .isEqualTo(true);
        assertThat(flag).isFalse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsAtAnInterruptAndKeepsTheFlag(Scarcity scarcity, KindOfThread kind) {
        Thread waiting = publishing(kind, start(scarcity, LONG));
        awaitParked(waiting);

        waiting.interrupt();

        assertThat(refusal())
                .hasMessageContaining("the thread was interrupted while it waited for room")
                .extracting(PublishException::retriable)
                .isEqualTo(true);
        assertThat(flag).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void doesNotWaitWithTheFlagUp(Scarcity scarcity, KindOfThread kind) {
        Publisher publisher = start(scarcity, LONG);

        kind.start(() -> {
            Thread.currentThread().interrupt();
            publishAndTell(publisher);
        });

        assertThat(refusal()).hasMessageContaining("the thread was interrupted");
        assertThat(flag).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsAtTheClose(Scarcity scarcity, KindOfThread kind) {
        Publisher publisher = start(scarcity, LONG);
        awaitParked(publishing(kind, publisher));

        CloseReport report = publisher.close(Duration.ZERO);

        assertThat(refusal()).hasMessageContaining("the publisher is closed");
        assertThat(report.open()).isZero();
        assertThat(report.rejected()).isPositive();
        assertThat(flag).isFalse();
    }

    /** Kafka's own locks may block a call for a moment; what must never happen is to wait for room, in each of them. */
    @ParameterizedTest
    @MethodSource("all")
    void refusesAtOnceWithTryPublish(Scarcity scarcity, KindOfThread kind) throws Exception {
        Publisher publisher = start(scarcity, LONG);
        List<CompletableFuture<Receipt>> futures = new ArrayList<>();
        AtomicLong waits = new AtomicLong(-1);

        kind.start(() -> {
                    long before = waitedCount(kind);
                    for (int i = 0; i < CALLS; i++) {
                        futures.add(publisher.tryPublish(TOPIC, "k", "x".repeat(1_000)));
                    }
                    waits.set(waitedCount(kind) - before);
                })
                .join();

        assertThat(futures).hasSize(CALLS).allSatisfy(future -> {
            PublishException refusal = refusal(future);
            assertThat(refusal.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(refusal.retriable()).isTrue();
        });
        assertThat(waits.get()).as("waits in %s calls", CALLS).isBetween(0L, CALLS / 100L);
    }

    @ParameterizedTest
    @EnumSource
    void storesWhatAThousandThreadsPublishThroughASmallBuffer(KindOfThread kind) throws Exception {
        int each = 20;
        int threads = 1_000;
        try (LocalBroker broker = LocalBroker.start()) {
            Topic<String, String> topic = Topic.of("crowd", String.class, String.class);
            Publisher publisher = Kurier.start(
                    Map.of(
                            "bootstrap.servers", broker.bootstrapServers(),
                            "topics.management", "create",
                            "topics", topic.alias(),
                            "topics.crowd.value.serializer", "text",
                            "topics.crowd.partitions", "3",
                            "producer.buffer.memory", "65536",
                            "producer.batch.size", "4096"),
                    topic);
            publishers.add(publisher);
            Queue<CompletableFuture<Receipt>> futures = new ConcurrentLinkedQueue<>();
            List<Thread> crowd = kind.start(threads, thread -> {
                for (int i = 0; i < each; i++) {
                    futures.add(publisher.publish(topic, "k" + thread, thread + "/" + i));
                }
            });
            for (Thread one : crowd) {
                one.join();
            }

            int count = threads * each;
            assertThat(publisher.close(LONG)).isEqualTo(new CloseReport(count, count, 0, 0, 0));
            assertThat(futures)
                    .hasSize(count)
                    .allSatisfy(future -> assertThat(future.join().hasOffset()).isTrue());
            assertThat(StoredRecords.of(broker.bootstrapServers(), topic.alias(), 3))
                    .extracting(ConsumerRecord::value)
                    .hasSize(count)
                    .doesNotHaveDuplicates();
        }
    }

    private Publisher start(Scarcity scarcity, Duration wait) {
        Publisher publisher = scarcity.start(Map.of("publish.max.wait.ms", Long.toString(wait.toMillis())));
        publishers.add(publisher);
        return publisher;
    }

    private Thread publishing(KindOfThread kind, Publisher publisher) {
        return kind.start(() -> publishAndTell(publisher));
    }

    private void publishAndTell(Publisher publisher) {
        CompletableFuture<Receipt> future = publisher.publish(TOPIC, "k", "x".repeat(1_000));
        flag.set(Thread.currentThread().isInterrupted());
        answer.complete(future);
    }

    /** It waits without burning the processor, and inside the call. */
    private static void awaitParked(Thread thread) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(() -> {
            Thread.State state = thread.getState();
            return (state == Thread.State.TIMED_WAITING || state == Thread.State.WAITING)
                    && Arrays.stream(thread.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("waitForRoom"));
        });
    }

    private static long waitedCount(KindOfThread kind) {
        if (kind == KindOfThread.VIRTUAL) {
            return 0; // the JVM counts no waits of virtual threads
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getThreadInfo(Thread.currentThread().getId()).getWaitedCount();
    }

    private PublishException refusal() {
        PublishException refusal = refusal(answer.join());
        assertThat(refusal.outcome()).isEqualTo(Outcome.REJECTED);
        return refusal;
    }

    private static PublishException refusal(CompletableFuture<Receipt> future) {
        assertThat(future).as("the call has decided").isCompletedExceptionally();
        return (PublishException)
                requireNonNull(future.handle((receipt, failure) -> failure).join());
    }
}
