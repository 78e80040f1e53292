// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.waits;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.BulkReport;
import io.kurier.CloseReport;
import io.kurier.DeliveryHandle;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.TransactionCallback;
import io.kurier.TransactionalSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judgment on {@code tryPublish} must see a publisher that waits, throws or takes what it cannot keep. */
class CallsTest {

    @Test
    void callsThatAreRefusedAtOnceAreWell() {
        Calls calls = new Calls(new long[] {1_000, 2_000}, 2, 0);

        assertThat(calls.areWell()).isTrue();
    }

    @Test
    void aPublisherThatWaitsIsNotWell() {
        Calls calls = Calls.here(
                publisher(() -> {
                    long end = System.nanoTime() + Calls.LIMIT.toNanos();
                    while (System.nanoTime() - end < 0) {
                        LockSupport.parkNanos(end - System.nanoTime());
                    }
                    return failed(Outcome.REJECTED);
                }),
                10);

        assertThat(calls.rejected()).isEqualTo(10);
        assertThat(calls.areWell()).isFalse();
    }

    @Test
    void aWaitOfOneCallInAHundredIsNotSeenInThe99thPercentileAndOneMoreIs() {
        long slow = Calls.LIMIT.toNanos();
        long[] nanos = new long[100];
        nanos[99] = slow;
        assertThat(new Calls(nanos, 100, 0).areWell()).isTrue();
        nanos[98] = slow;
        assertThat(new Calls(nanos, 100, 0).areWell()).isFalse();
    }

    @Test
    void aPublisherThatThrowsIsNotWell() {
        Calls calls = Calls.here(
                publisher(() -> {
                    throw new IllegalStateException("planted");
                }),
                10);

        assertThat(calls.threw()).isEqualTo(10);
        assertThat(calls.areWell()).isFalse();
    }

    @Test
    void aRecordThatWasTakenOrMayBeStoredIsNotWell() {
        assertThat(Calls.here(publisher(CompletableFuture::new), 10).areWell()).isFalse();
        assertThat(Calls.here(publisher(() -> failed(Outcome.UNKNOWN)), 10).areWell())
                .isFalse();
    }

    @Test
    void callsOfSeveralTasksAreCountedTogetherAndInOrder() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Calls calls = Calls.by(executor, 4, publisher(() -> failed(Outcome.REJECTED)), 100);
            long[] ordered = calls.nanos().clone();
            Arrays.sort(ordered);

            assertThat(calls.rejected()).isEqualTo(100);
            assertThat(calls.nanos()).hasSize(100).isEqualTo(ordered);
        } finally {
            executor.shutdown();
        }
    }

    private static CompletableFuture<Receipt> failed(Outcome outcome) {
        return CompletableFuture.failedFuture(
                new PublishException("waits", Stage.SEND, outcome, true, "planted", null));
    }

    private static Publisher publisher(Supplier<CompletableFuture<Receipt>> answer) {
        return new Publisher() {
            @Override
            public CompletableFuture<Receipt> publish(Message<?, ?> message) {
                return answer.get();
            }

            @Override
            public CompletableFuture<Receipt> tryPublish(Message<?, ?> message) {
                return answer.get();
            }

            @Override
            public <K, V> CompletableFuture<BulkReport> publishAll(
                    Topic<K, V> topic, Iterator<? extends Message<K, V>> messages) {
                throw new UnsupportedOperationException();
            }

            @Override
            public <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> work) {
                throw new UnsupportedOperationException("only single messages are measured");
            }

            @Override
            public TransactionalSession transactionalSession(String id) {
                throw new UnsupportedOperationException("only single messages are measured");
            }

            @Override
            public CompletableFuture<Resolution> resolve(DeliveryHandle handle) {
                throw new UnsupportedOperationException("only calls are measured");
            }

            @Override
            public CompletableFuture<Void> flush() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CloseReport close(Duration timeout) {
                return new CloseReport(0, 0, 0, 0, 0);
            }
        };
    }
}
