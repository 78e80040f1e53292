// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one transactional id: made when there is a work, gone when there was none for a while.
 *
 * <p>It lingers a moment after each work. A caller that does one transaction after the other has the next one within
 * that moment, and to wake a thread for it took some 70 microseconds of two milliseconds.
 */
final class TransactionThread extends ThreadPoolExecutor {
    private static final long GONE_AFTER_SECONDS = 10;

    TransactionThread(String transactionalId) {
        super(1, 1, GONE_AFTER_SECONDS, TimeUnit.SECONDS, new LingeringQueue(), work -> {
            Thread thread = new Thread(work, "kurier-transaction-" + transactionalId);
            thread.setDaemon(true);
            return thread;
        });
        allowCoreThreadTimeOut(true);
    }

    private static final class LingeringQueue extends LinkedBlockingQueue<Runnable> {
        private static final long serialVersionUID = 1L;
        private static final long LINGER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

        @Override
        public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
            long until = System.nanoTime() + LINGER_NANOS;
            do {
                Runnable work = poll();
                if (work != null) {
                    return work;
                }
                Thread.yield();
            } while (System.nanoTime() - until < 0);
            return super.poll(timeout, unit);
        }
    }
}
