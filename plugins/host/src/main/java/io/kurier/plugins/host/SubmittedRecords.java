// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Receipt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a task whose outcomes are not settled yet, in the order of the task. The task's thread adds them, and
 * another one settles them. They go from one to the other in batches, so that a record costs no lock.
 */
final class SubmittedRecords {
    private final int most;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private int open;
    private boolean finished;

    /**
     * Creates an empty queue.
     *
     * @param most how many records may be unsettled when another batch is added
     */
    SubmittedRecords(int most) {
        this.most = most;
    }

    /** Records and their outcomes. Not safe for use by several threads at a time. */
    static final class Batch {
        /** Bounds what waits in a batch that is not complete, while the publisher has no room. */
        static final int MOST = 256;

        private final @Nullable SourceRecord[] records;
        private final CompletableFuture<@Nullable Receipt>[] outcomes;
        private int size;

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Batch(int capacity) {
            records = new SourceRecord[Math.min(MOST, capacity)];
            outcomes = new CompletableFuture[records.length];
        }

        /**
         * Adds a record.
         *
         * @param record the record; null for a part of the input of which the task made none
         * @param outcome completes with the receipt, or with null if a transformation left the record out
         */
        void add(@Nullable SourceRecord record, CompletableFuture<@Nullable Receipt> outcome) {
            records[size] = record;
            outcomes[size] = outcome;
            size++;
        }

        /** Returns whether the record that was added last has failed. */
        boolean endsWithFailure() {
            return size > 0 && outcomes[size - 1].isCompletedExceptionally();
        }

        boolean isFull() {
            return size == records.length;
        }

        int size() {
            return size;
        }

        @Nullable
        SourceRecord record(int index) {
            return records[index];
        }

        CompletableFuture<@Nullable Receipt> outcome(int index) {
            return outcomes[index];
        }
    }

    /** Adds a batch, after waiting until there is room or nothing is settled any more. */
    synchronized void add(Batch batch) throws InterruptedException {
        while (open >= most && !finished) {
            wait();
        }
        append(batch);
    }

    /** Adds a batch without waiting. */
    synchronized void append(Batch batch) {
        batches.add(batch);
        open += batch.size();
        notifyAll();
    }

    /** Returns and keeps the first batch, after waiting for one; null if there is none and none will come. */
    synchronized @Nullable Batch first() throws InterruptedException {
        while (batches.isEmpty() && !finished) {
            wait();
        }
        return batches.peek();
    }

    /** Removes the first batch, which is settled. */
    synchronized void removeFirst() {
        open -= batches.remove().size();
        notifyAll();
    }

    /** Waits until all that was added is settled, or nothing is settled any more. */
    synchronized void awaitEmpty() throws InterruptedException {
        while (open > 0 && !finished) {
            wait();
        }
    }

    /** Ends the waits of both sides: no batch comes after this, or none is settled. */
    synchronized void finish() {
        finished = true;
        notifyAll();
    }
}
