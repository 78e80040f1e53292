// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.SubmittedRecords.Batch;
import io.kurier.plugins.host.internal.deadletters.DeadLetter;
import io.kurier.plugins.host.internal.deadletters.DeadLetters;
import io.kurier.plugins.host.internal.records.RecordException;
import io.kurier.plugins.host.internal.records.RecordLog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(RecordSettler.class);

    private static final long SHORT_PAUSE_NANOS = 500_000;
    private static final long LONG_PAUSE_NANOS = 10_000_000;
    private static final int SHORT_PAUSES = 200;

    private final ConnectorSettings settings;
    private final SourceTask task;
    private final SubmittedRecords submitted;
    private final OffsetStore offsets;
    private final TaskCounters counters;
    private final HostListener listener;
    private final DeadLetters deadLetters;
    private final int number;
    private final Runnable onFailure;

    private final Map<Map<String, ?>, @Nullable Map<String, ?>> committable = new HashMap<>();
    private @Nullable Map<String, ?> lastPartition;
    private @Nullable Map<String, ?> lastOffset;
    private @Nullable TopicPartition lastStored;
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
        this.task = task;
        this.submitted = submitted;
        this.offsets = offsets;
        this.counters = connection.counters();
        this.listener = connection.host().listener();
        this.deadLetters = connection.deadLetters();
        this.number = connection.number();
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
            listener.published(settings.name(), record, receipt);
        }
        commitRecord(record, receipt == null ? null : metadata(receipt));
        advance(record);
    }

    private void failed(@Nullable SourceRecord record, Throwable cause) throws InterruptedException {
        if (record != null) {
            log(record, cause);
            listener.failed(settings.name(), record, asPublishException(record, cause));
        }
        if (!settings.toleratesErrors() || !isOfTheRecord(cause) || failure != null) {
            fail(record == null ? cause : new RecordFailedException(record, cause));
            return;
        }
        counters.rejected();
        CompletableFuture<?> kept = deadLetters.accept(letter(record, cause)).toCompletableFuture();
        await(kept);
        if (kept.isCompletedExceptionally()) {
            fail(new DeadLetterException(record == null ? cause : new RecordFailedException(record, cause), kept));
            return;
        }
        if (record != null) {
            commitRecord(record, null);
            advance(record);
        }
    }

    private DeadLetter letter(@Nullable SourceRecord record, Throwable cause) {
        if (record == null) {
            RejectedInputException refused = (RejectedInputException) cause;
            return DeadLetter.refused(
                    settings.name(), number, refused.source(), refused.position(), refused.reason(), refused.content());
        }
        return cause instanceof RecordException invalid
                ? DeadLetter.of(settings.name(), number, record, invalid)
                : DeadLetter.of(settings.name(), number, record, (PublishException) cause);
    }

    private void log(SourceRecord record, Throwable cause) {
        if (!settings.errorLog().enabled()) {
            return;
        }
        boolean ofPipeline = cause instanceof RecordException;
        LOG.error(
                RecordLog.line(
                        settings.name(),
                        number,
                        ofPipeline ? ((RecordException) cause).stage().name() : "KAFKA_PRODUCE",
                        ofPipeline ? ((RecordException) cause).executing() : Publisher.class,
                        record,
                        settings.errorLog().withMessages()),
                ThrowableText.loggable(cause));
    }

    private static PublishException asPublishException(SourceRecord record, Throwable cause) {
        return cause instanceof PublishException reason
                ? reason
                : new PublishException(
                        String.valueOf(record.topic()),
                        Stage.ENCODE,
                        Outcome.REJECTED,
                        false,
                        ThrowableText.reason(cause),
                        cause);
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

    /**
     * Returns whether the record itself is invalid, so that {@code errors.tolerance=all} applies to it. Any other
     * failure, an outage or an unknown topic, would affect its valid successors as well, and the input would be skipped
     * to its end. A record that may be in the log must not be left out as invalid.
     */
    private static boolean isOfTheRecord(Throwable cause) {
        if (cause instanceof RejectedInputException || cause instanceof RecordException) {
            return true;
        }
        if (!(cause instanceof PublishException reason) || reason.retriable() || reason.outcome() == Outcome.UNKNOWN) {
            return false;
        }
        return switch (reason.stage()) {
            case ROUTE -> false;
            case ENCODE, GUARD, PARTITION -> true;
            case SEND ->
                reason.getCause() instanceof RecordTooLargeException
                        || reason.getCause() instanceof InvalidRecordException
                        || reason.getCause() instanceof InvalidTimestampException;
        };
    }

    /**
     * Returns whether another run of the task would fail in the same way: the record itself is invalid, or the publisher
     * will never take it, since its topic is not declared or the publisher is closed.
     */
    static boolean isPermanent(Throwable failure) {
        if (failure instanceof DeadLetterException of) {
            return isPermanent(of.reason());
        }
        Throwable cause = failure instanceof RecordFailedException of ? of.reason() : failure;
        return isOfTheRecord(cause)
                || (cause instanceof PublishException reason
                        && reason.outcome() == Outcome.REJECTED
                        && !reason.retriable());
    }

    private RecordMetadata metadata(Receipt receipt) {
        TopicPartition partition = lastStored;
        if (partition == null
                || partition.partition() != receipt.partition()
                || !partition.topic().equals(receipt.topic())) {
            partition = new TopicPartition(receipt.topic(), receipt.partition());
            lastStored = partition;
        }
        return new RecordMetadata(partition, receipt.offset(), 0, receipt.timestamp(), -1, (int)
                Math.min(Integer.MAX_VALUE, receipt.valueBytes()));
    }

    /**
     * Notifies the task, as Connect does: without metadata if the record was left out. An exception of the task is
     * logged.
     */
    private void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        try {
            task.commitRecord(record, metadata);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            SafeLogger.warn(LOG, e, "connector {} was interrupted in commitRecord; its offsets go on", settings.name());
        } catch (RuntimeException e) {
            SafeLogger.error(LOG, e, "connector {} failed in commitRecord; its offsets go on", settings.name());
        }
    }
}
