// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.errors.ThrowableText;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * The I/O thread of a producer. It dies of an {@code Error}: one that an interceptor throws, or one for exhausted
 * memory. Kafka's client logs that and continues to take records, which are never sent.
 */
final class IoThread {
    private final @Nullable Thread thread;
    private volatile @Nullable Throwable diedOf;
    private volatile @Nullable Thread watcher;

    private IoThread(@Nullable Thread thread) {
        this.thread = thread;
        if (thread != null) {
            Thread.UncaughtExceptionHandler kafkas = thread.getUncaughtExceptionHandler();
            thread.setUncaughtExceptionHandler((dead, e) -> {
                diedOf = e;
                LockSupport.unpark(watcher);
                kafkas.uncaughtException(dead, e);
            });
        }
    }

    /** A producer with its I/O thread. */
    record OfProducer(Producer<byte[], byte[]> producer, IoThread thread) {}

    /**
     * Makes a producer, and finds the thread that it starts. The thread stays unknown if another producer with the same
     * client id is made at the same moment.
     */
    static OfProducer started(Supplier<Producer<byte[], byte[]>> maker) {
        Set<Thread> before = threads(KafkaProducer.NETWORK_THREAD_PREFIX);
        Producer<byte[], byte[]> producer = maker.get();
        String name = ClientAssumptions.ioThreadName(producer);
        Set<Thread> started = threads(name);
        started.removeIf(thread -> !thread.getName().equals(name));
        started.removeAll(before);
        return new OfProducer(
                producer, new IoThread(started.size() == 1 ? started.iterator().next() : null));
    }

    private static Set<Thread> threads(String prefix) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] threads = new Thread[2 * group.activeCount() + 64];
        int count = group.enumerate(threads, true);
        return Arrays.stream(threads, 0, count)
                .filter(thread -> thread.getName().startsWith(prefix))
                .collect(Collectors.toSet());
    }

    /** Lets the calling thread be unparked when the I/O thread dies. */
    void watchedByThisThread() {
        watcher = Thread.currentThread();
    }

    /** Whether the thread is known. */
    boolean isKnown() {
        return thread != null;
    }

    /** Whether the thread is known to have ended, by itself or since the producer was closed. */
    boolean hasEnded() {
        return thread != null && !thread.isAlive();
    }

    /** A description of the error that ended the thread. */
    String cause() {
        Throwable known = diedOf;
        return known == null ? "a reason that is not known" : ThrowableText.of(known);
    }
}
