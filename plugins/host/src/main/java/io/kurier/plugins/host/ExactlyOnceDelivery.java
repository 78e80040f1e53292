// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.TransactionCallback;
import io.kurier.plugins.host.SourceRecordTransaction.NotToBeCommitted;
import io.kurier.plugins.host.TransactionBoundaries.End;
import io.kurier.plugins.host.TransactionQueue.Batch;
import io.kurier.plugins.host.TransactionQueue.Entry;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.RecordException;
import io.kurier.plugins.host.internal.records.RecordPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Publishes records and their source offsets in transactions, as KIP-618 has it. The task's thread polls and converts
 * while a transaction is under way; one transaction follows the other.
 */
final class ExactlyOnceDelivery implements RecordDelivery {
    /** Bounds the memory of a transaction, whose records are kept until it is committed. */
    private static final int MOST_RECORDS = 100_000;

    private final TaskRun.Connection connection;
    private final SourceTask source;
    private final TransactionalTask task;
    private final OffsetStore offsets;
    private final RecordPipeline pipeline;
    private final RecordReports reports;
    private final Runnable onFailure;
    private final TransactionQueue queue;
    private final Thread committing;
    private final AtomicLong commits = new AtomicLong();
    private long seenCommits; // of the task's thread

    /** Smaller after a refused record, so that less is published again for the next; of the committing thread. */
    private int mostRecords = MOST_RECORDS;

    private volatile @Nullable Throwable failure;

    /**
     * Creates the delivery of a run.
     *
     * @param task closed by {@link #close}
     * @param onFailure called once, on another thread, when {@link #failure()} is set
     */
    ExactlyOnceDelivery(
            TaskRun.Connection connection,
            SourceTask source,
            TransactionalTask task,
            OffsetStore offsets,
            RecordPipeline pipeline,
            Runnable onFailure) {
        this.connection = connection;
        this.source = source;
        this.task = task;
        this.offsets = offsets;
        this.pipeline = pipeline;
        this.reports = new RecordReports(connection, source);
        this.onFailure = onFailure;
        this.queue = new TransactionQueue(task.boundaries() != null);
        this.committing = new Thread(this::commitAll, connection.name() + "-acks");
        committing.setDaemon(true);
    }

    @Override
    public void start() {
        committing.start();
    }

    @Override
    public void publish(List<SourceRecord> records) throws InterruptedException {
        List<Entry> entries = new ArrayList<>(records.size());
        for (SourceRecord record : records) {
            Entry entry = entry(record);
            entries.add(entry);
            if (entry.failure != null && !connection.settings().toleratesErrors()) {
                queue.put(new Batch(entries, End.NONE));
                queue.awaitSettled();
                return;
            }
            TransactionBoundaries boundaries = task.boundaries();
            End end = boundaries == null ? End.NONE : boundaries.take(record);
            if (end != End.NONE) {
                queue.put(new Batch(entries, end));
                entries = new ArrayList<>();
            }
        }
        TransactionBoundaries boundaries = task.boundaries();
        End end = boundaries == null ? End.NONE : boundaries.takeOfBatch();
        if (!entries.isEmpty() || end != End.NONE) {
            queue.put(new Batch(entries, end));
        }
    }

    private Entry entry(SourceRecord record) throws InterruptedException {
        try {
            return new Entry(record, pipeline.message(record), null);
        } catch (RecordException e) {
            return new Entry(record, null, e);
        }
    }

    @Override
    public void rejected(RejectedInputException input) throws InterruptedException {
        queue.put(new Batch(List.of(new Entry(null, null, input)), End.NONE));
    }

    @Override
    public void awaitSettled() throws InterruptedException {
        queue.awaitSettled();
    }

    private void commitAll() {
        try (ConnectPlugins.Scope scope = connection.host().plugins().enter(source)) {
            for (Batch first = queue.first(); first != null && failure == null; first = queue.first()) {
                commit(first);
            }
        } catch (Throwable e) { // an Error too: the task ends, or its offsets would stop unreported
            fail(e);
        }
        queue.end();
    }

