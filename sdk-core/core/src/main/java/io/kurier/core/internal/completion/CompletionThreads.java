// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads that complete futures: one for each topic that currently has something to complete, none while nothing
 * happens. User code runs here, so that it never runs on Kafka's I/O thread.
 *
 * <p>A thread of the JDK's pool allocates when it waits for a task and when it gets one, so when memory is exhausted it
 * can die with a task that it has not begun. Such a task is given to another thread ({@link #retry}).
 */
public final class CompletionThreads implements Executor {
    static final String NAME = "kurier-completions-";

    /** A task that has not begun after this time is given to another thread; it begins once all the same. */
    private static final long MOST_STARTING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicInteger made = new AtomicInteger();

    /** The tasks that were given a thread and have not ended. */
    private final Set<Task> running = ConcurrentHashMap.newKeySet();

    /** The tasks for which no thread could be created yet. */
    private final Queue<Runnable> delayed = new ConcurrentLinkedQueue<>();

    private final ThreadMaker threads;
    private final ThreadPoolExecutor pool;

    public CompletionThreads(ThreadMaker threads) {
        this.threads = threads;
        // A task that comes after the close (from callers that are refused, or from an I/O thread that the close did
        // not wait for) gets a thread of its own: neither of the two may run user code.
        this.pool = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                this::make,
                (late, closedPool) -> make(late).start());
    }

    /** A task on its thread. */
    private final class Task implements Runnable {
        private final Runnable work;
        private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

        /** When it was given to a thread the last time; used by the monitor, apart from the first value. */
        private long givenAt = System.nanoTime();

        private Task(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            if (!thread.compareAndSet(null, Thread.currentThread())) {
                return; // it was given to two threads
            }
            try {
                work.run();
            } finally {
                running.remove(this);
            }
        }

        private boolean hasBegun() {
            return thread.get() != null;
        }

        /** Whether its thread has died in it. */
        private boolean hasDied() {
            Thread last = thread.get();
            return last != null && !last.isAlive();
        }

        private boolean isLost(long now) {
            return !hasBegun() && now - givenAt >= MOST_STARTING_NANOS;
        }
    }

    private Thread make(Runnable work) {
        return threads.make(work, NAME + made.incrementAndGet());
    }

    /**
     * Runs a task on one of the threads.
     *
     * @throws Error if there is no thread and none can be created; the task has not run then
     */
    @Override
    public void execute(Runnable work) {
        Task task = new Task(work);
        running.add(task);
        try {
            pool.execute(task);
        } catch (Throwable e) {
            running.remove(task);
            throw e;
        }
    }

    /**
     * Runs a task on one of the threads, as soon as there is one. Never throws.
     *
     * @param whenActive run when there is a task that has not begun
     */
    public void run(Runnable work, Runnable whenActive) {
        try {
            execute(work);
        } catch (Throwable e) {
            delayed.add(work);
        }
        whenActive.run();
    }

    /** Whether a task has not begun. */
    boolean hasDelayed() {
        return !delayed.isEmpty() || running.stream().anyMatch(task -> !task.hasBegun());
    }

    /**
     * Tries again to run the tasks for which no thread could be created, and those whose thread has died before they
     * began.
     *
     * @param here whether the calling thread runs the tasks for which no thread can be created now
     */
    void retry(boolean here) {
        long now = System.nanoTime();
        for (Task task : running) {
            if (task.isLost(now)) {
                task.givenAt = now;
                giveAgain(task, here);
            }
        }
        Runnable next;
        while ((next = delayed.peek()) != null) {
            try {
                execute(next);
                delayed.remove();
            } catch (Throwable e) {
                if (!here) {
                    return;
                }
                delayed.remove();
                next.run();
            }
        }
    }

    private void giveAgain(Task task, boolean here) {
        try {
            pool.execute(task);
        } catch (Throwable e) {
            if (here) {
                task.run();
            }
        }
    }

    /** How many tasks that were given a thread have not ended. */
    public int running() {
        running.removeIf(Task::hasDied);
        return running.size();
    }

    /** Lets idle threads end. A task that comes later gets a thread of its own. */
    public void shutdown() {
        pool.shutdown();
    }
}
