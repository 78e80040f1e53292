// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.core.internal.send.Backoff;
import io.kurier.core.internal.time.Durations;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Transactional producers, and the callers that wait for a free one. Safe for use by any number of threads. */
final class ProducerPool {
    /** How soon a waiting caller detects a close. */
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Duration wait;
    private final int size;
    private final BlockingDeque<TransactionalProducer> free;
    private final Set<TransactionalProducer> taken = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Reports why there was no free producer. */
    static final class NoneFree extends Exception {
        private static final long serialVersionUID = 1L;

        private NoneFree(String why) {
            super(why);
        }
    }

    /**
     * Makes a pool in which all producers are free.
     *
     * @param wait how long a caller may wait for a free producer
     */
    ProducerPool(Duration wait, List<TransactionalProducer> producers) {
        this.wait = wait;
        this.size = producers.size();
        this.free = new LinkedBlockingDeque<>(producers);
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Waits for a free producer.
     *
     * @throws NoneFree if no producer is free in time, the pool is closed, or the thread is interrupted, whose
     *     interrupt flag is then still set
     */
    TransactionalProducer take() throws NoneFree {
        try {
            long deadline = System.nanoTime() + Durations.nanos(wait);
            TransactionalProducer producer;
            long left = Durations.nanos(wait);
            do {
                producer = free.pollFirst(Math.min(left, BETWEEN_LOOKS_NANOS), TimeUnit.NANOSECONDS);
                left = deadline - System.nanoTime();
            } while (producer == null && left > 0 && !closed);
            if (closed) {
                if (producer != null) {
                    free.addFirst(producer); // for the close, which waits for it
                }
                throw new NoneFree(Backoff.CLOSED);
            }
            if (producer == null) {
                throw new NoneFree("all producers of transactions were in use for publish.max.wait.ms="
                        + wait.toMillis() + ": make the callbacks shorter, or raise transactions.producers");
            }
            taken.add(producer);
            return producer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoneFree("the thread was interrupted while it waited for a producer of transactions");
        }
    }

    /** Returns a producer to the pool. Connected producers are used first, lost ones last. */
    void giveBack(TransactionalProducer producer) {
        taken.remove(producer);
        if (producer.isLost()) {
            free.addLast(producer);
        } else {
            free.addFirst(producer);
        }
    }

    /** Called by a callback that closes its own publisher or session: the close does not wait for its transaction. */
    void leave() {
        taken.forEach(TransactionalProducer::leave);
    }

    /** Waits for the producers in use and closes all; a producer still in use after that is abandoned. */
    synchronized void close(Duration timeout) {
        if (closed) {
            return;
        }
        closed = true;
        long deadline = System.nanoTime() + Durations.nanos(timeout);
        int inUse = size;
        Set<TransactionalProducer> closedOnes = new HashSet<>();
        while (inUse > 0
                && deadline - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            for (TransactionalProducer busy : taken) {
                if (busy.isLeft() && closedOnes.add(busy)) {
                    busy.closeLeft(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                    inUse--;
                }
            }
            TransactionalProducer producer = poll(Math.min(deadline - System.nanoTime(), BETWEEN_LOOKS_NANOS));
            if (producer != null && closedOnes.add(producer)) {
                producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                inUse--;
            }
        }
        taken.forEach(TransactionalProducer::abandon);
        TransactionalProducer producer;
        while ((producer = free.pollFirst()) != null) {
            producer.close(Duration.ZERO);
        }
    }

    private @Nullable TransactionalProducer poll(long atMostNanos) {
        try {
            return free.pollFirst(atMostNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
