// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A thread on which futures complete and their dependents run. It knows the queue whose completions it runs, so that a
 * dependent that waits for a future of Kurier's can be detected before it waits: the awaited future may be in the same
 * queue.
 */
public final class CompletionThread extends Thread {
    /** Runs the completions of a queue, whose rest can be given to another thread. */
    interface Worker {
        void handOver();
    }

    /** Used by this thread only. */
    private @Nullable Worker worker;

    CompletionThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }

    /** Sets the worker of the calling thread; null if it has ended. */
    static void works(@Nullable Worker worker) {
        if (Thread.currentThread() instanceof CompletionThread thread) {
            thread.worker = worker;
        }
    }

    /** Whether the calling thread runs the completions of a queue, or did so until it handed the queue over. */
    public static boolean isWorking() {
        return Thread.currentThread() instanceof CompletionThread thread && thread.worker != null;
    }

    /** Lets another thread continue with the queue of the calling thread, if it has one. */
    public static void handOver() {
        if (Thread.currentThread() instanceof CompletionThread thread && thread.worker != null) {
            thread.worker.handOver();
        }
    }

    /** Called by every future of Kurier's before the calling thread waits for it. */
    static void beforeWaiting(CompletableFuture<?> awaited) {
        if (Thread.currentThread() instanceof CompletionThread && !awaited.isDone()) {
            try {
                handOver();
            } catch (Throwable e) {
                // Out of memory for another worker. The monitor hands the queue over later, when memory is available.
                return;
            }
        }
    }
}
