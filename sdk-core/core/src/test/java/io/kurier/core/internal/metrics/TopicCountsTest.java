// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicCountsTest {
    private static final int THREADS = 8;
    private static final int EACH = 40_000;

    private final TopicCounts counts = new TopicCounts();

    @Test
    void addsUpUnderManyThreads() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(CompletableFuture.runAsync(this::count, threads));
        }
        CompletableFuture<Void> end = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
        while (!end.isDone()) {
            assertThat(counts.now().open())
                    .as("more outcomes than messages at no moment")
                    .isNotNegative();
        }
        end.join();
        threads.shutdown();

        long quarter = (long) THREADS * EACH / 4;
        assertThat(counts.now()).isEqualTo(new OutcomeCounts(4 * quarter, quarter, quarter, quarter, quarter));
        assertThat(counts.storedBytes()).isEqualTo(10 * quarter);
        assertThat(counts.times().millisWithin(1)).isBetween(1.0, 1.125);
    }

    private void count() {
        for (int i = 0; i < EACH; i++) {
            counts.accepted();
            switch (i % 4) {
                case 0 -> {
                    counts.stored(10);
                    counts.times().record(1_000_000, System.nanoTime());
                }
                case 1 -> counts.failed(Outcome.REJECTED);
                case 2 -> counts.failed(Outcome.NOT_STORED);
                default -> counts.failed(Outcome.UNKNOWN);
            }
        }
    }
}
