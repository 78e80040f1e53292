// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue that is handed over in the very moment in which its turns come and go: each is run once, and in order. */
@Timeout(120)
class CompletionQueueRaceTest {
    private static final int TURNS = 300_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final CompletionThreads threads = new CompletionThreads(ThreadMaker.DAEMONS);
    private final CompletionQueue queue = new CompletionQueue(threads, () -> {});
    private final Ledger ledger = new Ledger();
    private final long seed = System.nanoTime();

    /** How often each turn has run, and in what order they began. */
    private static final class Ledger {
        private final AtomicIntegerArray runs = new AtomicIntegerArray(TURNS);
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger inTheWrongOrder = new AtomicInteger();
        private volatile int last = -1;

        void begins(int number) {
            if (number < last) {
                inTheWrongOrder.incrementAndGet();
            }
            last = number;
            runs.incrementAndGet(number);
        }

        void ends() {
            done.incrementAndGet();
        }

        void eachRanOnce(int count) {
            for (int i = 0; i < count; i++) {
                assertThat(runs.get(i)).as("runs of turn %d", i).isEqualTo(1);
            }
        }
    }

    private static final class Numbered implements Completion {
        private final Runnable work;
        private @Nullable Completion next;

        Numbered(Runnable work) {
            this.work = work;
        }

        @Override
        public boolean tryComplete() {
            work.run();
            return true;
        }

        @Override
        public @Nullable Completion next() {
            return next;
        }

        @Override
        public void next(@Nullable Completion completion) {
            next = completion;
        }
    }

    @Test
    void runsEachTurnOnceAndInOrderWhenTurnsHandTheQueueOver() {
        Random random = new Random(seed);
        int added = add(number -> {
            boolean handsOver = random.nextInt(20) == 0;
            int spins = random.nextInt(60);
            return () -> {
                ledger.begins(number);
                if (handsOver) {
                    CompletionThread.handOver();
                }
                spin(spins);
                ledger.ends();
            };
        });

        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.done.get() == added);
        ledger.eachRanOnce(added);
        assertThat(ledger.inTheWrongOrder).as("seed %d", seed).hasValue(0);
        await().until(queue::isIdle);
        System.out.printf("%,d turns of which some hand the queue over, seed %d%n", added, seed);
    }

    @Test
    void runsEachTurnOnceAndInOrderWhileAnotherThreadLooksForDeadOnes() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        Thread looking = new Thread(() -> {
            while (!end.get()) {
                queue.restart();
                queue.replaceDeadWorker();
            }
        });
        looking.start();
        int added = add(number -> () -> {
            ledger.begins(number);
            ledger.ends();
        });

        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.done.get() == added);
        end.set(true);
        looking.join();
        ledger.eachRanOnce(added);
        assertThat(ledger.inTheWrongOrder).hasValue(0);
        await().until(queue::isIdle);
    }

    @Test
    void runsEachTurnOnceWhenAnotherThreadTakesTheQueueAway() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        AtomicInteger taken = new AtomicInteger();
        Thread taking = new Thread(() -> {
            while (!end.get()) {
                CompletionQueue.Worker before = queue.worker();
                before.handOver();
                if (queue.worker() != before) {
                    taken.incrementAndGet();
                }
                spin(2_000);
            }
        });
        taking.start();
        Random random = new Random(seed);
        int added = add(number -> {
            int spins = random.nextInt(60);
            return () -> {
                ledger.begins(number);
                spin(spins);
                ledger.ends();
            };
        });

        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.done.get() == added);
        end.set(true);
        taking.join();
        ledger.eachRanOnce(added);
        await().until(queue::isIdle);
        System.out.printf("%,d turns while the queue was taken away %,d times, seed %d%n", added, taken.get(), seed);
        assertThat(taken.get()).isPositive();
    }

    @Test
    void theLedgerFindsWhatRanTwiceAndWhatRanInTheWrongOrder() {
        ledger.begins(1);
        ledger.begins(0);
        ledger.begins(1);

        assertThat(ledger.inTheWrongOrder).hasValue(1);
        assertThatThrownBy(() -> ledger.eachRanOnce(2)).isInstanceOf(AssertionError.class);
    }

    private interface Turns {
        Runnable numbered(int number);
    }

    private int add(Turns turns) {
        long begin = System.nanoTime();
        int number = 0;
        while (number < TURNS && System.nanoTime() - begin < MOST_NANOS) {
            queue.add(new Numbered(turns.numbered(number)));
            number++;
            spin(number % 50);
        }
        return number;
    }

    private static void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }
}
