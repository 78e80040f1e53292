// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.plugins.host.TransactionBoundaries.End;
import io.kurier.plugins.host.TransactionQueue.Batch;
import io.kurier.plugins.host.TransactionQueue.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TransactionQueueTest {
    private final TransactionQueue queue = new TransactionQueue(false);

    private static Batch batch(int records) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            entries.add(new Entry(Script.record("v", i), null, null));
        }
        return new Batch(entries, End.NONE);
    }

    /** Adds a batch on another thread and returns that thread. */
    private Thread putting(Batch batch, CompletableFuture<Void> done) {
        Thread thread = new Thread(() -> {
            try {
                queue.put(batch);
                done.complete(null);
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void keepsOneBatchUntilTheSizeOfRecordsIsKnown() throws Exception {
        queue.put(batch(500));
        CompletableFuture<Void> second = new CompletableFuture<>();
        Thread waiting = putting(batch(500), second);
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(second).isNotDone();

        assertThat(queue.first()).isNotNull();
        second.join();
    }

    @Test
    void keepsManySmallRecordsAndFewLargeOnes() throws Exception {
        queue.published(500, 500 * 100);
        queue.put(batch(500));
        queue.put(batch(500));

        queue.published(10, 10_000_000);
        CompletableFuture<Void> third = new CompletableFuture<>();
        Thread waiting = putting(batch(10), third);
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(third).isNotDone();

        waiting.interrupt();
        assertThatThrownBy(third::join).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void takesNoBatchWhenTheTimeIsOver() throws Exception {
        queue.put(batch(1));
        assertThat(queue.next(System.nanoTime())).isNull();
        assertThat(queue.next(System.nanoTime() + Duration.ofMinutes(1).toNanos()))
                .isNotNull();
    }

    @Test
    void returnsWhatWasPutBackFirst() throws Exception {
        Batch first = batch(1);
        Batch second = batch(2);
        queue.published(1, 1);
        queue.put(first);
        queue.put(second);
        List<Batch> both = List.of(taken(), taken());

        queue.put(batch(3));
        queue.putBack(both);
        assertThat(List.of(taken(), taken())).containsExactly(first, second);
    }

    private Batch taken() throws InterruptedException {
        return Objects.requireNonNull(queue.first());
    }
}
