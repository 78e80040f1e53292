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
 * <p>Added completions form a stack of linked completions, which the worker takes as a whole and reverses: an
 * acknowledgment costs Kafka's I/O thread one compare-and-set and no object. The completions that the worker has yet to
 * run are its {@code rest}. Each completion is taken from the rest by a compare-and-set, so that another worker can
 * take over the rest while user code holds the first ({@link Worker#handOver}): the other takes the whole rest at once,
 * and when the first worker returns, it finds that and ends. So each completion is run by exactly one of them, and the
 * order is kept.
 *
 * <p>If no thread can be created, the worker remains unstarted. The next completion, or the monitor, tries again.
 */
public final class CompletionQueue {
    /**
     * How often the working thread yields before it ends. Acknowledgments come in bursts, a batch at a time, and waking
     * a thread for every few of them cost some 300 ns of CPU time a record of 1,000 B.
     */
    private static final int YIELDS = 10;

    private static final long BEFORE_ANOTHER_TRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The limit up to which waiting completions are counted. */
    static final int MOST_COUNTED = 100_000;

    /** A value of {@code newest}: there is no worker. */
    private static final Completion IDLE = new Marker();

    /** A value of {@code rest}: the worker has no completion and no thread. */
    private static final Completion NOT_RUNNING = new Marker();

    /** A value of {@code rest}: the worker needs a thread that has not started yet, or could not be created yet. */
    private static final Completion STARTING = new Marker();

    /** A value of {@code rest}: the worker is between two completions and takes those that were added. */
    private static final Completion BETWEEN = new Marker();

    /** A value of {@code rest}: another worker has taken it over. */
    private static final Completion HANDED_OVER = new Marker();

    private static final VarHandle REST;
    private static final VarHandle THREAD;
    private static final VarHandle COMPLETIONS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            REST = lookup.findVarHandle(Worker.class, "rest", Completion.class);
            THREAD = lookup.findVarHandle(Worker.class, "thread", Thread.class);
            COMPLETIONS = lookup.findVarHandle(Worker.class, "completions", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Executor threads;
    private final Runnable whenActive;

    /** The newest waiting completion; null while a worker has taken all of them. */
    private final AtomicReference<@Nullable Completion> newest = new AtomicReference<>(IDLE);

    /** Whether the worker has no thread because none could be created. */
    private final AtomicBoolean unstarted = new AtomicBoolean();

    private volatile Worker worker = new Worker(null);

    /**
     * Makes an empty queue.
     *
     * @param threads runs a worker on a thread, or throws
     * @param whenActive run when the queue is no longer empty; it must not throw, and must be cheap
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
        if (REST.compareAndSet(idle, NOT_RUNNING, STARTING)) {
            start(idle);
        }
    }

    private void start(Worker starting) {
        try {
            threads.execute(starting);
        } catch (Throwable e) {
            unstarted.set(true);
        }
        whenActive.run();
    }

    /** Tries again to start a worker that has no thread; also if the thread died that had to start it. */
    void restart() {
        if (unstarted.compareAndSet(true, false)) {
            start(worker);
        } else if (!isIdle() && worker.isAsleep()) {
            begin(worker);
        }
    }

    /**
     * Replaces the worker if its thread has died inside it. Memory can run out where no handler runs: while a call site
     * is linked, or while HotSpot deoptimizes a frame, which drops the frame with all its handlers.
     *
     * @throws OutOfMemoryError if there is no memory for another worker; nothing has changed then
     */
    void replaceDeadWorker() {
        Worker dead = worker;
        if (dead.hasDied()) {
            Worker other = new Worker(null);
            other.first = dead.left();
            worker = other;
            if (other.first != null || !(isIdle() || newest.compareAndSet(null, IDLE))) {
                begin(other);
            }
        }
    }

    /** Whether a worker could not be started and still has no thread. */
    boolean isUnstarted() {
        return unstarted.get();
    }

    /** Runs a worker that has no thread in the calling thread. */
    void workHere() {
        if (unstarted.compareAndSet(true, false)) {
            worker.run();
        }
    }

    /** Whether no completion waits or runs, apart from those that were left running by a hand-over. */
    boolean isIdle() {
        return newest.get() == IDLE;
    }

    /** The current worker; an idle one if none is needed. */
    Worker worker() {
        return worker;
    }

    /** Whether a completion waits for another one to end, or for a thread. */
    boolean hasWaiting() {
        Completion added = newest.get();
        return (added != null && added != IDLE) || worker.hasRest() || unstarted.get();
    }

    /** How many completions wait, at most {@link #MOST_COUNTED}. Approximate if the queue changes meanwhile. */
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

    /** Whether a completion is among those that no worker has taken. */
    private boolean isAdded(Completion completion) {
        Completion added = newest.get();
        while (added != null && added != completion) {
            added = added.next();
        }
        return added != null;
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

    /** Runs the queue's completions on one thread, until the queue is empty or handed over. */
    final class Worker implements Runnable, CompletionThread.Worker {
        /** The completion with which it begins, if it replaces another worker. */
        private @Nullable Completion first;

        /**
         * The completions that it has yet to run; null while it runs the last of those that it has taken. Or one of the
         * markers.
         */
        private volatile @Nullable Completion rest = NOT_RUNNING;

        private volatile @Nullable Thread thread;

        /** The completion that it runs, or is about to take from the rest. */
        private @Nullable Completion current;

        /** How many completions it has begun; distinguishes one long completion from several in a row. */
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
            THREAD.compareAndSet(this, Thread.currentThread(), null); // it may have another thread by now
        }

        private void work() {
            while (true) {
                Completion completion = rest;
                if (completion == BETWEEN) {
                    Completion added = newest.getAndSet(null);
                    if (added != null && added != IDLE) { // idle if it was started twice for the same completions
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
                    current = completion;
                    if (REST.compareAndSet(this, completion, behind)) {
                        run(completion);
                    }
                } else {
                    break;
                }
            }
        }

        private void run(Completion completion) {
            completion.next(null); // a future that a caller keeps must not keep those behind it
            COMPLETIONS.setOpaque(this, completions + 1);
            boolean done = true;
            try {
                done = completion.tryComplete();
            } catch (VirtualMachineError e) { // out of memory where the completion's own handlers do not run
                done = false;
            } catch (Throwable e) {
                // Another attempt cannot do more; the queue continues whatever user code and the JVM do.
                done = true;
            }
            if (!done) {
                LockSupport.parkNanos(BEFORE_ANOTHER_TRY_NANOS);
                add(completion);
            }
            current = null; // last: what is neither queued nor current would be lost if the thread died here
        }

        /** Whether its thread has ended without leaving the worker. */
        private boolean hasDied() {
            Thread last = thread;
            return last != null && !last.isAlive();
        }

        /**
         * Returns the completions that it had yet to run when its thread died, beginning with the one that it may have
         * run in part.
         */
        private @Nullable Completion left() {
            Completion behind = (Completion) REST.getAndSet(this, HANDED_OVER);
            if (behind instanceof Marker) {
                behind = null;
            }
            Completion begun = current;
            if (begun == null || begun == behind || isAdded(begun)) {
                return behind;
            }
            begun.next(behind);
            return begun;
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

        /**
         * Becomes idle if no completion was added. Another thread may have started it again by the time this returns
         * true.
         */
        private boolean goIdle() {
            rest = NOT_RUNNING;
            return newest.compareAndSet(null, IDLE) || !REST.compareAndSet(this, NOT_RUNNING, BETWEEN);
        }

        /**
         * Gives the rest of the queue to another worker, if this one is inside a completion. Called by this worker's
         * own thread before it waits, or by another thread that finds it blocked.
         */
        @Override
        public void handOver() {
            Completion held = rest;
            if (held instanceof Marker) {
                return;
            }
            Worker other = new Worker(held);
            if (!REST.compareAndSet(this, held, HANDED_OVER)) {
                return; // it went on, or another thread has done it
            }
            worker = other;
            if (held != null || !newest.compareAndSet(null, IDLE)) {
                begin(other);
            }
        }

        /** Whether it is the queue's worker and is inside a completion, or about to begin one. */
        boolean isBusy() {
            return !(rest instanceof Marker);
        }

        /** Whether it has neither a thread nor one that starts. */
        private boolean isAsleep() {
            return rest == NOT_RUNNING && thread == null;
        }

        private boolean hasRest() {
            Completion now = rest;
            return now != null && !(now instanceof Marker);
        }

        int completions() {
            return (int) COMPLETIONS.getOpaque(this);
        }

        /** The worker's thread, or null if it has none. */
        @Nullable
        Thread thread() {
            return thread;
        }
    }

    /** A placeholder for a completion; never run. */
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