    /** Runs the transaction that begins with a batch, again without the records that are refused on the way. */
    private void commit(Batch first) throws InterruptedException {
        List<Batch> batches = new ArrayList<>(List.of(first));
        SourceRecordTransaction attempt;
        Throwable why;
        int most = mostRecords;
        mostRecords = Math.min(MOST_RECORDS, most * 2);
        while (true) {
            attempt = new SourceRecordTransaction(task, connection.settings(), reports, offsets, queue, batches, most);
            why = run(attempt::run);
            if (why == null || !attempt.refusedSome()) {
                break;
            }
            if (task.boundary() != ExactlyOnce.Boundary.CONNECTOR) {
                queue.putBack(attempt.behindTheRefused());
                most = 0;
                mostRecords = Math.max(1, attempt.records() / 2);
            }
        }
        boolean isAborted = why instanceof NotToBeCommitted && attempt.isAborted();
        if (isAborted) {
            why = run(attempt::runOffsets);
        }
        if (why == null) {
            settle(batches, attempt, isAborted);
            queue.settled(batches);
        }
        Entry ending = attempt.ending();
        Throwable ofRecord = ending == null ? null : ending.failure;
        if (ending != null && ofRecord != null && (why == null || why instanceof NotToBeCommitted)) {
            SourceRecord record = ending.record;
            if (record != null) {
                reports.failed(record, ofRecord);
            }
            fail(record == null ? ofRecord : new RecordFailedException(record, ofRecord));
        } else if (why instanceof NotToBeCommitted) {
            queue.end(); // the next run reads its records again
        } else if (why != null) {
            fail(why);
        }
    }

    /** Runs a transaction and returns why it was not committed; null if it was. */
    private @Nullable Throwable run(TransactionCallback<Void> callback) throws InterruptedException {
        try {
            Void unused = task.session().transaction(callback).get();
            return null;
        } catch (ExecutionException e) {
            Throwable ended = e.getCause() == null ? e : e.getCause();
            Throwable cause = ended.getCause();
            if (task.session().isFenced()) {
                return new FencedException(task.session().transactionalId(), ended);
            }
            return cause instanceof PublishException
                            || cause instanceof NotToBeCommitted
                            || cause instanceof DeadLetterException
                    ? cause
                    : ended;
        }
    }

    private void settle(List<Batch> batches, SourceRecordTransaction attempt, boolean isAborted) {
        long stored = 0;
        long bytes = 0;
        Entry ending = attempt.ending();
        for (Batch batch : batches) {
            for (Entry entry : batch.entries()) {
                if (entry == ending) {
                    break;
                }
                Throwable cause = entry.failure;
                Receipt receipt = isAborted ? null : attempt.receipt(entry);
                if (cause != null) {
                    connection.counters().rejected();
                } else if (receipt != null) {
                    stored++;
                    bytes += receipt.valueBytes();
                }
                SourceRecord record = entry.record;
                if (record != null) {
                    if (cause != null) {
                        reports.failed(record, cause);
                    }
                    reports.settled(record, receipt);
                }
            }
        }
        offsets.committed(attempt.changes());
        task.stored().committed(attempt.changes());
        attempt.changes().forEach((of, offset) -> connection.counters().committed(of.partition(), offset));
        connection.counters().stored(stored, bytes);
        commits.incrementAndGet();
    }

    private void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
            onFailure.run();
        }
        queue.end();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public boolean hasAdvanced() {
        return commits.get() > 0;
    }

    @Override
    public boolean takeStored() {
        long now = commits.get();
        boolean isNew = now > seenCommits;
        seenCommits = now;
        return isNew;
    }

    @Override
    public void end() throws InterruptedException {
        queue.finish();
        try {
            committing.join();
        } catch (InterruptedException e) {
            committing.interrupt();
            throw e;
        }
    }

    @Override
    public void close() {
        task.session().close();
        pipeline.close();
    }

    @Override
    public void interrupt() {
        committing.interrupt();
    }
}
