// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Transaction;
import io.kurier.core.internal.transactions.SourceTransaction;
import io.kurier.plugins.host.OffsetStorage.SourcePartition;
import io.kurier.plugins.host.TransactionBoundaries.End;
import io.kurier.plugins.host.TransactionQueue.Batch;
import io.kurier.plugins.host.TransactionQueue.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one transaction: the records of batches, and behind them their source offsets. The callback runs on the
 * thread of the transactional id; what it has found is read when the transaction has ended.
 */
final class SourceRecordTransaction {
    /** The longest that a transaction is open which ends by polls, so that readers do not wait for a fast source. */
    private static final long MOST_NANOS_OF_POLLS = 500_000_000;

    /** Bounds the memory of a transaction, whose records are kept until it is committed. */
    private static final long MOST_BYTES = 32L << 20;

    private static final long ENDLESS = Long.MAX_VALUE / 2;

    private final TransactionalTask task;
    private final ConnectorSettings settings;
    private final RecordReports reports;
    private final OffsetStore offsets;
    private final TransactionQueue queue;
    private final List<Batch> batches;
    private final int most;

    private @Nullable SourceTransaction transaction;
    private int records;
    private boolean refusedSome;
    private final List<Entry> leftOut = new ArrayList<>();
    private @Nullable Entry ending;
    private End end = End.NONE;
    private Map<Map<String, ?>, @Nullable Map<String, ?>> latest = new HashMap<>();
    private Map<SourcePartition, @Nullable Map<String, ?>> changes = Map.of();
    private @Nullable Map<String, ?> lastPartition;
    private @Nullable Map<String, ?> lastOffset;

    /**
     * Creates an attempt.
     *
     * @param batches those with which it begins; those that it takes are added
     * @param most takes no batch when it has as many records; a transaction that the connector ends takes all
     */
    SourceRecordTransaction(
            TransactionalTask task,
            ConnectorSettings settings,
            RecordReports reports,
            OffsetStore offsets,
            TransactionQueue queue,
            List<Batch> batches,
            int most) {
        this.task = task;
        this.settings = settings;
        this.reports = reports;
        this.offsets = offsets;
        this.queue = queue;
        this.batches = batches;
        this.most = task.boundary() == ExactlyOnce.Boundary.CONNECTOR ? Integer.MAX_VALUE : most;
    }

    /** Ends the callback of a transaction that is not to be committed. */
    static final class NotToBeCommitted extends Exception {
        private static final long serialVersionUID = 1L;

        NotToBeCommitted(String why) {
            super(why);
        }
    }

    /** The transaction's callback. */
    @Nullable
    Void run(Transaction of) throws Exception {
        SourceTransaction open = (SourceTransaction) of;
        transaction = open;
        long begun = System.nanoTime();
        for (Batch batch : List.copyOf(batches)) {
            add(batch, open);
        }
        long mostBytes = task.boundary() == ExactlyOnce.Boundary.CONNECTOR ? Long.MAX_VALUE : MOST_BYTES;
        while (ending == null && end == End.NONE && records < most && open.bytes() < mostBytes) {
            Batch next = queue.next(until(begun));
            if (next == null) {
                break;
            }
            batches.add(next);
            add(next, open);
        }
        if (task.boundary() == ExactlyOnce.Boundary.CONNECTOR) {
            if (ending != null) {
                throw new NotToBeCommitted("a record of it was rejected");
            }
            if (end == End.NONE) {
                throw new NotToBeCommitted("the task was stopped before the connector had ended it");
            }
            if (end == End.ABORT) {
                throw new NotToBeCommitted("the connector aborts it");
            }
        }
        awaitDeadLetters();
        keepLast();
        addOffsets(open);
        return null;
    }

    private void addOffsets(SourceTransaction open) {
        changes = offsets.changes(latest);
        task.stored().add(changes, open);
    }

    /** The callback of the transaction that follows one that the connector has aborted: its offsets are kept (KIP-618). */
    @Nullable
    Void runOffsets(Transaction of) {
        keepLast();
        addOffsets((SourceTransaction) of);
        return null;
    }

    private long until(long begun) {
        return switch (task.boundary()) {
            case POLL -> System.nanoTime() - begun < MOST_NANOS_OF_POLLS && queue.hasNext() ? begun + ENDLESS : begun;
            case INTERVAL -> begun + task.interval().toNanos();
            case CONNECTOR -> begun + ENDLESS;
        };
    }

