// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OffsetTrackerTest {
    private final OffsetTracker progress = new OffsetTracker(2);

    private static OffsetTracker.Entry begin(OffsetTracker progress, int offset) {
        return progress.begin(Script.record("value", offset));
    }

    private Thread waitingForRoom(CompletableFuture<Void> end) {
        Thread thread = new Thread(() -> {
            try {
                progress.awaitRoom();
                end.complete(null);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    @Test
    void countsWhatStandsBehindTheFirstOpenRecordSoThatTheHeapIsBounded() {
        OffsetTracker.Entry first = begin(progress, 1);
        OffsetTracker.Entry second = begin(progress, 2);
        progress.done(second);
        CompletableFuture<Void> room = new CompletableFuture<>();
        Thread thread = waitingForRoom(room);
        assertThat(thread.isAlive()).isTrue();
        assertThat(room).isNotDone();
        progress.done(first);
        room.join();
        assertThat(progress.takeCommittable()).isEqualTo(Map.of(Map.of("source", "s"), Map.of("at", 2)));
        assertThat(progress.takeCommittable()).isEmpty();
    }

    @Test
    void endsTheWaitForRoomWhenARecordFails() {
        begin(progress, 1);
        begin(progress, 2);
        CompletableFuture<Void> room = new CompletableFuture<>();
        waitingForRoom(room);
        progress.failed(new IllegalStateException("first"));
        room.join();
        progress.failed(new IllegalStateException("second"));
        assertThat(progress.failure()).hasMessage("first");
    }

    @Test
    void neverCommitsPastAnOpenRecordWhateverTheOrderOfTheEnds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            OffsetTracker any = new OffsetTracker(100);
            List<Integer> open = new ArrayList<>();
            List<OffsetTracker.Entry> entries = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                open.add(i);
                entries.add(begin(any, i));
            }
            List<Integer> order = new ArrayList<>(open);
            Collections.shuffle(order, random);
            for (int next : order) {
                any.done(entries.get(next));
                open.remove(Integer.valueOf(next));
                int firstOpen = open.isEmpty() ? 50 : open.get(0);
                any.takeCommittable()
                        .values()
                        .forEach(offset ->
                                assertThat(offset).as("seed %d", seed).isEqualTo(Map.of("at", firstOpen - 1)));
            }
        }
    }
}
