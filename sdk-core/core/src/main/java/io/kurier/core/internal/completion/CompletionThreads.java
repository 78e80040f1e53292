// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that complete futures: one for each topic that currently has something to complete, none while nothing
 * happens. User code runs here, so that it never runs on Kafka's I/O thread.
 */
public final class CompletionThreads implements Executor {
    static final String NAME = "kurier-completions-";

    private final AtomicInteger made = new AtomicInteger();

    /** The number of tasks that were given a thread and have not ended. */
    private final AtomicInteger running = new AtomicInteger();

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
        running.incrementAndGet();
        try {
            pool.execute(counted(work));
        } catch (Throwable e) {
            running.decrementAndGet();
            throw e;
        }
    }

    private Runnable counted(Runnable work) {
        return () -> {
            try {
                work.run();
            } finally {
                running.decrementAndGet();
            }
        };
    }

    /** Runs a task on one of the threads, as soon as there is one. Never throws. */
    public void run(Runnable work, Runnable whenDelayed) {
        try {
            execute(work);
        } catch (Throwable e) {
            delayed.add(work);
            whenDelayed.run();
        }
    }

    boolean hasDelayed() {
        return !delayed.isEmpty();
    }

    /**
     * Tries again to run the tasks for which no thread could be created.
     *
     * @param here whether the calling thread runs the tasks for which no thread can be created now
     */
    void retry(boolean here) {
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

    /** How many tasks that were given a thread have not ended. */
    public int running() {
        return running.get();
    }

    /** Lets idle threads end. A task that comes later gets a thread of its own. */
    public void shutdown() {
        pool.shutdown();
    }
}
