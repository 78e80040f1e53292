// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kurier's threads for plugins whose client of a server blocks. A plugin calls the server on one of them and throws
 * {@link NotReadyException} with the future, or returns the future from {@link Preparable#prepare}.
 *
 * <p>All plugins of the JVM share at most 16 daemon threads, which end after ten idle seconds. A call without a
 * time-out of its own occupies its thread until it returns. Safe for use by any number of threads.
 */
public final class PluginThreads {
    private static final int MOST_THREADS = 16;
    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final ThreadPoolExecutor POOL = pool();

    private PluginThreads() {}

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "kurier-plugin-" + MADE.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Runs a blocking call on one of the threads, with the class loader of its class as the context class loader.
     * Returns at once.
     *
     * @return completes with what the call returns or throws, on that thread; exceptionally if no thread can be made
     */
    public static <T> CompletableFuture<T> call(Callable<T> call) {
        Objects.requireNonNull(call, "call");
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            POOL.execute(() -> run(call, result));
        } catch (Throwable e) { // out of memory for a thread
            result.completeExceptionally(e);
        }
        return result;
    }

    private static <T> void run(Callable<T> call, CompletableFuture<T> result) {
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(call.getClass().getClassLoader());
        try {
            result.complete(call.call());
        } catch (Throwable e) {
            result.completeExceptionally(e);
        } finally {
            thread.setContextClassLoader(null); // an idle thread must not keep the loader of a closed plugin
        }
    }
}