    private void add(Batch batch, SourceTransaction open) {
        long before = open.bytes();
        for (Entry entry : batch.entries()) {
            if (ending != null) {
                return;
            }
            records++;
            publish(entry, open);
            Throwable failure = entry.failure;
            if (failure != null) {
                if (!settings.toleratesErrors() || !RecordReports.isOfTheRecord(failure)) {
                    ending = entry;
                    return;
                }
                if (entry.letter == null) {
                    entry.letter = reports.keep(entry.record, failure);
                }
                leftOut.add(entry);
            }
            SourceRecord record = entry.record;
            if (record != null) {
                advance(record.sourcePartition(), record.sourceOffset());
            }
        }
        end = batch.end();
        queue.published(batch.entries().size(), open.bytes() - before);
    }

    private void publish(Entry entry, SourceTransaction open) {
        entry.index = -1;
        if (entry.message == null || entry.failure != null) {
            return;
        }
        int before = open.size();
        int attempts = open.attempts();
        try {
            open.publish(entry.message);
            entry.index = open.size() > before ? before : -1;
        } catch (PublishException e) {
            if (open.attempts() == attempts) { // a message before has made the transaction useless
                throw e;
            }
            if (!RecordReports.isOfTheRecord(e) && (e.retriable() || e.stage() == Stage.SEND)) {
                throw e; // the producer refuses all messages when one before has made the transaction useless
            }
            refusedSome = true;
            entry.failure = e;
            if (open.size() > before) { // the producer has taken a part of it
                throw e;
            }
        }
    }

    private void advance(Map<String, ?> partition, @Nullable Map<String, ?> offset) {
        if (partition != lastPartition) {
            keepLast();
            lastPartition = partition;
        }
        lastOffset = offset;
    }

    private void keepLast() {
        Map<String, ?> partition = lastPartition;
        if (partition != null) {
            latest.put(partition, lastOffset);
        }
        lastPartition = null;
    }

    private void awaitDeadLetters() throws InterruptedException, DeadLetterException {
        for (Entry entry : leftOut) {
            CompletableFuture<?> letter = entry.letter;
            Throwable failure = entry.failure;
            if (letter == null || failure == null) {
                continue;
            }
            try {
                Object unused = letter.get();
            } catch (ExecutionException e) {
                throw new DeadLetterException(
                        entry.record == null ? failure : new RecordFailedException(entry.record, failure), letter);
            }
        }
    }

    /**
     * Looks for the records that have failed the transaction; to be called when it was not committed.
     *
     * @return whether records were refused, without which another attempt can succeed
     */
    boolean refusedSome() {
        SourceTransaction ended = transaction;
        if (ended == null) {
            return false;
        }
        for (Batch batch : batches) {
            for (Entry entry : batch.entries()) {
                PublishException refusal = entry.index < 0 || entry.failure != null ? null : ended.failure(entry.index);
                if (refusal != null && RecordReports.isOfTheRecord(refusal)) {
                    entry.failure = refusal;
                    refusedSome = true;
                }
            }
        }
        return refusedSome;
    }

    /** Returns how many records it had. */
    int records() {
        return records;
    }

    /** Removes and returns the batches behind the first with a record that was refused. */
    List<Batch> behindTheRefused() {
        int next = 0;
        while (next < batches.size() && batches.get(next).entries().stream().allMatch(entry -> entry.failure == null)) {
            next++;
        }
        List<Batch> behind = batches.subList(Math.min(next + 1, batches.size()), batches.size());
        List<Batch> removed = List.copyOf(behind);
        behind.clear();
        return removed;
    }

    /** Returns whether the connector aborts the transaction. */
    boolean isAborted() {
        return end == End.ABORT && ending == null;
    }

    /** Returns the record that ends the task, or null. */
    @Nullable
    Entry ending() {
        return ending;
    }

    /** Returns the offsets that were added. */
    Map<SourcePartition, @Nullable Map<String, ?>> changes() {
        return changes;
    }

    /** Returns where a record is stored, after the commit; null if it was left out. */
    @Nullable
    Receipt receipt(Entry entry) {
        return entry.index < 0 ? null : Objects.requireNonNull(transaction).receipt(entry.index);
    }
}
