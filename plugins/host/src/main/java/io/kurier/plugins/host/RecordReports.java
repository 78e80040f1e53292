// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.deadletters.DeadLetter;
import io.kurier.plugins.host.internal.records.RecordException;
import io.kurier.plugins.host.internal.records.RecordLog;
import java.util.concurrent.CompletableFuture;
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

/** Who is notified of what has become of a task's records: the task, the listener, the log, the dead letters. */
final class RecordReports {
    private static final Logger LOG = LoggerFactory.getLogger(RecordReports.class);

    private final TaskRun.Connection connection;
    private final ConnectorSettings settings;
    private final int number;
    private final SourceTask task;
    private @Nullable TopicPartition lastStored;

    RecordReports(TaskRun.Connection connection, SourceTask task) {
        this.connection = connection;
        this.settings = connection.settings();
        this.number = connection.number();
        this.task = task;
    }

    /**
     * Reports a record whose offset can be committed.
     *
     * @param receipt null if it was left out
     */
    void settled(SourceRecord record, @Nullable Receipt receipt) {
        if (receipt != null) {
            connection.host().listener().published(settings.name(), record, receipt);
        }
        commitRecord(record, receipt == null ? null : metadata(receipt));
    }

    /** Reports a record that was not published. */
    void failed(SourceRecord record, Throwable cause) {
        log(record, cause);
        connection.host().listener().failed(settings.name(), record, asPublishException(record, cause));
    }

    /**
     * Keeps the dead letter of an invalid record.
     *
     * @param record null for a part of the input of which the task made no record
     */
    CompletableFuture<?> keep(@Nullable SourceRecord record, Throwable cause) {
        return connection.deadLetters().accept(letter(record, cause)).toCompletableFuture();
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

    /**
     * Returns whether the record itself is invalid, so that {@code errors.tolerance=all} applies to it. Any other
     * failure, an outage or an unknown topic, would affect its valid successors as well, and the input would be skipped
     * to its end. A record that may be in the log must not be left out as invalid.
     */
    static boolean isOfTheRecord(Throwable cause) {
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
        if (failure instanceof FencedException) {
            return true;
        }
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
