// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Receipt;
import io.kurier.plugins.host.SubmittedRecords.Batch;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Settles the records of one run of a task in their order, on a thread of its own: waits for the outcome of the first
 * one, notifies the task and the listener, and commits its offset. So offsets advance only over an unbroken prefix of
 * records that are stored or left out by the user's word (KAFKA-8586, KAFKA-12226), and a task may wait in {@code poll}
 * for its {@code commitRecord}.
 *
 * <p>It looks at the futures instead of registering dependents: a future without dependents costs a publisher almost
 * nothing.
 *
 * <p>After the first failure no offset advances any more. The outcomes of the records behind it are awaited all the
 * same, so that none of them is under way when the task is started again.
 */
final class RecordSettler implements Runnable {
    private static final long SHORT_PAUSE_NANOS = 500_000;
    private static final long LONG_PAUSE_NANOS = 10_000_000;
    private static final int SHORT_PAUSES = 200;

    private final ConnectorSettings settings;
    private final SubmittedRecords submitted;
    private final OffsetStore offsets;
    private final TaskCounters counters;
    private final RecordReports reports;
    private final Runnable onFailure;

    private final Map<Map<String, ?>, @Nullable Map<String, ?>> committable = new HashMap<>();
    private @Nullable Map<String, ?> lastPartition;
    private @Nullable Map<String, ?> lastOffset;
    private long stored;
    private long storedBytes;
    private volatile boolean advanced;
    private volatile @Nullable Throwable failure;

    /**
     * Creates the settler of a run.
     *
     * @param onFailure called once, on the settler's thread, when {@link #failure()} is set
     */
    RecordSettler(
            TaskRun.Connection connection,
            SourceTask task,
            SubmittedRecords submitted,
            OffsetStore offsets,
            Runnable onFailure) {
        this.settings = connection.settings();
        this.submitted = submitted;
        this.offsets = offsets;
        this.counters = connection.counters();
        this.reports = new RecordReports(connection, task);
        this.onFailure = onFailure;
    }

    /** Returns why the run must end; null while there is no reason. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Returns whether any offset was committed. */
    boolean hasAdvanced() {
        return advanced;
    }

    @Override
    public void run() {
        try {
            for (Batch batch = submitted.first(); batch != null; batch = submitted.first()) {
                settle(batch);
                submitted.removeFirst();
            }
        } catch (InterruptedException e) {
            fail(e);
        } catch (Throwable e) { // an Error of user code: the task ends, or its offsets would stop unreported
            fail(e);
        }
        submitted.finish();
    }

    private void settle(Batch batch) throws InterruptedException {
        for (int i = 0; i < batch.size(); i++) {
            CompletableFuture<@Nullable Receipt> outcome = batch.outcome(i);
            if (!outcome.isDone()) {
                await(outcome);
            }
            try {
                settle(batch.record(i), outcome);
            } catch (Throwable e) { // an Error of user code: the offset stays before this record
                fail(e);
            }
        }
        commit();
    }

    private void await(CompletableFuture<?> outcome) throws InterruptedException {
        commit();
        for (int pauses = 0; !outcome.isDone(); pauses++) {
            LockSupport.parkNanos(outcome, pauses < SHORT_PAUSES ? SHORT_PAUSE_NANOS : LONG_PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void settle(@Nullable SourceRecord record, CompletableFuture<@Nullable Receipt> outcome)
            throws InterruptedException {
        Receipt receipt;
        try {
            receipt = outcome.getNow(null);
        } catch (CompletionException e) {
            failed(record, e.getCause() == null ? e : e.getCause());
            return;
        }
        if (record == null) {
            return;
        }
        if (receipt != null) {
            stored++;
            storedBytes += receipt.valueBytes();
        }
        reports.settled(record, receipt);
        advance(record);
    }

    private void failed(@Nullable SourceRecord record, Throwable cause) throws InterruptedException {
        if (record != null) {
            reports.failed(record, cause);
        }
        if (!settings.toleratesErrors() || !RecordReports.isOfTheRecord(cause) || failure != null) {
            fail(record == null ? cause : new RecordFailedException(record, cause));
            return;
        }
        counters.rejected();
        CompletableFuture<?> kept = reports.keep(record, cause);
        await(kept);
        if (kept.isCompletedExceptionally()) {
            fail(new DeadLetterException(record == null ? cause : new RecordFailedException(record, cause), kept));
            return;
        }
        if (record != null) {
            reports.settled(record, null);
            advance(record);
        }
    }

    private void advance(SourceRecord record) {
        if (failure != null) {
            return;
        }
        Map<String, ?> partition = record.sourcePartition();
        if (partition == lastPartition) {
            lastOffset = record.sourceOffset();
            return;
        }
        keepLast();
        lastPartition = partition;
        lastOffset = record.sourceOffset();
    }

    private void keepLast() {
        Map<String, ?> partition = lastPartition;
        if (partition != null) {
            committable.put(partition, lastOffset);
            counters.committed(partition, lastOffset);
        }
        lastPartition = null;
    }

    /** Commits the offsets of what is settled so far. */
    private void commit() {
        if (stored > 0) {
            counters.stored(stored, storedBytes);
            stored = 0;
            storedBytes = 0;
        }
        keepLast();
        if (!committable.isEmpty()) {
            offsets.commit(committable);
            committable.clear();
            advanced = true;
        }
    }

    private void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
            onFailure.run();
        }
    }
}
