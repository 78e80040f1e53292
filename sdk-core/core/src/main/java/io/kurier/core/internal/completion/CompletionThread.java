// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A thread on which futures complete and their dependents run. It knows the queue that it works off, so that a dependent
 * that waits for a future of Kurier's can be noticed before it waits: what it waits for may stand in the same queue.
 */
public final class CompletionThread extends Thread {
    /** Works off a queue, whose rest another thread can be given. */
    interface Worker {
        void handOver();
    }

    /** Used by this thread only. */
    private @Nullable Worker worker;

    CompletionThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }

    /** The calling thread works this off now; null if it has ended to do so. */
    static void works(@Nullable Worker worker) {
        if (Thread.currentThread() instanceof CompletionThread thread) {
            thread.worker = worker;
        }
    }

    /** Whether the calling thread works off a queue, or did so until it handed it over. */
    public static boolean isWorking() {
        return Thread.currentThread() instanceof CompletionThread thread && thread.worker != null;
    }

    /** Lets another thread go on with the queue of the calling thread, if it has one. */
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
                // No memory for another worker. The monitor hands the queue over later, when there is some.
                return;
            }
        }
    }
}
