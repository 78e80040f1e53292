// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcknowledgmentWindowTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final int MEBIBYTE = 1 << 20;

    private final AcknowledgmentWindow window = new AcknowledgmentWindow();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean ofNoUse = new AtomicBoolean();

    @Test
    void fewBytesDoNotWaitAndFewRecordsDoNot() {
        pass(window, 100, 1_000);
        assertThat(waits(window)).isFalse();
        AcknowledgmentWindow ofLarge = new AcknowledgmentWindow();
        pass(ofLarge, 7, 10 * MEBIBYTE);
        assertThat(waits(ofLarge)).isFalse();
        pass(ofLarge, 1, 10 * MEBIBYTE);
        assertThat(waits(ofLarge)).isTrue();
    }

    @Test
    void waitsUntilARecordIsAcknowledged() {
        pass(window, 8, MEBIBYTE);
        AtomicBoolean acknowledged = new AtomicBoolean();
        CompletableFuture<Void> later = CompletableFuture.runAsync(
                () -> {
                    acknowledged.set(true);
                    window.answered(MEBIBYTE);
                },
                CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));

        window.await(LONG, closed, ofNoUse::get);

        assertThat(acknowledged).isTrue();
        later.join();
        pass(window, 1, MEBIBYTE);
        assertThat(waits(window)).isTrue();
    }

    @Test
    void endsForGoodWhenTheTimeIsOver() {
        pass(window, 20, MEBIBYTE);

        window.await(Duration.ZERO, closed, ofNoUse::get);

        assertThat(waits(window)).isFalse();
    }

    @Test
    void endsWhenThePublisherIsClosedOrARecordHasFailed() {
        pass(window, 20, MEBIBYTE);
        ofNoUse.set(true);
        window.await(LONG, closed, ofNoUse::get);
        ofNoUse.set(false);
        closed.set(true);
        window.await(LONG, closed, ofNoUse::get);

        closed.set(false);
        assertThat(waits(window)).isTrue();
    }

    @Test
    void endsInAnInterruptedThreadWhoseFlagIsKept() {
        pass(window, 20, MEBIBYTE);
        Thread.currentThread().interrupt();

        window.await(LONG, closed, ofNoUse::get);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(waits(window)).isFalse();
    }

    private static void pass(AcknowledgmentWindow to, int records, int bytes) {
        for (int i = 0; i < records; i++) {
            to.passed(bytes);
        }
    }

    /** Returns whether another record has to wait; the wait is ended at once. */
    private boolean waits(AcknowledgmentWindow of) {
        AtomicBoolean asked = new AtomicBoolean();
        of.await(LONG, closed, () -> {
            asked.set(true);
            return true;
        });
        return asked.get();
    }
}
