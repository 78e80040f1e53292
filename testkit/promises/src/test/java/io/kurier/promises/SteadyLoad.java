// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes records of 100 bytes with keys at a steady rate, and measures each from the moment at which it was due to its
 * acknowledgment, so that a caller who has to wait is counted too.
 */
final class SteadyLoad {
    static final Topic<String, String> TOPIC = Topic.of("steady", String.class, String.class);

    private static final int THREADS = 2;
    private static final int KEYS = 8;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String PADDING = "x".repeat(100);

    private final Publisher publisher;
    private final long betweenNanos;
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean over;

    /**
     * Creates a load that has not begun.
     *
     * @param perSecond the number of records in a second, of all threads
     * @param first the number of the first record of each key
     */
    SteadyLoad(Publisher publisher, int perSecond, long[] first) {
        this.publisher = publisher;
        this.betweenNanos = TimeUnit.SECONDS.toNanos(THREADS) / perSecond;
        for (int i = 0; i < THREADS; i++) {
            workers.add(new Worker(i, first[i]));
        }
    }

    /** The numbers with which a topic's first load begins. */
    static long[] begin() {
        return new long[THREADS];
    }

    void start() {
        workers.forEach(worker -> worker.thread.start());
    }

    /** Ends the load and waits for all acknowledgments; returns the numbers with which the next load begins. */
    long[] end() throws InterruptedException {
        over = true;
        for (Worker worker : workers) {
            worker.thread.join();
        }
        publisher.flush().join();
        return workers.stream().mapToLong(worker -> worker.next).toArray();
    }

    /** How many records have failed. */
    long failed() {
        return failed.get();
    }

    /** The times to the acknowledgment in nanoseconds, in ascending order. */
    long[] nanos() {
        long[] all = new long[0];
        for (Worker worker : workers) {
            int before = all.length;
            all = Arrays.copyOf(all, before + worker.count());
            System.arraycopy(worker.nanos, 0, all, before, worker.count());
        }
        Arrays.sort(all);
        return all;
    }

    /** The key of a thread's record. */
    private static String key(int thread, long number) {
        return "key-" + thread + "-" + number % KEYS;
    }

    /** The number of a record within its key. */
    static long numberOf(String value) {
        return Long.parseLong(value.substring(0, value.indexOf(' ')));
    }

    /** Reports to a check what was published by loads that followed each other. */
    static void tell(KeySequences check, List<SteadyLoad> loads) {
        for (int thread = 0; thread < THREADS; thread++) {
            int of = thread;
            long[] offsets = loads.stream()
                    .map(load -> load.workers.get(of))
                    .flatMapToLong(worker -> Arrays.stream(worker.offsets, 0, worker.count()))
                    .toArray();
            for (int key = 0; key < KEYS; key++) {
                long[] ofKey = new long[(offsets.length - key + KEYS - 1) / KEYS];
                for (int i = 0; i < ofKey.length; i++) {
                    ofKey[i] = offsets[i * KEYS + key];
                }
                check.published(key(thread, key), ofKey);
            }
        }
    }

    private final class Worker {
        private final int number;
        private final Thread thread;
        private final long first;
        private long next;
        private long[] nanos = new long[1 << 16];
        private long[] offsets = new long[1 << 16];

        Worker(int number, long first) {
            this.number = number;
            this.first = first;
            this.next = first;
            this.thread = new Thread(this::run, "steady-" + number);
        }

        int count() {
            return (int) (next - first);
        }

        private void run() {
            long begin = System.nanoTime();
            while (!over) {
                long due = begin + (next - first) * betweenNanos;
                if (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(TICK_NANOS);
                } else {
                    publish(due);
                }
            }
        }

        private void publish(long due) {
            int index = count();
            makeRoom(index);
            String value = next / KEYS + " " + PADDING;
            var unused = publisher
                    .publish(TOPIC, key(number, next), value.substring(0, PADDING.length()))
                    .whenComplete((receipt, failure) -> note(index, System.nanoTime() - due, receipt));
            next++;
        }

        private synchronized void makeRoom(int index) {
            if (index == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * index);
                offsets = Arrays.copyOf(offsets, 2 * index);
            }
        }

        private synchronized void note(int index, long took, @Nullable Receipt receipt) {
            nanos[index] = took;
            offsets[index] = receipt == null ? -1 : receipt.offset();
            if (receipt == null) {
                failed.incrementAndGet();
            }
        }
    }
}
