// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.core.internal.completion.ThreadMaker;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one transactional id: created when there is a task, ended when there was none for a while.
 *
 * <p>It waits for a short time after each task. A caller that runs one transaction after the other submits the next
 * within that time; waking a thread for it took some 70 microseconds of two milliseconds.
 *
 * <p>A thread that completes a transaction's future runs its dependents, which may block, or wait for the next
 * transaction under this id. So a task that comes meanwhile gets another thread; of the idle threads one stays.
 */
final class TransactionThread implements Executor {
    private static final long LINGER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long GONE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Runnable END = () -> {};

    private final String name;
    private final ThreadMaker threads;

    /** The idle thread, or null if there is none. */
    private final AtomicReference<@Nullable Worker> idle = new AtomicReference<>();

    private volatile boolean closed;

    TransactionThread(String transactionalId, ThreadMaker threads) {
        this.threads = threads;
        this.name = "kurier-transaction-" + transactionalId;
    }

    @Override
    public void execute(Runnable work) {
        Worker waiting = idle.getAndSet(null);
        if (waiting == null) {
            new Worker(work).thread.start();
        } else {
            waiting.give(work);
        }
    }

    /** Ends the idle thread, and the others when they have finished their tasks. */
    void close() {
        closed = true;
        Worker waiting = idle.getAndSet(null);
        if (waiting != null) {
            waiting.give(END);
        }
    }

    private final class Worker implements Runnable {
        private final Thread thread;
        private volatile @Nullable Runnable next;

        Worker(Runnable work) {
            next = work;
            thread = threads.make(this, name);
        }

        void give(Runnable work) {
            next = work;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            Runnable work = next;
            while (work != null && work != END) {
                next = null;
                work.run();
                work = !closed && idle.compareAndSet(null, this) ? await() : null;
            }
        }

        /** Waits for the next task; null if none comes for a while. */
        private @Nullable Runnable await() {
            long since = System.nanoTime();
            Runnable work;
            while ((work = next) == null) {
                long waited = System.nanoTime() - since;
                if (waited < LINGER_NANOS) {
                    Thread.yield();
                } else if (waited < GONE_AFTER_NANOS || !idle.compareAndSet(this, null)) { // or it is being given one
                    LockSupport.parkNanos(this, GONE_AFTER_NANOS);
                } else {
                    return null;
                }
            }
            return work;
        }
    }
}
