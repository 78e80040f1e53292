// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs completions one after the other, in the order in which they were added, on one thread at a time.
 *
 * <p>What is added is a stack of completions that are linked to each other, which the worker takes whole and reverses: an
 * acknowledgment costs Kafka's I/O thread one compare-and-set and no object. What the worker has yet to run is its
 * {@code rest}. Each completion is taken from it by a compare-and-set, so that another worker can be given the rest while user code
 * holds the first ({@link Worker#handOver}): that takes the whole rest at once, and the first worker, when it comes back, finds
 * that and ends. So each completion is run by exactly one of them, and the order stays.
 *
 * <p>A thread that cannot be made leaves the worker unstarted. The next completion, or the monitor, tries again.
 */
public final class CompletionQueue {
    /**
     * How often the working thread lets others run before it goes. Acknowledgments come in bursts, a batch at a time, and
     * waking a thread for every few of them cost some 300 ns of CPU time a record of 1,000 B.
     */
    private static final int YIELDS = 10;

    private static final long BEFORE_ANOTHER_TRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** More than that are not counted. */
    static final int MOST_COUNTED = 100_000;

    /** In the place of the newest completion: there is no worker. */
    private static final Completion IDLE = new Marker();

    /** In the place of a rest: the worker has no completion, and no thread. */
    private static final Completion NOT_RUNNING = new Marker();

    /** In the place of a rest: a thread is to be had for the worker, or could not be had yet. */
    private static final Completion STARTING = new Marker();

    /** In the place of a rest: the worker is between two completions and takes what was added. */
    private static final Completion BETWEEN = new Marker();

    /** In the place of a rest: another worker has it. */
    private static final Completion HANDED_OVER = new Marker();

    private static final VarHandle REST;
    private static final VarHandle COMPLETIONS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            REST = lookup.findVarHandle(Worker.class, "rest", Completion.class);
            COMPLETIONS = lookup.findVarHandle(Worker.class, "completions", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Executor threads;
    private final Runnable whenActive;

    /** The newest that waits; null while a worker has taken what was there. */
    private final AtomicReference<@Nullable Completion> newest = new AtomicReference<>(IDLE);

    /** Whether the worker has no thread because none could be made. */
    private final AtomicBoolean unstarted = new AtomicBoolean();

    private volatile Worker worker = new Worker(null);

    /**
     * An empty queue.
     *
     * @param threads gives a worker a thread, or throws
     * @param whenActive run when the queue is not empty any more; it must not throw, and must be cheap
     */
    CompletionQueue(Executor threads, Runnable whenActive) {
        this.threads = threads;
        this.whenActive = whenActive;
    }

    /** Queues a completion. Never throws, so that it can be called on Kafka's I/O thread. */
    public void add(Completion completion) {
        Completion before;
        do {
            before = newest.get();
            completion.next(before == IDLE ? null : before);
        } while (!newest.compareAndSet(before, completion));
        if (before == IDLE) {
            begin(worker);
        } else if (unstarted.get()) {
            restart();
        }
    }

    private void begin(Worker idle) {
        idle.rest = STARTING;
        start(idle);
    }

    private void start(Worker starting) {
        try {
            threads.execute(starting);
        } catch (Throwable e) {
            unstarted.set(true);
        }
        whenActive.run();
    }

    /** Tries again to start a worker that could not be started. */
    void restart() {
        if (unstarted.compareAndSet(true, false)) {
            start(worker);
        }
    }

    /** Whether a worker could not be started, and was not since. */
    boolean isUnstarted() {
        return unstarted.get();
    }

    /** Lets the calling thread do what a worker should that cannot be started. */
    void workHere() {
        if (unstarted.compareAndSet(true, false)) {
            worker.run();
        }
    }

    /** Whether nothing waits and no completion is running, but for those that were left to themselves by a hand-over. */
    boolean isIdle() {
        return newest.get() == IDLE;
    }

    /** The worker of the moment; one that is idle, if none is needed. */
    Worker worker() {
        return worker;
    }

    /** Whether a completion waits for another one to end, or for a thread. */
    boolean hasWaiting() {
        Completion added = newest.get();
        return (added != null && added != IDLE) || worker.hasRest() || unstarted.get();
    }

    /** How many completions wait, {@link #MOST_COUNTED} at most. Only roughly, if the queue moves meanwhile. */
    int waiting() {
        return length(worker.rest, length(newest.get(), 0));
    }

    private static int length(@Nullable Completion from, int counted) {
        int count = counted;
        Completion completion = from;
        while (completion != null && !(completion instanceof Marker) && count < MOST_COUNTED) {
            count++;
            completion = completion.next();
        }
        return count;
    }

    private static @Nullable Completion inOrder(@Nullable Completion newestFirst) {
        Completion oldestFirst = null;
        Completion completion = newestFirst;
        while (completion != null) {
            Completion before = completion.next();
            completion.next(oldestFirst);
            oldestFirst = completion;
            completion = before;
        }
        return oldestFirst;
    }

    /** Works the queue off, on one thread, until it is empty or handed over. */
    final class Worker implements Runnable, CompletionThread.Worker {
        /** What it begins with, if it takes the place of another. */
        private @Nullable Completion first;

        /** What it has yet to run; null while it runs the last of what it has taken. Or one of the markers. */
        private volatile @Nullable Completion rest = NOT_RUNNING;

        private volatile @Nullable Thread thread;

        /** How many completions it has begun; tells one that lasts from one after the other. */
        private int completions;

        private Worker(@Nullable Completion first) {
            this.first = first;
        }

        @Override
        public void run() {
            if (!REST.compareAndSet(this, STARTING, first == null ? BETWEEN : first)) {
                return; // it was started twice
            }
            first = null;
            thread = Thread.currentThread();
            CompletionThread.works(this);
            work();
            CompletionThread.works(null);
        }

        private void work() {
            while (true) {
                Completion completion = rest;
                if (completion == BETWEEN) {
                    Completion added = newest.getAndSet(null);
                    if (added != null) {
                        rest = inOrder(added);
                    } else if (!moreComes() && goIdle()) {
                        return;
                    }
                } else if (completion == null) {
                    if (!REST.compareAndSet(this, null, BETWEEN)) {
                        break;
                    }
                    if (!moreComes() && goIdle()) {
                        return;
                    }
                } else if (completion != HANDED_OVER) {
                    Completion behind = completion.next();
                    if (REST.compareAndSet(this, completion, behind)) {
                        run(completion);
                    }
                } else {
                    break;
                }
            }
            thread = null;
        }

        private void run(Completion completion) {
            completion.next(null); // a future that a caller keeps must not keep those behind it
            COMPLETIONS.setOpaque(this, completions + 1);
            boolean done = true;
            try {
                done = completion.tryComplete();
            } catch (Throwable e) {
                // It is as done as it can be; the queue goes on whatever user code and the JVM do.
                return;
            }
            if (!done) {
                LockSupport.parkNanos(BEFORE_ANOTHER_TRY_NANOS);
                add(completion);
            }
        }

        private boolean moreComes() {
            for (int i = 0; i < YIELDS; i++) {
                if (newest.get() != null) {
                    return true;
                }
                Thread.yield();
            }
            return false;
        }

        /** Whether it is idle from now on: another thread may have started it again by the time that this returns. */
        private boolean goIdle() {
            Thread current = thread;
            thread = null;
            rest = NOT_RUNNING;
            if (newest.compareAndSet(null, IDLE)) {
                return true;
            }
            thread = current;
            rest = BETWEEN;
            return false;
        }

        /**
         * Gives the rest of the queue to another worker, if this one is inside a completion. Called by its own thread before it
         * waits, or by another that finds it blocked.
         */
        @Override
        public void handOver() {
            Completion held = rest;
            if (held instanceof Marker) {
                return;
            }
            Worker other = new Worker(held);
            if (!REST.compareAndSet(this, held, HANDED_OVER)) {
                return; // it went on, or somebody else has done it
            }
            worker = other;
            if (held != null || !newest.compareAndSet(null, IDLE)) {
                begin(other);
            }
        }

        /** Whether it is inside a completion, or about to begin one, and is the queue's worker. */
        boolean isBusy() {
            return !(rest instanceof Marker);
        }

        private boolean hasRest() {
            Completion now = rest;
            return now != null && !(now instanceof Marker);
        }

        int completions() {
            return (int) COMPLETIONS.getOpaque(this);
        }

        /** The thread that it has, if it has one. */
        @Nullable
        Thread thread() {
            return thread;
        }
    }

    /** Stands where a completion would; never runs. */
    private static final class Marker implements Completion {
        @Override
        public boolean tryComplete() {
            return true;
        }

        @Override
        public @Nullable Completion next() {
            return null;
        }

        @Override
        public void next(@Nullable Completion completion) {
            throw new IllegalStateException("a marker is linked to nothing");
        }
    }
}
