// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.core.time.Durations;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Some producers of transactions, and the callers that stand in line for one. Safe for use by any number of threads. */
final class TransactionLine {
    /** How soon a caller that stands in line notices a close. */
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Duration wait;
    private final int size;
    private final BlockingDeque<TransactionSlot> free;
    private final Set<TransactionSlot> taken = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Why no producer was had. */
    static final class NoneFree extends Exception {
        private static final long serialVersionUID = 1L;

        private NoneFree(String why) {
            super(why);
        }
    }

    /**
     * A line for these.
     *
     * @param wait how long a caller may stand in it
     */
    TransactionLine(Duration wait, List<TransactionSlot> slots) {
        this.wait = wait;
        this.size = slots.size();
        this.free = new LinkedBlockingDeque<>(slots);
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Waits for one that is free.
     *
     * @throws NoneFree if there is none in time, the line is closed, or the thread is interrupted, which it is then still
     */
    TransactionSlot take() throws NoneFree {
        try {
            long deadline = System.nanoTime() + Durations.nanos(wait);
            TransactionSlot slot;
            long left = Durations.nanos(wait);
            do {
                slot = free.pollFirst(Math.min(left, BETWEEN_LOOKS_NANOS), TimeUnit.NANOSECONDS);
                left = deadline - System.nanoTime();
            } while (slot == null && left > 0 && !closed);
            if (closed) {
                if (slot != null) {
                    free.addFirst(slot); // the close waits for it
                }
                throw new NoneFree(Patience.CLOSED);
            }
            if (slot == null) {
                throw new NoneFree("all producers of transactions were in use for publish.max.wait.ms="
                        + wait.toMillis() + ": make the works shorter, or raise transactions.producers");
            }
            taken.add(slot);
            return slot;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoneFree("the thread was interrupted while it waited for a producer of transactions");
        }
    }

    /** One is free again. Those that are connected are used first, those that are of no use last. */
    void giveBack(TransactionSlot slot) {
        taken.remove(slot);
        if (slot.isLost()) {
            free.addLast(slot);
        } else {
            free.addFirst(slot);
        }
    }

    /** The work that this thread runs, if it runs one of these, closes the line: the close does not wait for it. */
    void leave() {
        taken.forEach(TransactionSlot::leave);
    }

    /** Takes all of them back, waiting for those in use, and closes them; what is in use after that is ended. */
    synchronized void close(Duration timeout) {
        if (closed) {
            return;
        }
        closed = true;
        long deadline = System.nanoTime() + Durations.nanos(timeout);
        int inUse = size;
        Set<TransactionSlot> closedOnes = new HashSet<>();
        while (inUse > 0
                && deadline - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            for (TransactionSlot busy : taken) {
                if (busy.isLeft() && closedOnes.add(busy)) {
                    busy.closeLeft(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                    inUse--;
                }
            }
            TransactionSlot slot = poll(Math.min(deadline - System.nanoTime(), BETWEEN_LOOKS_NANOS));
            if (slot != null && closedOnes.add(slot)) {
                slot.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                inUse--;
            }
        }
        taken.forEach(TransactionSlot::abandon);
        TransactionSlot slot;
        while ((slot = free.pollFirst()) != null) {
            slot.close(Duration.ZERO);
        }
    }

    private @Nullable TransactionSlot poll(long atMostNanos) {
        try {
            return free.pollFirst(atMostNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
