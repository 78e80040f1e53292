// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A queue whose threads die where no handler runs, as they do when memory is exhausted. */
@Timeout(60)
class DeadWorkerTest {
    private static final int COMPLETIONS = 5_000;

    private final AtomicInteger deaths = new AtomicInteger();
    private final List<Integer> done = new CopyOnWriteArrayList<>();
    private final CompletionThreads threads = new CompletionThreads(this::thread);
    private final CompletionQueue queue = new CompletionQueue(threads, () -> {});

    private Thread thread(Runnable work, String name) {
        Thread thread = ThreadMaker.DAEMONS.make(work, name);
        thread.setUncaughtExceptionHandler((dead, why) -> deaths.incrementAndGet());
        return thread;
    }

    private abstract static class Linked implements Completion {
        private @Nullable Completion next;

        @Override
        public final @Nullable Completion next() {
            return next;
        }

        @Override
        public void next(@Nullable Completion completion) {
            next = completion;
        }
    }

    /** A completion of which some kill the thread that is about to run them. */
    private final class Deadly extends Linked {
        private final int number;
        private boolean kills;

        Deadly(int number, boolean kills) {
            this.number = number;
            this.kills = kills;
        }

        @Override
        public boolean tryComplete() {
            done.add(number);
            return true;
        }

        @Override
        public void next(@Nullable Completion completion) {
            super.next(completion);
            if (kills && CompletionThread.isWorking() && queue.worker().isBusy()) {
                kills = false;
                throw new OutOfMemoryError("planted outside of every handler");
            }
        }
    }

    @Test
    void runsEachCompletionOnceAndInOrderAlthoughThreadsDie() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int planted = 0;
        for (int number = 0; number < COMPLETIONS; number++) {
            boolean kills = random.nextInt(100) == 0;
            planted += kills ? 1 : 0;
            queue.add(new Deadly(number, kills));
            if (random.nextInt(10) == 0) {
                queue.replaceDeadWorker();
            }
        }

        await().until(() -> {
            queue.replaceDeadWorker();
            return queue.isIdle();
        });

        assertThat(done)
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, COMPLETIONS).boxed().toList());
        assertThat(deaths).as("seed %d", seed).hasValue(planted);
    }

    /** A completion that has no memory at first: it says so itself, or throws where its own handlers do not run. */
    private final class Late extends Linked {
        private final boolean throwsIt;
        private final boolean kills;
        private int attempts;

        Late(boolean throwsIt, boolean kills) {
            this.throwsIt = throwsIt;
            this.kills = kills;
        }

        @Override
        public boolean tryComplete() {
            attempts++;
            if (attempts == 1 && throwsIt) {
                throw new OutOfMemoryError("planted");
            }
            if (attempts > 1) {
                done.add(attempts);
            }
            return attempts > 1;
        }

        @Override
        public void next(@Nullable Completion completion) {
            super.next(completion);
            if (kills && attempts == 1 && deaths.get() == 0) { // while it is queued again
                throw new OutOfMemoryError("planted outside of every handler");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void triesACompletionAgainThatHadNoMemory(boolean throwsIt, boolean kills) {
        queue.add(new Late(throwsIt, kills));

        await().until(() -> {
            queue.replaceDeadWorker();
            return queue.isIdle();
        });

        assertThat(done).containsExactly(2);
        assertThat(deaths).hasValue(kills ? 1 : 0);
    }

    /** A thread of a pool allocates before it begins a task, so it can die there. */
    @Test
    void givesATaskToAnotherThreadIfItsThreadDiesBeforeItBegins() {
        AtomicInteger made = new AtomicInteger();
        CompletionThreads dying = new CompletionThreads((work, name) -> thread(
                () -> {
                    if (made.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("planted before the task");
                    }
                    work.run();
                },
                name));
        CompletionQueue queueOfDying = new CompletionQueue(dying, () -> {});
        queueOfDying.add(new Deadly(0, false));

        await().until(() -> {
            dying.retry(false);
            return queueOfDying.isIdle();
        });

        assertThat(deaths).hasValue(1);
        assertThat(done).containsExactly(0);
        await().until(() -> dying.running() == 0);
        assertThat(dying.hasDelayed()).isFalse();
    }

    /** The state that a thread leaves behind if it dies between adding a completion and starting the worker. */
    @Test
    void startsTheWorkerForACompletionWhoseThreadDiedBeforeItDidSo() throws ReflectiveOperationException {
        Field newest = CompletionQueue.class.getDeclaredField("newest");
        newest.setAccessible(true);
        ((AtomicReference<?>) newest.get(queue)).set(null);
        queue.add(new Deadly(0, false));
        assertThat(queue.isIdle()).isFalse();
        assertThat(done).isEmpty();

        await().until(() -> {
            queue.restart();
            return queue.isIdle();
        });

        assertThat(done).containsExactly(0);
    }

    @Test
    void stopsWhenItsThreadDiesAndIsNotReplaced() {
        queue.add(new Deadly(0, true));
        queue.add(new Deadly(1, false));

        await().until(() -> deaths.get() == 1);

        assertThat(queue.isIdle()).isFalse();
        assertThat(done).isEmpty();
    }
}
