// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.CloseReport;
import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.TransactionException;
import io.kurier.core.internal.completion.MonitorIntervals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A machine on which no thread can be made for a while. */
@Timeout(60)
class UnmadeThreadsTest {
    private final AtomicLong offsets = new AtomicLong();
    private final ScarceThreads threads = new ScarceThreads();
    private final ScriptedTransport transport = new SucceedingTransactions();
    private final RoutedPublisher publisher = ScriptedPublishers.watched(transport, MonitorIntervals.DEFAULT, threads);

    UnmadeThreadsTest() {
        transport.answer(ack -> ack.stored(0, offsets.getAndIncrement(), 1_000, 1));
        threads.exhaust();
    }

    @AfterEach
    void close() {
        threads.recover();
        publisher.close(Duration.ofSeconds(5));
    }

    /** Messages that are stored, and whose dependents have no thread. */
    private List<CompletableFuture<Long>> stored(int count) {
        CountDownLatch registered = new CountDownLatch(1);
        transport.onIoThread(() -> awaitLatch(registered));
        List<CompletableFuture<Long>> all = IntStream.range(0, count)
                .mapToObj(i -> publisher.publish(ONE, null, "v").thenApply(Receipt::offset))
                .toList();
        registered.countDown();
        transport.flush(); // on the I/O thread, which lives
        return all;
    }

    @Test
    void leaveTheIoThreadAliveAndFuturesWithoutDependentsComplete() {
        List<CompletableFuture<Long>> waiting = stored(10);

        CompletableFuture<Receipt> withoutDependents = publisher.publish(ONE, null, "v");
        transport.flush();

        assertThat(withoutDependents).isCompleted();
        assertThat(waiting).allSatisfy(future -> assertThat(future).isNotDone());
    }

    @Test
    void areMadeWithTheNextRecordThatHasADependent() {
        List<CompletableFuture<Long>> waiting = stored(10);
        threads.recover();

        assertThat(publisher.publish(ONE, null, "v").thenApply(Receipt::offset).join())
                .isEqualTo(10);

        assertThat(waiting).allSatisfy(CompletableFuture::join);
    }

    @Test
    void areMadeWithoutAnotherRecord() {
        List<CompletableFuture<Long>> waiting = stored(10);
        threads.recover();

        assertThat(waiting).allSatisfy(CompletableFuture::join);
    }

    @Test
    void delayAFlush() {
        CompletableFuture<Void> flushed = publisher.flush();
        assertThat(flushed).isNotDone();

        threads.recover();

        flushed.join();
    }

    @Test
    void rejectATransactionWhichCanBeTriedAgainOnTheSameProducer() {
        for (int i = 0; i < 3; i++) {
            TransactionException refused = (TransactionException) requireNonNull(catchThrowableOfType(
                            CompletionException.class,
                            () -> publisher.transaction(transaction -> "never").join())
                    .getCause());

            assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(refused.retriable()).isTrue();
            assertThat(refused)
                    .hasMessageContaining("there is no thread for its callback")
                    .hasMessageContaining("unable to create native thread");
        }
        threads.recover();

        assertThat(publisher.transaction(transaction -> "done").join()).isEqualTo("done");
    }

    @Test
    void settleNoSearch() {
        DeliveryHandle handle = new DeliveryHandle("one", null, 0, List.of(), 1, 1, null, 0);

        assertThat(publisher.resolve(handle).join())
                .isInstanceOfSatisfying(
                        Resolution.NotSettled.class,
                        answer -> assertThat(answer.toString()).contains("no thread"));
    }

    @Test
    void doNotKeepACloseFromCompletingEveryFuture() {
        List<CompletableFuture<Long>> waiting = stored(10);

        assertThat(publisher.close(Duration.ofSeconds(10))).isEqualTo(new CloseReport(10, 10, 0, 0, 0));

        assertThat(waiting).allSatisfy(future -> assertThat(future).isCompleted());
    }

    @Test
    void doNotKeepADependentFromWaitingUntilThereAreSome() {
        threads.recover();
        CountDownLatch registered = new CountDownLatch(1);
        transport.onIoThread(() -> awaitLatch(registered));
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Receipt> second = publisher.publish(ONE, null, "v").thenCompose(receipt -> {
            threads.exhaust();
            running.countDown();
            return CompletableFuture.completedFuture(publisher
                    .publish(ONE, null, "v")
                    .thenApply(stored -> stored)
                    .join());
        });
        registered.countDown();
        awaitLatch(running);
        transport.flush();

        threads.recover();

        assertThat(second.join().topic()).isEqualTo("one");
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
