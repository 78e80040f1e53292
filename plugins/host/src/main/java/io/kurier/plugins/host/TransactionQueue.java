// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Message;
import io.kurier.plugins.host.TransactionBoundaries.End;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a task that wait for their transaction. The task's thread adds them, the callback of a transaction takes
 * them, and they count as open until the transaction has ended.
 */
final class TransactionQueue {
    private static final int MOST_WAITING = 20_000;
    private static final long MOST_WAITING_BYTES = 16L << 20;

    /** How many records may wait when another batch is added; one batch until the size of records is known. */
    private int most = 1;

    private final boolean endsByConnector;
    private final Deque<Batch> waiting = new ArrayDeque<>(); // this and what follows is guarded by this
    private int waitingRecords;
    private int openBatches;
    private int openEnds;
    private int settling;
    private boolean finished;
    private boolean ended;

    /**
     * Creates an empty queue.
     *
     * @param endsByConnector whether only the connector ends transactions
     */
    TransactionQueue(boolean endsByConnector) {
        this.endsByConnector = endsByConnector;
    }

    /** A record, or a refused part of the input, and what has become of it. */
    static final class Entry {
        final @Nullable SourceRecord record;
        final @Nullable Message<?, ?> message;

        /** Why it is left out, or null. */
        @Nullable
        Throwable failure;

        /** Completes when its dead letter is kept; null if there is none. */
        @Nullable
        CompletableFuture<?> letter;

        /** Its position among the messages of the transaction, or -1. */
        int index = -1;

        /**
         * Creates an entry.
         *
         * @param record null for a part of the input of which the task made no record
         * @param message null if a transformation left the record out, or there is a failure
         */
        Entry(@Nullable SourceRecord record, @Nullable Message<?, ?> message, @Nullable Throwable failure) {
            this.record = record;
            this.message = message;
            this.failure = failure;
        }
    }

    /**
     * Records that are in one transaction.
     *
     * @param end whether the connector ends the transaction with them
     */
    record Batch(List<Entry> entries, End end) {}

    /** Adds a batch, after waiting until there is room or nothing is taken any more. */
    synchronized void put(Batch batch) throws InterruptedException {
        while (waitingRecords >= most && !ended) {
            wait();
        }
        waiting.add(batch);
        waitingRecords += batch.entries().size();
        openBatches++;
        openEnds += batch.end() == End.NONE ? 0 : 1;
        notifyAll();
    }

    /** Takes the first batch, after waiting for one; null if there is none and none will come. */
    synchronized @Nullable Batch first() throws InterruptedException {
        while (waiting.isEmpty() && !finished) {
            wait();
        }
        return taken();
    }

    /**
     * Takes the next batch of a transaction; null if there is none in time, or the transaction is to end now.
     *
     * @param until a value of {@link System#nanoTime()}
     */
    synchronized @Nullable Batch next(long until) throws InterruptedException {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            if (!waiting.isEmpty()) {
                return taken();
            }
            if (finished || (settling > 0 && !endsByConnector)) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return null;
    }

    /** Returns whether a batch waits. */
    synchronized boolean hasNext() {
        return !waiting.isEmpty();
    }

    private @Nullable Batch taken() {
        Batch batch = waiting.poll();
        if (batch != null) {
            waitingRecords -= batch.entries().size();
            notifyAll();
        }
        return batch;
    }

    /** Notes the size of records that were published, so that those that wait do not fill the memory. */
    synchronized void published(int records, long bytes) {
        most = (int) Math.max(1, Math.min(MOST_WAITING, MOST_WAITING_BYTES * records / Math.max(1, bytes)));
        notifyAll();
    }

    /** Puts batches that were taken back before all others. */
    synchronized void putBack(List<Batch> batches) {
        for (int i = batches.size() - 1; i >= 0; i--) {
            waiting.addFirst(batches.get(i));
            waitingRecords += batches.get(i).entries().size();
        }
    }

    /** Notes that the transaction of batches has ended. */
    synchronized void settled(List<Batch> batches) {
        openBatches -= batches.size();
        openEnds -=
                (int) batches.stream().filter(batch -> batch.end() != End.NONE).count();
        notifyAll();
    }

    /**
     * Waits until the transactions of all batches have ended, but for one that only the connector can end, or nothing is
     * taken any more.
     */
    synchronized void awaitSettled() throws InterruptedException {
        settling++;
        notifyAll();
        try {
            while ((endsByConnector ? openEnds > 0 : openBatches > 0) && !ended) {
                wait();
            }
        } finally {
            settling--;
        }
    }

    /** No batch comes after this. */
    synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** No batch is taken after this. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
