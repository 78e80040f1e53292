// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.core.internal.completion.ThreadMaker;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one transactional id: made when there is a work, gone when there was none for a while.
 *
 * <p>It lingers a moment after each work. A caller that does one transaction after the other has the next one within
 * that moment, and to wake a thread for it took some 70 microseconds of two milliseconds.
 *
 * <p>A thread that completes a transaction's future runs what depends on it, which may block, or wait for the next
 * transaction under this id. So whoever comes meanwhile gets another thread; of those that are idle one stays.
 */
final class TransactionThread implements Executor {
    private static final long LINGER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long GONE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Runnable END = () -> {};

    private final String name;
    private final ThreadMaker threads;

    /** The thread that has nothing to do, if there is one. */
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

    /** Lets the idle thread go, and the others when they have done what they do. */
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

        /** What comes next, or null if nothing comes for long. */
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
