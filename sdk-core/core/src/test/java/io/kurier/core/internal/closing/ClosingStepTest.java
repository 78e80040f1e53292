// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.closing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One step of a close. */
@Timeout(60)
class ClosingStepTest {
    private static final Duration LONG = Duration.ofDays(1_000_000);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void runsInAThreadOfItsOwn() {
        AtomicReference<Thread> thread = new AtomicReference<>();

        assertThat(ClosingStep.begin("it", () -> thread.set(Thread.currentThread()))
                        .await(LONG))
                .isTrue();

        assertThat(thread.get()).isNotEqualTo(Thread.currentThread());
        assertThat(requireNonNull(thread.get()).isDaemon()).isTrue();
    }

    @Test
    void runsInTheCallersThreadIfNoOtherCanBeMade() {
        AtomicReference<Thread> thread = new AtomicReference<>();

        ClosingStep step = ClosingStep.begin("it", () -> thread.set(Thread.currentThread()), work -> new Thread(work) {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });

        assertThat(step.await(Duration.ZERO)).isTrue();
        assertThat(thread).hasValue(Thread.currentThread());
    }

    @Test
    void endsWhateverItThrows() {
        for (Throwable thrown : new Throwable[] {
            new IllegalStateException("full"), new StackOverflowError(), new OutOfMemoryError("heap"), new Unreadable()
        }) {
            assertThat(ClosingStep.begin("it", () -> sneak(thrown)).await(LONG)).isTrue();
        }
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    @SuppressWarnings("unchecked") // unchecked on purpose: so the compiler lets it pass
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void isLeftBehindWhenItHangs() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
        ClosingStep step = ClosingStep.begin("it", () -> wasInterrupted.complete(awaitIsInterrupted(release)));

        assertThat(step.await(SHORT)).isFalse();

        release.countDown();
        assertThat(step.await(LONG)).isTrue();
        assertThat(wasInterrupted.join()).isFalse();
    }

    @Test
    void passesAnInterruptOnAndKeepsTheFlag() {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
        ClosingStep step = ClosingStep.begin("it", () -> wasInterrupted.complete(awaitIsInterrupted(never)));

        Thread.currentThread().interrupt();

        assertThat(step.await(LONG)).isTrue();
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(wasInterrupted.join()).isTrue();
    }

    private static boolean awaitIsInterrupted(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
