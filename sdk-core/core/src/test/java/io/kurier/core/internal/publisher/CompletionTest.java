// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static io.kurier.core.internal.publisher.ScriptedPublishers.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Receipt;
import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.transport.Acknowledgment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where and when what depends on a publisher's future runs; {@link CompletionRaceTest} has what comes at once. */
@Timeout(60)
class CompletionTest {
    private static final String KURIER = "kurier-completions-";

    private final CountDownLatch acknowledging = new CountDownLatch(1);
    private final AtomicLong offsets = new AtomicLong();
    private final ScriptedTransport transport = new ScriptedTransport().answer(this::storeWhenAllowed);
    private final RoutedPublisher publisher = ScriptedPublishers.over(transport);

    @AfterEach
    void close() {
        acknowledging.countDown();
        publisher.close(Duration.ofSeconds(5));
    }

    static Stream<Dependents> ways() {
        return Stream.concat(Dependents.all().stream(), Dependents.unseen().stream());
    }

    @Test
    void knowsEveryMethodThatRegistersADependent() {
        Set<String> registering = Arrays.stream(CompletableFuture.class.getMethods())
                .filter(method -> CompletionStage.class.isAssignableFrom(method.getReturnType()))
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toSet());
        registering.removeAll(
                Set.of("newIncompleteFuture", "completeAsync", "supplyAsync", "runAsync")); // register nothing
        registering.removeAll(Set.of("completedFuture", "completedStage", "failedFuture", "failedStage"));

        assertThat(ways().map(pipeline -> pipeline.name().split("[ ,]", 2)[0]).collect(Collectors.toSet()))
                .isEqualTo(registering);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void runsADependentThatCameBeforeTheAcknowledgmentOnAThreadOfKurier(Dependents pipeline) {
        failIf(pipeline.ofFailure());
        CompletableFuture<String> thread = new CompletableFuture<>();

        pipeline.register(
                publisher.publish(ONE, null, "v"),
                () -> thread.complete(Thread.currentThread().getName()));
        acknowledging.countDown();

        assertThat(thread.join()).startsWith(KURIER);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void runsADependentThatComesAfterTheAcknowledgmentInTheThreadThatRegistersIt(Dependents pipeline) {
        failIf(pipeline.ofFailure());
        acknowledging.countDown();
        CompletableFuture<Receipt> future = publisher.publish(ONE, null, "v");
        publisher.flush().join();
        assertThat(future).isDone();
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        pipeline.register(future, () -> thread.complete(Thread.currentThread()));

        assertThat(thread.join()).isSameAs(Thread.currentThread());
    }

    @Test
    void wouldFindADependentThatTheIoThreadRuns() {
        CompletableFuture<Receipt> plain = new CompletableFuture<>();
        CompletableFuture<String> thread =
                plain.thenApply(receipt -> Thread.currentThread().getName());

        transport.onIoThread(() -> plain.complete(new Receipt("one", 0, 0, 0, 1, 1)));

        assertThat(thread.join()).isEqualTo("io");
    }

    @Test
    void runsTheDependentsOfOneTopicInTheOrderOfTheirAcknowledgments() {
        Queue<Long> seen = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> all = IntStream.range(0, 10_000)
                .mapToObj(i -> publisher.publish(ONE, null, "v" + i).thenAccept(receipt -> seen.add(receipt.offset())))
                .toList();

        acknowledging.countDown();

        assertThat(all).allSatisfy(CompletableFuture::join);
        assertThat(List.copyOf(seen)).isSorted().hasSize(10_000);
    }

    @Test
    void completesAFlushAfterTheDependentsThatWereThereBefore() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        CompletableFuture<Void> slow = publisher.publish(ONE, null, "v").thenRun(() -> {
            running.countDown();
            awaitLatch(release);
        });
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<Void> unused =
                    publisher.publish(i % 2 == 0 ? ONE : OTHER, null, "v").thenRun(ran::incrementAndGet);
        }
        CompletableFuture<Integer> flushed = publisher.flush().thenApply(done -> ran.get());
        acknowledging.countDown();
        awaitLatch(running);
        assertThat(flushed).isNotDone();
        assertThat(slow).isNotDone();

        release.countDown();

        assertThat(flushed.join()).isEqualTo(1_000);
    }

    @Test
    void addsUpAtTheCloseThoughADependentBlocksForGood() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> blocked = publisher.publish(ONE, null, "v").thenRun(() -> {
            running.countDown();
            awaitLatch(release);
        });
        for (int i = 0; i < 99; i++) {
            CompletableFuture<Void> unused = publisher.publish(ONE, null, "v").thenRun(() -> {});
        }
        acknowledging.countDown();
        awaitLatch(running);
        await().until(() -> offsets.get() == 100);

        assertThat(publisher.close(Duration.ofMillis(200))).isEqualTo(new CloseReport(100, 100, 0, 0, 0));
        assertThat(blocked).isNotDone();
        release.countDown();
        blocked.join();
    }

    @Test
    void countsWhatKafkaSaysThoughCallersCompleteTheirFuturesThemselves() {
        CompletableFuture<Receipt> cancelled = publisher.publish(ONE, null, "a");
        CompletableFuture<Receipt> completed = publisher.publish(ONE, null, "b");
        CompletableFuture<Receipt> failed = publisher.publish(ONE, null, "c");
        CompletableFuture<Receipt> watched = publisher.publish(ONE, null, "d");
        CompletableFuture<Thread> thread = watched.handle((receipt, failure) -> Thread.currentThread());
        CompletableFuture<Long> untouched = publisher.publish(ONE, null, "e").thenApply(Receipt::offset);

        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(completed.complete(new Receipt("mine", 7, 7, 7, 7, 7))).isTrue();
        assertThat(failed.completeExceptionally(new IllegalStateException("mine")))
                .isTrue();
        assertThat(watched.cancel(false)).isTrue();
        acknowledging.countDown();

        assertThat(thread.join()).as("who completes runs the dependents").isSameAs(Thread.currentThread());
        assertThat(untouched.join()).isEqualTo(4);
        assertThat(publisher.close(Duration.ofSeconds(5))).isEqualTo(new CloseReport(5, 5, 0, 0, 0));
        assertThat(completed.join().topic()).isEqualTo("mine");
        assertThat(cancelled).isCancelled();
        assertThat(failed).isCompletedExceptionally();
    }

    @Test
    void runsDependentsOffTheIoThreadEvenIfItOutlivesTheClose() {
        CompletableFuture<String> thread = publisher
                .publish(ONE, null, "v")
                .thenApply(receipt -> Thread.currentThread().getName());
        CompletableFuture<CloseReport> report =
                CompletableFuture.supplyAsync(() -> publisher.close(Duration.ofMillis(1)));
        assertThat(report.join())
                .as("given up after its patience with those that are inside")
                .isEqualTo(new CloseReport(1, 0, 0, 0, 1));

        acknowledging.countDown();

        assertThat(thread.join()).startsWith(KURIER);
    }

    private void failIf(boolean failure) {
        if (failure) {
            transport.answer(ack -> {
                awaitLatch(acknowledging);
                ack.failed(ErrorClassifier.classify(new TimeoutException("expired")));
            });
        }
    }

    private void storeWhenAllowed(Acknowledgment ack) {
        awaitLatch(acknowledging);
        ack.stored(0, offsets.getAndIncrement(), 1_000, 1);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
