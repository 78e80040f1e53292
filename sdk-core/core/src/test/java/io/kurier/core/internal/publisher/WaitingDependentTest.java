// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static io.kurier.core.internal.publisher.ScriptedPublishers.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Receipt;
import io.kurier.core.internal.completion.MonitorIntervals;
import io.kurier.core.internal.completion.ThreadMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependents that wait for what stands behind them in the queue of their topic. */
@Timeout(60)
class WaitingDependentTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final String HELD = "has held the topic's completions";
    private static final Duration NEVER = Duration.ofHours(1);

    private final AtomicLong offsets = new AtomicLong();
    private final CountDownLatch acknowledging = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private RoutedPublisher publisher = start(NEVER);

    private RoutedPublisher start(Duration heldFor) {
        ScriptedTransport transport = new ScriptedTransport().answer(ack -> {
            awaitLatch(acknowledging);
            ack.stored(0, offsets.getAndIncrement(), 1_000, 1);
        });
        return ScriptedPublishers.watched(
                transport, new MonitorIntervals(heldFor, Duration.ofSeconds(30)), ThreadMaker.DAEMONS);
    }

    @AfterEach
    void close() {
        acknowledging.countDown();
        release.countDown();
        publisher.close(Duration.ofSeconds(5));
    }

    /** A way to wait for something of the publisher in a dependent. */
    private record Wait(String name, Waiting waiting) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Waiting {
        void on(RoutedPublisher publisher) throws Exception;
    }

    static Stream<Wait> waits() {
        return Stream.of(
                new Wait("join", publisher -> publisher.publish(ONE, null, "v").join()),
                new Wait("get", publisher -> publisher.publish(ONE, null, "v").get()),
                new Wait(
                        "get with a time",
                        publisher -> publisher.publish(ONE, null, "v").get(1, TimeUnit.MINUTES)),
                new Wait(
                        "join of a derived future",
                        publisher -> publisher
                                .publish(ONE, null, "v")
                                .thenApply(Receipt::offset)
                                .join()),
                new Wait(
                        "join of a future derived from that",
                        publisher -> publisher
                                .publish(ONE, null, "v")
                                .thenApply(Receipt::offset)
                                .thenCompose(offset -> publisher.publish(OTHER, null, "v"))
                                .join()),
                new Wait(
                        "get of a derived future",
                        publisher -> publisher
                                .publish(ONE, null, "v")
                                .thenApply(Receipt::offset)
                                .get()),
                new Wait(
                        "get of a derived future with a time",
                        publisher -> publisher
                                .publish(ONE, null, "v")
                                .thenApply(Receipt::offset)
                                .get(1, TimeUnit.MINUTES)),
                new Wait("flush", publisher -> publisher.flush().join()),
                new Wait(
                        "a transaction's end",
                        publisher -> publisher
                                .transaction(transaction -> null)
                                .handle((result, failure) ->
                                        publisher.publish(ONE, null, "v").join())
                                .join()));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void doesNotHoldUpItsOwnTopic(Wait wait) {
        CompletableFuture<Void> waiting = publisher.publish(ONE, null, "first").thenAccept(receipt -> {
            try {
                wait.waiting().on(publisher);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        List<CompletableFuture<Long>> others = IntStream.range(0, 100)
                .mapToObj(i -> publisher.publish(ONE, null, "v").thenApply(Receipt::offset))
                .toList();

        acknowledging.countDown();

        assertThat(others).allSatisfy(CompletableFuture::join);
        waiting.join();
    }

    @Test
    void mayWaitForEachOtherInTwoTopics() {
        CompletableFuture<Void> one = publisher
                .publish(ONE, null, "v")
                .thenAccept(receipt -> publisher
                        .publish(OTHER, null, "v")
                        .thenApply(Receipt::offset)
                        .join());
        CompletableFuture<Void> other = publisher
                .publish(OTHER, null, "v")
                .thenAccept(receipt -> publisher
                        .publish(ONE, null, "v")
                        .thenApply(Receipt::offset)
                        .join());

        acknowledging.countDown();

        one.join();
        other.join();
    }

    @Test
    void mayWaitForOneThatWaitsAndSoOn() {
        CompletableFuture<Integer> nested = nested(100);

        acknowledging.countDown();

        assertThat(nested.join()).isEqualTo(100);
    }

    private CompletableFuture<Integer> nested(int depth) {
        return publisher
                .publish(ONE, null, "v")
                .thenApply(receipt -> depth == 0 ? 0 : nested(depth - 1).join() + 1);
    }

    @Test
    void leavesTheOthersInTheirOrder() {
        Queue<Long> seen = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        int messages = 5_000;
        for (int i = 0; i < messages; i++) {
            boolean waits = i % 100 == 50;
            all.add(publisher.publish(ONE, null, "v").thenAccept(receipt -> {
                seen.add(receipt.offset());
                if (waits) {
                    publisher.publish(ONE, null, "v").join();
                }
            }));
        }

        acknowledging.countDown();

        assertThat(all).allSatisfy(CompletableFuture::join);
        assertThat(List.copyOf(seen)).isSorted().doesNotHaveDuplicates().hasSize(messages);
    }

    @Test
    void thatDoNotReturnLeaveEveryOtherFutureToTheClose() {
        CountDownLatch running = new CountDownLatch(1);
        List<CompletableFuture<Void>> blocked = new ArrayList<>();
        List<CompletableFuture<Long>> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            blocked.add(publisher.publish(ONE, null, "v").thenRun(() -> {
                running.countDown();
                awaitLatch(release);
            }));
            for (int j = 0; j < 100; j++) {
                others.add(publisher.publish(ONE, null, "v").thenApply(Receipt::offset));
            }
        }
        acknowledging.countDown();
        awaitLatch(running);

        CloseReport report = publisher.close(Duration.ofMillis(100));

        assertThat(report).isEqualTo(new CloseReport(303, 303, 0, 0, 0));
        await().untilAsserted(() ->
                assertThat(others).allSatisfy(other -> assertThat(other).isDone()));
        assertThat(blocked).allSatisfy(one -> assertThat(one).isNotDone());
    }

    @Test
    void mayCloseThePublisherWhileOthersWaitBehindIt() {
        CompletableFuture<CloseReport> report =
                publisher.publish(ONE, null, "v").thenApply(receipt -> publisher.close(Duration.ofSeconds(20)));
        List<CompletableFuture<Long>> others = IntStream.range(0, 100)
                .mapToObj(i -> publisher.publish(ONE, null, "v").thenApply(Receipt::offset))
                .toList();

        acknowledging.countDown();

        assertThat(report.join().stored()).isEqualTo(101);
        assertThat(others).allSatisfy(CompletableFuture::join);
    }

    @Test
    void thatDoesNotReturnIsOneWarningWithItsStack() {
        publisher.close();
        publisher = start(SOON);
        try (LogCapture log = new LogCapture()) {
            CompletableFuture<Void> held = publisher.publish(ONE, null, "v").thenRun(() -> awaitLatch(release));
            CompletableFuture<Void> behind = publisher.publish(ONE, null, "v").thenRun(() -> {});
            acknowledging.countDown();

            await().until(() -> !log.warnings(HELD).isEmpty());
            await().during(Duration.ofSeconds(1)).until(() -> log.warnings(HELD).size() == 1);

            assertThat(log.warnings(HELD))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("[kurier-monitor] WARN")
                            .contains("Topic one: ")
                            .contains("on thread kurier-completions-")
                            .contains("and 1 wait behind it. They wait until it returns."));
            // the stack follows its warning line by line
            await().untilAsserted(() -> assertThat(log.text()).contains("WaitingDependentTest.awaitLatch"));
            assertThat(behind).isNotDone();

            release.countDown();
            behind.join();
            held.join();
        }
    }

    @Test
    void thatWaitsUnseenIsOneWarningAndTheOthersGoOn() {
        publisher.close();
        publisher = start(SOON);
        CompletableFuture<Void> behind = new CompletableFuture<>(); // not Kurier's, so a wait for it is not seen
        try (LogCapture log = new LogCapture()) {
            CompletableFuture<Void> waiting = publisher.publish(ONE, null, "v").thenRun(behind::join);
            List<CompletableFuture<Long>> others = IntStream.range(0, 100)
                    .mapToObj(i -> publisher.publish(ONE, null, "v").thenApply(Receipt::offset))
                    .toList();
            CompletableFuture<Boolean> last = publisher.publish(ONE, null, "v").thenApply(r -> behind.complete(null));
            acknowledging.countDown();

            assertThat(others).allSatisfy(CompletableFuture::join);
            assertThat(last.join()).isTrue();
            waiting.join();
            await().until(() -> !log.warnings(HELD).isEmpty()); // the queue is handed over before that is said
            assertThat(log.warnings(HELD))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("the others go on on another thread"));
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
